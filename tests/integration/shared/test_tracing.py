"""One trace over HTTP, the outbox and the bus to the effect in another service; off by default."""

import os
import subprocess
import sys
from collections.abc import Mapping
from uuid import UUID

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from services.ticketing.app import build
from services.ticketing.consumers import SUBSCRIPTIONS
from services.ticketing.settings import TicketingSettings
from shared.clock import SystemClock
from shared.db.database import Database
from shared.errors import ForbiddenError
from shared.events.team_directory import MemberSaved
from shared.http.client import InternalClient
from shared.messaging.consumer import ConsumerLoop
from shared.messaging.postgres import PostgresBus
from shared.messaging.relay import Relay
from shared.observability.tracing import current_traceparent, span
from tests.integration.shared.conftest import member_saved
from tests.support.gateway import serving
from tests.support.service import INTERNAL_KEY, platform_settings

Urls = Mapping[str, str]


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


async def test_a_trace_goes_on_in_the_service_that_is_called(
    urls: Urls, workspace_id: UUID, exporter: InMemorySpanExporter
) -> None:
    settings = TicketingSettings(
        database_url=urls["ticketing"], port=0, platform=platform_settings(urls)
    )
    service = build(settings, SystemClock())
    # Over a socket, since what is called in the same task has the same context anyway.
    async with serving(service.app, at_rest=True) as url:
        client = InternalClient(url, service="inbox", key=INTERNAL_KEY, clock=SystemClock())
        with span("a caller"), pytest.raises(ForbiddenError):
            await client.call("GET", "/assignees", workspace_id=workspace_id)
        await client.close()
    await service.database.close()
    by_name = {finished.name: finished for finished in exporter.get_finished_spans()}
    caller, called = by_name["a caller"], by_name["GET /assignees"]
    assert caller.context is not None
    assert called.parent is not None
    assert called.parent.span_id == caller.context.span_id


def test_nothing_is_traced_unless_it_is_wanted() -> None:
    """In a Python of its own, because a provider is for ever."""
    program = (
        "from shared.observability.tracing import configure_tracing, current_traceparent, span\n"
        "configure_tracing('inbox', {}, 1.0)\n"
        "with span('a request'): print(current_traceparent())"
    )

    def said(endpoint: str | None) -> str:
        command = [sys.executable, "-c", program.format(repr(endpoint))]
        # Nobody listens there, and the end of the process would wait for them.
        told = {**os.environ, "OTEL_BSP_SCHEDULE_DELAY": "60000", "OTEL_EXPORTER_OTLP_TIMEOUT": "1"}
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=told)
        return done.stdout.strip()

    assert said(None) == "None"
    assert said("http://127.0.0.1:9/v1/traces").startswith("00-")
