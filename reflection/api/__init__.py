"""The API of reflection, one module for each noun."""
