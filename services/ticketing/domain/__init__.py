"""Pure rules of delegation, service levels and the time that counts for them."""
