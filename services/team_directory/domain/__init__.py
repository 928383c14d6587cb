"""Pure rules of team_directory: access, sessions, secrets, connections."""
