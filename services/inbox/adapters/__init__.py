"""Clients of what lies outside the inbox, behind the Protocols of its domain."""
