"""Changes of cycles, sessions and reports; each takes the actor first and does all or nothing."""
