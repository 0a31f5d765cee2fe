"""Files that people send: checked by what they are, named by chance, served to who may see their owner."""
