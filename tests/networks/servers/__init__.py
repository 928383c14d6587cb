"""Real third-party servers that the connectors are proved against."""
