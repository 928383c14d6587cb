"""Delegated conversations: tickets, consults, service levels."""
