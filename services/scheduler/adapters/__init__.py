"""Outside systems, behind the protocols of the domain."""
