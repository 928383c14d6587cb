"""What several tests share: databases, factories, clients. No test lives here."""
