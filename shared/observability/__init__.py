"""Logs, metrics and traces, the same for every process."""
