"""HTTP the same way in every process: app, errors, identity, pages, units of work, calls."""
