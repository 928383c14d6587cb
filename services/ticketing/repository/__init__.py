"""Loading rows for update, and who may see which of them."""
