"""What talks to systems outside the portal."""
