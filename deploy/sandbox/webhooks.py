"""Tells subscribers what happened: signed, in batches, at least once, and with no promise of order.

A delivery keeps its id over all attempts. A receiver that does not answer with 2xx is tried again
after a growing pause, while later deliveries go on; after the last attempt the delivery is given up
and only the feed still has the events.
"""

import asyncio
import hashlib
import hmac
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import httpx
import orjson
from pydantic import BaseModel

from deploy.sandbox.faults import Effect, EffectType, FaultPlane, Occasion, Plane
from deploy.sandbox.model import Event, Subscription
from deploy.sandbox.refusals import RefusalError
from deploy.sandbox.world import World

SIGNATURE_HEADER = "X-Sandbox-Signature"
DELIVERY_HEADER = "X-Sandbox-Delivery"


def sign(secret: str, timestamp: int, body: bytes) -> str:
    mac = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    return f"t={timestamp},v1={mac.hexdigest()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How patient and how chatty the network is."""

    batch: int = 50
    gather_seconds: float = 0.02
    attempts: int = 8
    backoff_seconds: float = 0.5
    backoff_limit: float = 60
    timeout: float = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parcel:
    """Events that travel together; `alone` keeps others from joining them."""

    events: Sequence[Event]
    delivery_id: str
    genuine: bool = True
    alone: bool = False


class Attempt(BaseModel):
    """One line of the delivery log."""

    delivery_id: str
    subscription_id: str
    attempt: int
    status: int | None
    error: str = ""
    event_ids: list[str]


