"""HTTP bodies of team_directory, by what they are about."""
