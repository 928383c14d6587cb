"""One trace from a request over the outbox and the bus to the effect in another service."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from uuid import UUID

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from services.ticketing.consumers import SUBSCRIPTIONS
from shared.db.database import Database
from shared.events.team_directory import MemberSaved
from shared.messaging.consumer import ConsumerLoop
from shared.messaging.postgres import PostgresBus
from shared.messaging.relay import Relay
from shared.observability.tracing import current_traceparent, span
from tests.integration.shared.conftest import member_saved

Urls = Mapping[str, str]


@pytest.fixture
async def bus(urls: Urls) -> AsyncIterator[PostgresBus]:
    bus = PostgresBus(urls["bus"], partitions=1, retention=timedelta(days=7))
    await bus.start()
    await bus.create_topics([MemberSaved.topic])
    yield bus
    await bus.stop()


@pytest.fixture(scope="module")
def exporter() -> InMemorySpanExporter:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    return exporter


async def test_a_trace_goes_on_in_the_consumer(
    team_directory: Database,
    ticketing: Database,
    bus: PostgresBus,
    workspace_id: UUID,
    exporter: InMemorySpanExporter,
) -> None:
    with span("POST /members"):
        sent_under = current_traceparent()
        async with team_directory.begin(workspace_id) as tx:
            await tx.publish(member_saved(workspace_id))
    await Relay(team_directory, bus).drain()
    loop = ConsumerLoop(ticketing, bus, "ticketing", SUBSCRIPTIONS)
    async with bus.consume("ticketing", loop.topics) as consumer:
        while not await loop.step(consumer, wait=2):
            pass

    by_name = {finished.name: finished for finished in exporter.get_finished_spans()}
    request, effect = by_name["POST /members"], by_name[f"consume {MemberSaved.event_name()}"]
    assert effect.context is not None
    assert request.context is not None
    assert effect.parent is not None
    assert effect.context.trace_id == request.context.trace_id
    assert effect.parent.span_id == request.context.span_id
    assert sent_under is not None
    assert f"{request.context.trace_id:032x}" in sent_under
