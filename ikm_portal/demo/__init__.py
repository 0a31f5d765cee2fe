"""Demo content for a trial on one machine: people with a known password, example schools and their work.

Everything made up says "Contoh". Nothing here runs unless IKM_DEMO is set.
"""
