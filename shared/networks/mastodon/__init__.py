"""Mastodon and servers that speak its API: an app and limits of its own on every instance."""
