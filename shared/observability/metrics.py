"""Prometheus metrics of a process."""

from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Histogram(
    "parley_http_request_seconds",
    "Time from the first byte of a request to the last of its answer.",
    ["route", "method", "status"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
OUTBOX_UNSENT = Gauge("parley_outbox_unsent", "Events that wait to be sent.")
OUTBOX_AGE = Gauge("parley_outbox_oldest_seconds", "Age of the oldest unsent event.")
EVENTS_HANDLED = Counter(
    "parley_events_handled", "Records that went through a consumer.", ["topic"]
)
EVENTS_BURIED = Counter("parley_events_buried", "Records set aside as dead letters.", ["topic"])
WEBHOOK_ATTEMPTS = Counter("parley_webhook_attempts", "Calls of partners' endpoints.", ["outcome"])
LOOP_FAILURES = Counter("parley_loop_failures", "Background loops that failed.", ["loop"])
CONSUMER_LAG = Gauge("parley_consumer_lag", "Records behind the end.", ["topic", "partition"])
WORK_DUE = Gauge("parley_work_due", "Items that are due and not done.", ["kind"])
WORK_AGE = Gauge("parley_work_oldest_seconds", "How late the oldest due item is.", ["kind"])
