"""What all parts of the Kafka bus share: how a failure is told, and how a record looks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from aiokafka.errors import KafkaError

from shared.errors import UnavailableError
from shared.messaging.bus import Record

log = structlog.get_logger(__name__)

UNREACHABLE = (KafkaError, OSError, TimeoutError)

# How long a question to the broker may take before it counts as not answering.
PATIENCE_SECONDS = 15.0

_STOP_SECONDS = 10.0

# How often a client looks for new partitions, and for topics that were made again.
METADATA_MS = 5_000

# A client of a broker that is down tries no more often than this.
BACKOFF_MS = 500


@asynccontextmanager
async def answering(seconds: float = PATIENCE_SECONDS) -> AsyncIterator[None]:
    """Tell a broker that does not answer in the words of the platform."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except UNREACHABLE as error:
        raise UnavailableError(f"Kafka does not answer: {error!r}") from error


async def started(client: Any) -> Any:
    """The client after its start; one that cannot start leaves nothing open."""
    try:
        await client.start()
    except BaseException:
        await stopped(client)
        raise
    return client


async def stopped(client: Any) -> None:
    """Stop a client, also while the broker is down.

    The stop of aiokafka then waits for ever, or is ended by a cancellation that is its own and not
    ours, and its connections stay open.
    """
    stopping = asyncio.create_task(client.stop())
    done, _ = await asyncio.wait((stopping,), timeout=_STOP_SECONDS)
    if not done:
        stopping.cancel()
    outcome = await asyncio.gather(stopping, return_exceptions=True)
    if any(outcome):
        log.warning("bus.stop_cut_short", error=repr(outcome))
        connections = getattr(client, "_client", None) or client.client
        await connections.close()


def as_record(found: Any) -> Record:
    return Record(
        topic=found.topic,
        partition=found.partition,
        offset=found.offset,
        key=(found.key or b"").decode(),
        headers={name: value.decode() for name, value in found.headers},
        body=found.value or b"",
    )
