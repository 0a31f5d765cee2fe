"""Changes on the ground floor; each takes the actor first and does all or nothing."""
