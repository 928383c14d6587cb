"""One stage per network: a connected brand, a customer, and what the customer sees."""
