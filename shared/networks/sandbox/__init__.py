"""The sandbox network of `deploy/sandbox`, spoken over HTTP like any other network."""
