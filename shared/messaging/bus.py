"""The bus as the rest of Parley sees it: publish a batch, consume as a group, commit.

Two implementations (`postgres.py`, `kafka.py`) pass one conformance suite. What both promise: a
published batch is durable when `publish` returns; records of one key stay in order; a record that
was not committed is delivered again; a partition has one consumer of a group at a time.
"""

from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class TopicPartition:
    topic: str
    partition: int


@dataclass(frozen=True, slots=True)
class Message:
    """Something to publish; `key` decides the partition, hence the order.

    Keys and headers hold any text but NUL, which Postgres does not store.
    """

    topic: str
    key: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Record:
    """A message as it lies in the log; `offset` counts up within its partition."""

    topic: str
    partition: int
    offset: int
    key: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def place(self) -> TopicPartition:
        return TopicPartition(self.topic, self.partition)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a published message landed."""

    partition: int
    offset: int


class Consumer(Protocol):
    """One member of a group; it owns some partitions of its topics at a time.

    An outage raises nothing here: it takes the partitions away, `fetch` stays empty, and the member
    joins again by itself. A pause or a position ends with the assignment: whoever gets a partition
    starts at the committed offset. A call for a partition that was lost meanwhile does nothing.
    """

    async def fetch(self, limit: int, wait: float) -> Mapping[TopicPartition, Sequence[Record]]:
        """Up to `limit` next records by partition; empty after `wait` seconds without any.

        A record is fetched once in the life of an assignment; `seek` goes back.
        """

    async def commit(self, next_offsets: Mapping[TopicPartition, int]) -> None:
        """Store last + 1 per partition; partitions that were lost meanwhile are left out."""

    def seek(self, place: TopicPartition, offset: int) -> None:
        """Fetch from `offset` again, as after a failed batch."""

    def pause(self, place: TopicPartition) -> None:
        """Fetch nothing from this partition until `resume`; the assignment is kept."""

    def resume(self, place: TopicPartition) -> None: ...

    async def lag(self) -> Mapping[TopicPartition, int]:
        """Records between the committed offset and the end, for the assigned partitions.

        Raises `UnavailableError` when the log does not answer.
        """


class Bus(Protocol):
    """A durable, partitioned log; topics that are missing are made by whoever first needs them."""

    async def start(self) -> None:
        """Connect; raises `UnavailableError` when nothing answers."""

    async def stop(self) -> None: ...

    async def create_topics(self, topics: Collection[str]) -> None:
        """Make the topics that are missing; those that exist are left as they are."""

    async def publish(self, messages: Sequence[Message]) -> Sequence[Position]:
        """Append durably, all in order per key; positions in the order of `messages`.

        Raises `UnavailableError` when any was not acknowledged; some may have landed then.
        """

    def consume(
        self,
        group: str,
        topics: Collection[str],
        *,
        on_revoked: Callable[[Collection[TopicPartition]], None] | None = None,
    ) -> AbstractAsyncContextManager[Consumer]:
        """Join a group; a group without an offset starts at the beginning.

        `on_revoked` is told what is taken away, before another member can have it; it must not
        block. It is not called for leaving the block.
        """

    def tail(self, topics: Collection[str]) -> AbstractAsyncContextManager[AsyncIterator[Record]]:
        """Every record from now on, without a group and without memory (the live stream).

        'Now' is the moment the block is entered. An outage only delays the records.
        """

    async def peek(self, place: TopicPartition, offset: int) -> Record | None:
        """The record at a place, or None when the log does not hold it (any more)."""

    async def ends(self, topics: Collection[str]) -> Mapping[TopicPartition, int]:
        """The offset that the next record of each partition will get."""

    async def reset(self, group: str, topics: Collection[str]) -> None:
        """Move a stopped group back to the beginning of its topics (replay).

        Raises `ConflictError` while the group has members.
        """
