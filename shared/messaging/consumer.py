"""The consumer loop: at-least-once delivery becomes exactly one effect in our database.

What was fetched is one transaction that holds the dedupe rows, the effects and the events that
follow; offsets are committed after it. When it fails it is run again partition by partition, and
then record by record, so that only the culprit is retried (its partition waits, the others go on)
or set aside as a dead letter.
"""

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog

from shared.db.database import Database, is_transient
from shared.errors import BusyError, NotFoundError, ParleyError, UnavailableError
from shared.messaging.bus import Bus, Consumer, Record, TopicPartition
from shared.messaging.dead_letters import bury
from shared.messaging.dispatch import Dispatcher
from shared.messaging.subscriptions import Subscription, by_event_name
from shared.observability.metrics import EVENTS_BURIED, EVENTS_HANDLED

log = structlog.get_logger()

_BATCH = 500
_IDLE_SECONDS = 5.0
_LONGEST_PAUSE = 30.0
_RESTART_SECONDS = 1.0
_TRIES = 5
_DEAD_IN_A_ROW = 50
_SEVERAL = 2


class ConsumerStoppedError(UnavailableError):
    code = "events.consumer_stopped"
    title = "Too many records in a row could not be handled; the consumer stands still."


@dataclass(slots=True)
class _Trouble:
    """What a partition has gone through since its last success."""

    tries: int = 0
    dead_in_a_row: int = 0
    resume_at: float | None = None


class ConsumerLoop:
    """Feeds one service with the events it subscribes to."""

    def __init__(
        self, database: Database, bus: Bus, group: str, subscriptions: Sequence[Subscription]
    ) -> None:
        self.database = database
        self.bus = bus
        self.group = group
        self.topics = {subscription.event.topic for subscription in subscriptions}
        self.dispatcher = Dispatcher(database, group, by_event_name(subscriptions))
        self.stopped: ConsumerStoppedError | None = None
        self._trouble: dict[TopicPartition, _Trouble] = {}
        self._member: Consumer | None = None

    async def run(self) -> None:
        """Consume until cancelled; a bus that goes away is waited for."""
        if not self.topics:
            return
        while True:
            try:
                await self.bus.create_topics(self.topics)
                async with self.bus.consume(self.group, self.topics) as self._member:
                    while True:
                        await self.step(self._member, wait=_IDLE_SECONDS)
            except ConsumerStoppedError as error:
                log.critical("consumer.stopped", group=self.group, reason=error.detail)
                self.stopped = error
                raise
            except Exception as error:
                if not is_transient(error):
                    raise
                log.warning("consumer.waiting", group=self.group, reason=str(error))
            self._member = None
            self._trouble.clear()
            await asyncio.sleep(_RESTART_SECONDS)

    async def lag(self) -> Mapping[TopicPartition, int]:
        """How far each partition of this process is behind; nothing while it is in no group."""
        return await self._member.lag() if self._member is not None else {}

    async def step(self, consumer: Consumer, *, wait: float) -> int:
        """Fetch once and handle what came; the number of records."""
        self._resume(consumer)
        batches = await consumer.fetch(_BATCH, min(wait, self._seconds_to_resume()))
        if not await self._handle_all(consumer, batches):
            for place, records in batches.items():
                await self._handle_partition(consumer, place, records)
        return sum(len(records) for records in batches.values())

    async def _handle_all(
        self, consumer: Consumer, batches: Mapping[TopicPartition, Sequence[Record]]
    ) -> bool:
        """Several partitions in one transaction, because it is commits that events wait for."""
        together = [record for records in batches.values() for record in records]
        if len(batches) < _SEVERAL or not await self._handle_together(together):
            return False
        await consumer.commit({place: some[-1].offset + 1 for place, some in batches.items()})
        for place, records in batches.items():
            EVENTS_HANDLED.labels(place.topic).inc(len(records))
        return True

    async def _handle_partition(
        self, consumer: Consumer, place: TopicPartition, records: Sequence[Record]
    ) -> None:
        done = await self._handle_together(records) or await self._handle_singly(place, records)
        if done:
            await consumer.commit({place: records[done - 1].offset + 1})
            EVENTS_HANDLED.labels(place.topic).inc(done)
        if done < len(records):
            consumer.seek(place, records[done].offset)
            self._pause(consumer, place)

    async def _handle_together(self, records: Sequence[Record]) -> int:
        """All of a batch in one transaction; 0 when any of it failed and nothing was kept."""
        try:
            await self.dispatcher.handle(records)
        except Exception as error:  # noqa: BLE001 - met again record by record, where it is told apart
            log.info("consumer.batch_failed", group=self.group, reason=repr(error))
            return 0
        for place in {record.place for record in records}:
            self._trouble.pop(place, None)
        return len(records)

    async def _handle_singly(self, place: TopicPartition, records: Sequence[Record]) -> int:
        """One transaction a record; how many are done before one that has to wait."""
        trouble = self._trouble.setdefault(place, _Trouble())
        for done, record in enumerate(records):
            try:
                await self.dispatcher.handle([record])
            except Exception as error:  # noqa: BLE001 - every failure is retried or set aside
                if self._must_wait(error, trouble):
                    log.warning("consumer.retry", group=self.group, reason=repr(error))
                    return done
                await self._set_aside(record, error, trouble)
            else:
                trouble.dead_in_a_row = 0
            trouble.tries = 0
        return len(records)

    def _must_wait(self, error: Exception, trouble: _Trouble) -> bool:
        if is_transient(error) or isinstance(error, BusyError):
            return True
        # Not found may still be on its way, and an undeclared fault may be a passing one.
        if isinstance(error, NotFoundError) or not isinstance(error, ParleyError):
            return trouble.tries < _TRIES
        return False

    async def _set_aside(self, record: Record, error: Exception, trouble: _Trouble) -> None:
        trouble.dead_in_a_row += 1
        if trouble.dead_in_a_row > _DEAD_IN_A_ROW:
            raise ConsumerStoppedError(topic=record.topic, reason=repr(error))
        log.error("consumer.dead_letter", group=self.group, key=record.key, exc_info=error)
        await bury(self.database, self.group, record, error)
        EVENTS_BURIED.labels(record.topic).inc()

    def _pause(self, consumer: Consumer, place: TopicPartition) -> None:
        trouble = self._trouble.setdefault(place, _Trouble())
        trouble.tries += 1
        pause = min(0.1 * 2.0**trouble.tries, _LONGEST_PAUSE) * random.uniform(0.8, 1.2)  # noqa: S311 - jitter, not a secret
        trouble.resume_at = asyncio.get_running_loop().time() + pause
        consumer.pause(place)

    def _resume(self, consumer: Consumer) -> None:
        now = asyncio.get_running_loop().time()
        for place, trouble in self._trouble.items():
            if trouble.resume_at is not None and trouble.resume_at <= now:
                trouble.resume_at = None
                consumer.resume(place)

    def _seconds_to_resume(self) -> float:
        now = asyncio.get_running_loop().time()
        waits = [t.resume_at - now for t in self._trouble.values() if t.resume_at is not None]
        return max(min(waits, default=_IDLE_SECONDS), 0.0)
