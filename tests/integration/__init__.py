"""Tests on real parts: Postgres, sockets, processes."""
