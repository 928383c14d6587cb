"""Routes of team_directory: parse, authorise, call one command or query, return."""
