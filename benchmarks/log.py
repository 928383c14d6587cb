"""A bus that costs nothing: records lie in memory, so that only what handles them is measured."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from typing_extensions import override

from benchmarks.stories import PARTITIONS
from shared.messaging.bus import Consumer, Record, TopicPartition
from shared.messaging.consumer import ConsumerLoop


@dataclass(slots=True)
class Log(Consumer):
    """A backlog; each fetch is from one partition and the next from the next, as on Kafka."""

    waiting: dict[int, list[Record]] = field(default_factory=dict)
    turn: int = 0

    def append(self, records: Iterable[Record]) -> None:
        for record in records:
            self.waiting.setdefault(record.partition, []).append(record)

    @override
    async def fetch(self, limit: int, wait: float) -> Mapping[TopicPartition, Sequence[Record]]:
        for _ in range(PARTITIONS):
            self.turn = (self.turn + 1) % PARTITIONS
            records = self.waiting.get(self.turn)
            if records:
                self.waiting[self.turn] = records[limit:]
                return {records[0].place: records[:limit]}
        return {}

    @override
    async def commit(self, next_offsets: Mapping[TopicPartition, int]) -> None:
        """Nobody reads it again."""

    @override
    def seek(self, place: TopicPartition, offset: int) -> None:
        raise RuntimeError(f"A record of {place} could not be handled.")

    @override
    def pause(self, place: TopicPartition) -> None:
        """Not called: `seek` comes first."""

    @override
    def resume(self, place: TopicPartition) -> None:
        """Not called: nothing pauses."""

    @override
    async def lag(self) -> Mapping[TopicPartition, int]:
        return {}


async def drain(consumer: ConsumerLoop, log: Log) -> int:
    """Handle everything that is in the log; the number of records."""
    handled = 0
    while count := await consumer.step(log, wait=0):
        handled += count
    return handled
