"""What team_directory needs from outside: password hashing and the networks."""
