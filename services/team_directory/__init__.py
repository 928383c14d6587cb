"""Knows who is who: people, workspaces, roles and access, and the connected profiles."""
