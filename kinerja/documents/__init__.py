"""The SKP in the forms that people and e-Kinerja take."""
