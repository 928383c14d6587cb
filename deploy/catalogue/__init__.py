"""Everything that is generated from code: event schemas, the event catalogue, the API documents."""
