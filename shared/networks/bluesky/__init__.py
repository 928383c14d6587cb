"""Bluesky (AT Protocol): app passwords, polling beside thread reading, records as effects."""