class Webhooks:
    def __init__(self, world: World, plane: FaultPlane, manner: Manner | None = None) -> None:
        self._world = world
        self._plane = plane
        self._manner = manner or Manner()
        self._client = httpx.AsyncClient(timeout=self._manner.timeout, trust_env=False)
        self._queues: dict[str, asyncio.Queue[_Parcel]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._shuffling: dict[str, list[Event]] = defaultdict(list)
        self._deliveries = 0
        self.waiting = 0
        self.log: list[Attempt] = []

    async def close(self) -> None:
        await self.reset()
        await self._client.aclose()

    async def reset(self) -> None:
        """Forget everything that is on its way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._queues.clear()
        self._shuffling.clear()
        self.log.clear()
        self.waiting = 0

    async def subscribe(
        self, account_id: str, url: str, secret: str, verify_token: str | None
    ) -> Subscription:
        """Add a subscription; subscribing an address again replaces its secret.

        A given token is shown to the receiver first, which must echo our challenge.
        """
        if verify_token is not None:
            await self._shake_hands(url, verify_token)
        existing = [
            one
            for one in self._world.state.subscriptions.values()
            if one.account_id == account_id and one.url == url
        ]
        subscription_id = existing[0].id if existing else self._world.new_id("sub")
        subscription = Subscription(
            id=subscription_id, account_id=account_id, url=url, secret=secret
        )
        self._world.state.subscriptions[subscription.id] = subscription
        self._world.keep()
        return subscription

    async def _shake_hands(self, url: str, verify_token: str) -> None:
        challenge = hashlib.sha256(self._world.new_id("chl").encode()).hexdigest()[:20]
        query = {
            "hub.mode": "subscribe",
            "hub.verify_token": verify_token,
            "hub.challenge": challenge,
        }
        try:
            answer = await self._client.get(url, params=query)
        except httpx.HTTPError as error:
            raise RefusalError(422, "challenge_failed", f"No answer from {url}.") from error
        if answer.status_code != httpx.codes.OK or answer.text != challenge:
            raise RefusalError(422, "challenge_failed", "The challenge did not come back.")

    def announce(self, event: Event) -> None:
        """Listener of the world: pass an event to everybody who subscribed to its account."""
        for subscription in self._world.state.subscriptions.values():
            if subscription.account_id == event.account_id:
                self._announce(subscription, event)

    def _announce(self, subscription: Subscription, event: Event) -> None:
        occasion = Occasion(
            plane=Plane.WEBHOOK, account=event.account_id, event=event.type, path=subscription.url
        )
        struck = self._plane.strike(occasion)
        if struck is None:
            self._put(subscription, self._parcel([event]))
        else:
            self._disturb(struck[0], subscription, event)

    def _disturb(self, effect: Effect, subscription: Subscription, event: Event) -> None:
        match effect.type:
            case EffectType.WEBHOOK_DUPLICATE:
                parcel = self._parcel([event], alone=True)
                for _ in range(effect.times):
                    self._put(subscription, parcel)
            case EffectType.WEBHOOK_DELAY:
                self._spawn(self._later(effect.seconds, subscription, self._parcel([event])))
            case EffectType.WEBHOOK_REORDER:
                self._shuffling[subscription.id].append(event)
                if len(self._shuffling[subscription.id]) >= effect.window:
                    self._release(subscription.id)
            case EffectType.WEBHOOK_WRONG_SIGNATURE:
                self._put(subscription, self._parcel([event], genuine=False, alone=True))
            case _:  # Dropped: only the feed still has it.
                return

    def _release(self, subscription_id: str) -> None:
        """Send what was held for reordering, in an order drawn from the seeded generator."""
        events = self._shuffling.pop(subscription_id, [])
        self._plane.rng.shuffle(events)
        for event in events:
            subscription = self._world.state.subscriptions[subscription_id]
            self._put(subscription, self._parcel([event], alone=True))

    def _parcel(
        self, events: Sequence[Event], *, genuine: bool = True, alone: bool = False
    ) -> _Parcel:
        self._deliveries += 1
        name = f"dlv_{self._world.state.seed}_{events[0].id}_{self._deliveries}"
        return _Parcel(events=events, delivery_id=name, genuine=genuine, alone=alone)

    async def _later(self, seconds: float, subscription: Subscription, parcel: _Parcel) -> None:
        await asyncio.sleep(seconds)
        self._put(subscription, parcel)

    def _spawn(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _put(self, subscription: Subscription, parcel: _Parcel) -> None:
        queue = self._queues.get(subscription.id)
        if queue is None:
            queue = self._queues[subscription.id] = asyncio.Queue()
            self._spawn(self._serve(subscription.id, queue))
        queue.put_nowait(parcel)
        self.waiting += 1

    async def flush(self) -> None:
        """Wait until everything that is due was tried once; what is delayed or retried is not."""
        for subscription_id in list(self._shuffling):
            self._release(subscription_id)
        await asyncio.gather(*(queue.join() for queue in list(self._queues.values())))

    async def _serve(self, subscription_id: str, queue: asyncio.Queue[_Parcel]) -> None:
        held: _Parcel | None = None
        while True:
            first = held or await queue.get()
            parcel, joined, held = await self._gather(first, queue)
            subscription = self._world.state.subscriptions.get(subscription_id)
            if subscription is not None and not await self._send(subscription, parcel, 1):
                self._spawn(self._retry(subscription, parcel))
            self.waiting -= joined
            for _ in range(joined):
                queue.task_done()

    async def _gather(
        self, first: _Parcel, queue: asyncio.Queue[_Parcel]
    ) -> tuple[_Parcel, int, _Parcel | None]:
        """Let those behind a parcel travel with it, up to the first that must travel alone."""
        if first.alone:
            return first, 1, None
        await asyncio.sleep(self._manner.gather_seconds)
        events, joined = list(first.events), 1
        while not queue.empty() and len(events) < self._manner.batch:
            following = queue.get_nowait()
            if following.alone:
                return replace(first, events=events), joined, following
            events.extend(following.events)
            joined += 1
        return replace(first, events=events), joined, None

    async def _retry(self, subscription: Subscription, parcel: _Parcel) -> None:
        for attempt in range(2, self._manner.attempts + 1):
            pause = self._manner.backoff_seconds * 2 ** (attempt - 2)
            await asyncio.sleep(min(pause, self._manner.backoff_limit))
            if await self._send(subscription, parcel, attempt):
                return

    async def _send(self, subscription: Subscription, parcel: _Parcel, attempt: int) -> bool:
        body = orjson.dumps(
            {
                "delivery_id": parcel.delivery_id,
                "account_id": subscription.account_id,
                "events": [e.model_dump(mode="json", exclude={"seq"}) for e in parcel.events],
            }
        )
        secret = subscription.secret if parcel.genuine else f"not-{subscription.secret}"
        headers = {
            "Content-Type": "application/json",
            DELIVERY_HEADER: parcel.delivery_id,
            SIGNATURE_HEADER: sign(secret, int(time.time()), body),
        }
        line = Attempt(
            delivery_id=parcel.delivery_id,
            subscription_id=subscription.id,
            attempt=attempt,
            status=None,
            event_ids=[event.id for event in parcel.events],
        )
        self.log.append(line)
        try:
            answer = await self._client.post(subscription.url, content=body, headers=headers)
        except httpx.HTTPError as error:
            line.error = type(error).__name__
            return False
        line.status = answer.status_code
        return answer.is_success
