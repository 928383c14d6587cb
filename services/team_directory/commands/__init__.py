"""Every write of team_directory, by what it is about."""
