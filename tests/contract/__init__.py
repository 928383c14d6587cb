"""What was promised to others: events, schemas, generated documents."""
