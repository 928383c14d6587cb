"""The rules of the house, each as a check."""
