"""The bus on Apache Kafka: idempotent producer, groups with manual commits."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any
from zlib import crc32

import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka import TopicPartition as KafkaPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import (
    CommitFailedError,
    MessageSizeTooLargeError,
    TopicAlreadyExistsError,
    for_code,
)

from shared.errors import ConflictError, InvalidError, UnavailableError
from shared.messaging.bus import Consumer, Message, Position, Record, TopicPartition
from shared.messaging.kafka_client import (
    BACKOFF_MS,
    METADATA_MS,
    answering,
    as_record,
    started,
    stopped,
)
from shared.messaging.kafka_consumer import OnRevoked, join_group
from shared.messaging.kafka_tail import follow

log = structlog.get_logger(__name__)

# Of each partition, as far as there are brokers.
_COPIES = 3
# How often a bus looks whether the broker still has its topics.
_LOOK_SECONDS = 5.0
# A batch whose partition has no leader is given up after this.
_REQUEST_MS = 10_000


def _by_crc32(key: bytes, partitions: Sequence[int], _available: Sequence[int]) -> int:
    return partitions[crc32(key) % len(partitions)]


class KafkaBus:
    def __init__(self, bootstrap: str, *, partitions: int = 8, retention: timedelta) -> None:
        self._bootstrap = bootstrap
        self._partitions = partitions
        self._retention = retention
        self._producer: Any = None
        self._lookup: Any = None
        self._lookup_turn = asyncio.Lock()
        self._known: set[str] = set()
        self._wanted: set[str] = set()
        self._keeping: asyncio.Task[None] | None = None
        self._unsettled: set[asyncio.Future[Any]] = set()

    async def start(self) -> None:
        try:
            async with answering():
                self._producer = await started(self._make_producer())
                self._lookup = await started(
                    AIOKafkaConsumer(
                        bootstrap_servers=self._bootstrap,
                        enable_auto_commit=False,
                        retry_backoff_ms=BACKOFF_MS,
                    )
                )
        except BaseException:
            await self.stop()
            raise
        self._keeping = asyncio.create_task(self._keep_topics(), name="bus-topics")

    async def _keep_topics(self) -> None:
        """Make topics again that the broker has lost, for those who only follow them."""
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            with suppress(UnavailableError):
                async with answering():
                    found = await self._lookup.topics()
                if missing := self._wanted - found:
                    log.warning("bus.topics_lost", topics=sorted(missing))
                    await self.create_topics(missing)

    def _make_producer(self) -> Any:
        return AIOKafkaProducer(
            bootstrap_servers=self._bootstrap,
            enable_idempotence=True,
            acks="all",
            partitioner=_by_crc32,
            max_batch_size=256 * 1024,
            request_timeout_ms=_REQUEST_MS,
            metadata_max_age_ms=METADATA_MS,
            retry_backoff_ms=BACKOFF_MS,
        )

    async def stop(self) -> None:
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
        for client in (self._producer, self._lookup):
            if client is not None:
                await stopped(client)

    async def create_topics(self, topics: Collection[str]) -> None:
        self._wanted |= set(topics)
        async with answering():
            admin = AIOKafkaAdminClient(bootstrap_servers=self._bootstrap)
            try:
                await admin.start()
                cluster = await admin.describe_cluster()
                copies = min(_COPIES, len(cluster["brokers"]))
                answer = await admin.create_topics([self._new(each, copies) for each in topics])
            finally:
                await admin.close()
            for topic, code, *_ in answer.topic_errors:
                error = for_code(code)
                if code and error is not TopicAlreadyExistsError:
                    raise error(topic)
        self._known |= set(topics)

    def _new(self, topic: str, copies: int) -> NewTopic:
        kept = str(self._retention // timedelta(milliseconds=1))
        return NewTopic(topic, self._partitions, copies, topic_configs={"retention.ms": kept})

    @asynccontextmanager
    async def _asking(self, topics: Collection[str]) -> AsyncIterator[None]:
        """Make topics that are missing; after a failure all count as missing.

        A broker that lost its disk gets its topics again that way, and a producer whose number it
        might give to another one is replaced.
        """
        try:
            if missing := set(topics) - self._known:
                await self.create_topics(missing)
            yield
        except UnavailableError:
            self._known.clear()
            raise

    async def publish(self, messages: Sequence[Message]) -> Sequence[Position]:
        if not messages:
            return []
        async with (
            self._asking({message.topic for message in messages}),
            answering(),
        ):
            await self._settle()
            metadata = await self._send(messages)
        return [Position(each.partition, each.offset) for each in metadata]

    async def _settle(self) -> None:
        """Let what ran out of time earlier land first, so that order outlives an outage."""
        if self._unsettled:
            settled, _ = await asyncio.wait(self._unsettled)
            self._unsettled -= settled
            for each in settled:
                each.exception()  # It was told to the caller as a time-out; asyncio wants it read.

    async def _send(self, messages: Sequence[Message]) -> Sequence[Any]:
        futures: list[asyncio.Future[Any]] = []
        try:
            for message in messages:
                futures.append(await self._enqueue(message))  # noqa: PERF401 - kept on a failure
            await asyncio.wait(futures)
        except MessageSizeTooLargeError as error:
            raise InvalidError("A record of the bus is larger than Kafka takes.") from error
        finally:
            # An idempotent producer goes on trying for ever.
            self._unsettled.update(each for each in futures if not each.done())
        failures = [each.exception() for each in futures]
        metadata = [each.result() for each in futures if each.exception() is None]
        # Without an offset the broker took it for something it had before.
        if any(failures) or any(each.offset < 0 for each in metadata):
            await self._replace_producer()
            reason = next(filter(None, failures), None)
            raise UnavailableError(f"Kafka did not take all records: {reason!r}")
        return metadata

    async def _enqueue(self, message: Message) -> asyncio.Future[Any]:
        future: asyncio.Future[Any] = await self._producer.send(
            message.topic,
            key=message.key.encode(),
            value=message.body,
            headers=[(name, value.encode()) for name, value in message.headers.items()],
        )
        return future

    async def _replace_producer(self) -> None:
        fresh = await started(self._make_producer())
        old, self._producer = self._producer, fresh
        await stopped(old)

    @asynccontextmanager
    async def consume(
        self, group: str, topics: Collection[str], *, on_revoked: OnRevoked | None = None
    ) -> AsyncIterator[Consumer]:
        await self.create_topics(topics)
        async with join_group(self._bootstrap, group, topics, on_revoked) as consumer:
            yield consumer

    @asynccontextmanager
    async def tail(self, topics: Collection[str]) -> AsyncIterator[AsyncIterator[Record]]:
        async with self._asking(topics), answering():
            partitions = await self._find(topics)
        async with follow(self._bootstrap, partitions) as records:
            yield records

    async def _find(self, topics: Collection[str]) -> list[KafkaPartition]:
        return [
            KafkaPartition(topic, number)
            for topic in topics
            for number in sorted(await self._producer.partitions_for(topic))
        ]

    async def ends(self, topics: Collection[str]) -> Mapping[TopicPartition, int]:
        async with self._asking(topics), answering():
            ends = await self._lookup.end_offsets(await self._find(topics))
        return {TopicPartition(each.topic, each.partition): end for each, end in ends.items()}

    async def peek(self, place: TopicPartition, offset: int) -> Record | None:
        wanted = KafkaPartition(place.topic, place.partition)
        async with self._asking([place.topic]), self._lookup_turn, answering():
            if wanted not in await self._find([place.topic]):
                return None
            starts = await self._lookup.beginning_offsets([wanted])
            ends = await self._lookup.end_offsets([wanted])
            if not starts[wanted] <= offset < ends[wanted]:
                return None
            self._lookup.assign([wanted])
            self._lookup.seek(wanted, offset)
            found = await self._lookup.getone(wanted)
        return as_record(found) if found.offset == offset else None

    async def reset(self, group: str, topics: Collection[str]) -> None:
        async with self._asking(topics), answering():
            partitions = await self._find(topics)
            consumer = await started(
                AIOKafkaConsumer(
                    bootstrap_servers=self._bootstrap, group_id=group, enable_auto_commit=False
                )
            )
            try:
                consumer.assign(partitions)
                await consumer.commit(await consumer.beginning_offsets(partitions))
            except CommitFailedError as error:
                raise ConflictError(
                    f"The group {group} is still at work; stop it first."
                ) from error
            finally:
                await stopped(consumer)
