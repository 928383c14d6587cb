"""One member of a Kafka group: what the protocol promises beyond what aiokafka does."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import stamina
import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener
from aiokafka import TopicPartition as KafkaPartition

from shared.messaging.bus import Record, TopicPartition
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

# The others wait so long for a member that was killed; brokers take no less.
SESSION_MS = 6_000

_COMMIT_SECONDS = 10.0

OnRevoked = Callable[[Collection[TopicPartition]], None]


class KafkaConsumer(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka has no type marker
    def __init__(
        self, bootstrap: str, group: str, topics: Collection[str], on_revoked: OnRevoked | None
    ) -> None:
        self._bootstrap = bootstrap
        self._group = group
        self._topics = list(topics)
        self._on_revoked = on_revoked
        self._consumer: Any = None
        # The lowest offset that was fetched in this assignment. A commit below it comes from an
        # earlier one, and another member may have gone past it meanwhile.
        self._lowest: dict[TopicPartition, int] = {}
        self._committing: asyncio.Task[None] | None = None

    async def join(self) -> None:
        """Return when the first partitions are assigned; an outage makes that later."""
        async for attempt in stamina.retry_context(on=UNREACHABLE, attempts=None, timeout=None):
            with attempt:
                self._consumer = await started(self._make())

    def _make(self) -> Any:
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self._bootstrap,
            group_id=self._group,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            metadata_max_age_ms=METADATA_MS,
            retry_backoff_ms=BACKOFF_MS,
            session_timeout_ms=SESSION_MS,
            heartbeat_interval_ms=SESSION_MS // 4,
        )
        consumer.subscribe(self._topics, listener=self)
        return consumer

    async def leave(self) -> None:
        if self._consumer is not None:
            await stopped(self._consumer)

    def on_partitions_revoked(self, revoked: Collection[KafkaPartition]) -> None:
        self._lowest.clear()
        if self._committing is not None:
            # aiokafka would try it again as a member of the next assignment, and on a Kafka that
            # lost its data the offset skips what nobody has read.
            self._committing.cancel()
        if revoked and self._on_revoked is not None:
            self._on_revoked([TopicPartition(each.topic, each.partition) for each in revoked])

    def on_partitions_assigned(self, assigned: Collection[KafkaPartition]) -> None:
        log.info("bus.partitions_taken", group=self._group, count=len(assigned))

    async def fetch(self, limit: int, wait: float) -> Mapping[TopicPartition, Sequence[Record]]:
        try:
            # Without this limit of ours a rebalance or an outage would hold the caller longer.
            async with asyncio.timeout(wait):
                found = await self._consumer.getmany(timeout_ms=int(wait * 1000), max_records=limit)
        except TimeoutError:
            return {}
        except UNREACHABLE as error:
            await self._join_again(error)
            return {}
        batches = {
            TopicPartition(place.topic, place.partition): [as_record(each) for each in records]
            for place, records in found.items()
        }
        for place, records in batches.items():
            self._lowest[place] = min(records[0].offset, self._lowest.get(place, records[0].offset))
        return batches

    async def _join_again(self, error: BaseException) -> None:
        """An error that aiokafka hands up is one it does not mend by itself."""
        log.warning("bus.membership_lost", group=self._group, error=repr(error))
        self.on_partitions_revoked(self._consumer.assignment())
        await stopped(self._consumer)
        await self.join()

    async def commit(self, next_offsets: Mapping[TopicPartition, int]) -> None:
        moved = {
            KafkaPartition(place.topic, place.partition): offset
            for place, offset in next_offsets.items()
            if place in self._lowest and offset >= self._lowest[place]
        }
        if not moved:
            return
        self._committing = asyncio.create_task(self._consumer.commit(moved))
        try:
            await asyncio.wait((self._committing,), timeout=_COMMIT_SECONDS)
        finally:
            self._committing.cancel()
        (error,) = await asyncio.gather(self._committing, return_exceptions=True)
        self._committing = None
        if isinstance(error, (asyncio.CancelledError, *UNREACHABLE)):
            # The partitions are lost or about to be; what was not stored is delivered again.
            log.warning("bus.commit_left_out", group=self._group, error=repr(error))
        elif error is not None:
            raise error

    def seek(self, place: TopicPartition, offset: int) -> None:
        partition = self._assigned(place)
        if partition is not None and place in self._lowest:
            self._consumer.seek(partition, offset)

    def pause(self, place: TopicPartition) -> None:
        if (partition := self._assigned(place)) is not None:
            self._consumer.pause(partition)

    def resume(self, place: TopicPartition) -> None:
        if (partition := self._assigned(place)) is not None:
            self._consumer.resume(partition)

    def _assigned(self, place: TopicPartition) -> KafkaPartition | None:
        partition = KafkaPartition(place.topic, place.partition)
        return partition if partition in self._consumer.assignment() else None

    async def lag(self) -> Mapping[TopicPartition, int]:
        async with answering():
            assigned = list(self._consumer.assignment())
            ends, starts = await asyncio.gather(
                self._consumer.end_offsets(assigned), self._consumer.beginning_offsets(assigned)
            )
            committed = await asyncio.gather(*map(self._consumer.committed, assigned))
        return {
            TopicPartition(each.topic, each.partition): ends[each] - max(done or 0, starts[each])
            for each, done in zip(assigned, committed, strict=True)
        }


@asynccontextmanager
async def join_group(
    bootstrap: str, group: str, topics: Collection[str], on_revoked: OnRevoked | None
) -> AsyncIterator[KafkaConsumer]:
    """A member for as long as the block lasts; entered when it has joined."""
    consumer = KafkaConsumer(bootstrap, group, topics, on_revoked)
    try:
        await consumer.join()
        yield consumer
    finally:
        await consumer.leave()
