"""The database layout (roles, schemas, extensions) for every way of running Parley."""
