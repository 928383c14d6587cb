"""How Parley is proved; the kinds of tests are the folders."""
