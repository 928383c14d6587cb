"""The five bounded contexts; each runs, migrates and is tested alone."""
