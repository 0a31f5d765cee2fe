"""Work along the role matrix A–G; `actors` is the ground floor that everything else stands on."""
