"""Handling stored deliveries: what they mean for contacts, conversations and interactions."""
