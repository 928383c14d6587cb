"""All open streams of this process: each event is encoded once and offered to who may see it."""

import asyncio
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator
from uuid import UUID

import orjson

from gateway.errors import TooManyStreamsError
from gateway.live.audience import AnyAudience
from gateway.live.ring import Ring
from shared.identity import Identity

_BEAT = b":\n\n"
_RETRY = b"retry: 2000\n\n"
_STALLED_BEATS = 8
_QUEUE_BYTES = 1024 * 1024


def frame(name: str, data: bytes) -> bytes:
    """One server-sent event without an id; JSON has no line breaks of its own."""
    return b"event: %b\ndata: %b\n\n" % (name.encode(), data.replace(b"\n", b" "))


def _later() -> bytes:
    """Tells a browser when to come back: not all at once."""
    return b"retry: %d\n\n" % (500 + secrets.randbelow(3_000))


class Subscriber:
    """One stream; `until` is when it has to sign in again."""

    __slots__ = (
        "_limit",
        "_queue",
        "_size",
        "_wake",
        "abort",
        "closed",
        "identity",
        "stalled",
        "until",
    )

    def __init__(self, identity: Identity, limit: int, until: float) -> None:
        self.identity = identity
        self.until = until
        self.closed = False
        self.stalled = 0  # Beats since it last took anything.
        self.abort: Callable[[], object] = self.close
        self._limit = limit
        self._queue: list[bytes] = []
        self._size = 0
        self._wake = asyncio.Event()

    def offer(self, data: bytes) -> bool:
        """Queue a frame; False when this one reads too slowly to get it.

        After `close` nothing is added: it may have been closed because it must not see more.
        """
        if self.closed:
            return True
        if len(self._queue) >= self._limit or self._size > _QUEUE_BYTES:
            return False
        self._queue.append(data)
        self._size += len(data)
        self._wake.set()
        return True

    def replace(self, data: bytes) -> None:
        """Throw away what waits and queue this instead."""
        self._queue, self._size = [data], len(data)
        self._wake.set()

    def close(self) -> None:
        self.closed = True
        self._wake.set()

    async def take(self) -> bytes:
        """What has queued up, as soon as there is anything; empty when closed."""
        while not self._queue and not self.closed:
            self._wake.clear()
            await self._wake.wait()
        self.stalled = 0
        queue, self._queue, self._size = self._queue, [], 0
        return b"".join(queue)


class Hub:
    def __init__(self, *, ring: int, queue: int, streams: int, streams_a_person: int) -> None:
        self._boot = secrets.token_hex(4)
        self._ring = Ring(ring)
        self._queue = queue
        self._streams = streams
        self._streams_a_person = streams_a_person
        self._of_workspace: dict[UUID, set[Subscriber]] = {}
        self._of_actor: Counter[UUID] = Counter()
        # What a stream begins with beside the events, and again after a reset.
        self.snapshot: Callable[[Identity], bytes] = lambda _identity: b""

    def __len__(self) -> int:
        return self._of_actor.total()

    def subscribe(self, identity: Identity, until: float) -> Subscriber:
        """A new stream; raises `TooManyStreamsError`."""
        if len(self) >= self._streams or (
            self._of_actor[identity.actor_id] >= self._streams_a_person
        ):
            raise TooManyStreamsError(retry_after=5)
        subscriber = Subscriber(identity, self._queue, until)
        self._of_actor[identity.actor_id] += 1
        self._of_workspace.setdefault(identity.workspace_id, set()).add(subscriber)
        return subscriber

    def leave(self, subscriber: Subscriber) -> None:
        identity = subscriber.identity
        here = self._of_workspace.get(identity.workspace_id, set())
        here.discard(subscriber)
        if not here:
            self._of_workspace.pop(identity.workspace_id, None)
        self._of_actor[identity.actor_id] -= 1
        if self._of_actor[identity.actor_id] <= 0:
            del self._of_actor[identity.actor_id]

    def publish(self, data: bytes, audience: AnyAudience) -> None:
        """Show an event to those who may see it, now or when they come back."""
        numbered = b"id: %b-%d\n%b" % (self._boot.encode(), self._ring.last + 1, data)
        self._ring.append(numbered, audience)
        self.whisper(numbered, audience)

    def whisper(self, data: bytes, audience: AnyAudience) -> None:
        """Show something that is of no use later."""
        for subscriber in self._of_workspace.get(audience.workspace_id, ()):
            if audience.admits(subscriber.identity) and not subscriber.offer(data):
                subscriber.replace(self._reset("slow") + self.snapshot(subscriber.identity))

    def greet(self, subscriber: Subscriber, last_id: str | None) -> None:
        """Begin a stream: what was missed since `last_id`, or word that this is unknown."""
        identity = subscriber.identity
        missed = self._missed(last_id) if last_id else iter(())
        told = {"workspace_id": identity.workspace_id, "actor_id": identity.actor_id}
        hello = self._numbered(frame("hello", orjson.dumps(told)))
        if missed is None:
            caught_up = [hello, self._reset("unknown")]
        else:  # In the order of their ids, because the stream may break off in between.
            seen = [data for _, data, audience in missed if audience.admits(identity)]
            caught_up = [*seen, hello]
        subscriber.offer(b"".join([_RETRY, *caught_up, self.snapshot(identity)]))

    def _reset(self, reason: str) -> bytes:
        """What says: events are missing, fetch what you show anew."""
        return self._numbered(frame("reset", orjson.dumps({"reason": reason})))

    def lost_events(self) -> None:
        """Events were lost on the way here, word of changed access perhaps among them.

        Everybody starts anew, and nobody goes on from an id of before.
        """
        self._boot = secrets.token_hex(4)
        self._ring.clear()
        for subscriber in self._all():
            subscriber.replace(_later() + self._reset("outage"))
            subscriber.close()

    def dismiss(self, actor_id: UUID) -> None:
        """End the streams of somebody whose access has changed; who may, comes back."""
        for subscriber in self._all():
            if subscriber.identity.actor_id == actor_id:
                subscriber.replace(frame("reset", orjson.dumps({"reason": "access"})))
                subscriber.close()

    def close(self) -> None:
        """End all streams, and spread their return."""
        for subscriber in self._all():
            subscriber.offer(_later())
            subscriber.close()

    async def beat(self, seconds: float) -> None:
        """Keep streams alive, and end those that have to sign in again."""
        while True:
            await asyncio.sleep(seconds)
            now = time.monotonic()
            for number, subscriber in enumerate(self._all()):
                subscriber.offer(_BEAT)
                subscriber.stalled += 1
                if subscriber.until < now:
                    subscriber.close()
                if subscriber.stalled > _STALLED_BEATS:
                    subscriber.abort()
                if number % 100 == 0:  # Do not hold up everything else for all of them.
                    await asyncio.sleep(0)

    def _all(self) -> list[Subscriber]:
        return [each for here in self._of_workspace.values() for each in here]

    def _numbered(self, data: bytes) -> bytes:
        return b"id: %b-%d\n%b" % (self._boot.encode(), self._ring.last, data)

    def _missed(self, last_id: str) -> Iterator[tuple[int, bytes, AnyAudience]] | None:
        boot, _, number = last_id.partition("-")
        if boot != self._boot or not number.isdecimal():
            return None
        return self._ring.since(int(number))
