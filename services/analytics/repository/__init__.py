"""Writing the roll-ups."""
