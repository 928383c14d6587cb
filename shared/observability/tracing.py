"""OpenTelemetry across HTTP and the bus; off unless an endpoint is configured.

The trace context is carried as a W3C `traceparent` string, so that the database and the bus know
nothing of the library.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from opentelemetry import propagate, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased

_tracer = trace.get_tracer("parley")


def configure_tracing(process: str, endpoint: str | None, sample: float) -> None:
    """Export spans to an OTLP endpoint; without one nothing is recorded and nothing is carried."""
    if endpoint is None:
        return
    provider = TracerProvider(
        resource=Resource.create({"service.name": f"parley-{process}"}),
        sampler=ParentBased(TraceIdRatioBased(sample)),
    )
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint)))
    trace.set_tracer_provider(provider)


def current_traceparent() -> str | None:
    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    return carrier.get("traceparent")


@contextmanager
def span(name: str, traceparent: str | None = None) -> Iterator[None]:
    """Run the block as a span; `traceparent` makes it the child of a span in another process."""
    carrier: Mapping[str, str] = {"traceparent": traceparent} if traceparent else {}
    context = propagate.extract(carrier) if carrier else None
    with _tracer.start_as_current_span(name, context=context):
        yield
