"""Transactions, the outbox, work items and row-level security; the only place that commits."""
