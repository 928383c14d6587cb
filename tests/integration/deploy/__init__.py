"""The database layout, the launchers and the supervisor."""
