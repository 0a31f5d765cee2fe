"""Real servers that are broken on purpose, to see what the ledger of notices loses or doubles: nothing."""
