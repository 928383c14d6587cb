"""Connected profiles as services use them: opened by team_directory, called on their networks."""
