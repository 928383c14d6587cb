"""The live end of the Kafka log, without a group.

Partitions are assigned by hand and their positions kept here: a subscription without a group would
start all of them anew when one topic comes, grows or goes.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Collection
from contextlib import aclosing, asynccontextmanager
from typing import Any

import stamina
import structlog
from aiokafka import AIOKafkaConsumer
from aiokafka import TopicPartition as KafkaPartition

from shared.messaging.bus import Record
from shared.messaging.kafka_client import (
    BACKOFF_MS,
    METADATA_MS,
    UNREACHABLE,
    answering,
    as_record,
    started,
    stopped,
)

log = structlog.get_logger(__name__)

_BATCH = 500


class _Tail:
    def __init__(self, bootstrap: str, partitions: Collection[KafkaPartition]) -> None:
        self._bootstrap = bootstrap
        self._topics = {each.topic for each in partitions}
        self._partitions = set(partitions)
        self._positions: dict[KafkaPartition, int] = {}
        self._consumer: Any = None

    async def attach(self) -> None:
        """Stand where we stood; the first time that is the end of every partition."""
        await self.detach()
        self._consumer = await started(
            AIOKafkaConsumer(
                bootstrap_servers=self._bootstrap,
                enable_auto_commit=False,
                auto_offset_reset="earliest",  # Of a log that was made anew, everything is new.
                metadata_max_age_ms=METADATA_MS,
                retry_backoff_ms=BACKOFF_MS,
            )
        )
        if not self._positions:
            self._positions = await self._consumer.end_offsets(list(self._partitions))
        self._assign()

    def _assign(self) -> None:
        self._consumer.assign(list(self._partitions))
        for partition in self._partitions:
            self._consumer.seek(partition, self._positions.get(partition, 0))

    async def records(self) -> AsyncGenerator[Record, None]:
        while True:
            try:
                found = await self._consumer.getmany(timeout_ms=METADATA_MS, max_records=_BATCH)
            except UNREACHABLE as error:
                log.warning("bus.tail_lost", error=repr(error))
                await self._attach_again()
                continue
            for partition, batch in found.items():
                for each in batch:
                    self._positions[partition] = each.offset + 1
                    yield as_record(each)
            self._notice_growth()

    def _notice_growth(self) -> None:
        current = {
            KafkaPartition(topic, number)
            for topic in self._topics
            for number in self._consumer.partitions_for_topic(topic) or ()
        }
        if not current <= self._partitions:
            self._partitions |= current
            self._assign()

    async def _attach_again(self) -> None:
        async for attempt in stamina.retry_context(on=UNREACHABLE, attempts=None, timeout=None):
            with attempt:
                await self.attach()

    async def detach(self) -> None:
        if self._consumer is not None:
            await stopped(self._consumer)


@asynccontextmanager
async def follow(
    bootstrap: str, partitions: Collection[KafkaPartition]
) -> AsyncIterator[AsyncIterator[Record]]:
    tail = _Tail(bootstrap, partitions)
    try:
        async with answering():
            await tail.attach()
        async with aclosing(tail.records()) as records:
            yield records
    finally:
        await tail.detach()
