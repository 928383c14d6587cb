"""Everything that runs Parley on one machine without Docker: `python -m deploy.local`."""
