"""The vocabulary of a service's `consumers.py`: which event leads to which command."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from shared.db.transaction import Tx
from shared.events.base import Event

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Subscription:
    event: type[Event]
    handle: Callable[[Tx, Any], Awaitable[None]]


def on(event: type[E], handle: Callable[[Tx, E], Awaitable[None]]) -> Subscription:
    """Call `handle` once for each event of this type and version."""
    return Subscription(event, handle)


def by_event_name(subscriptions: Iterable[Subscription]) -> Mapping[str, Sequence[Subscription]]:
    grouped: dict[str, list[Subscription]] = {}
    for subscription in subscriptions:
        grouped.setdefault(subscription.event.event_name(), []).append(subscription)
    return grouped
