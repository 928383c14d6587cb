"""The vocabulary of a service's `consumers.py`: which event leads to which command."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from shared.db.transaction import Tx
from shared.events.base import Event
from shared.events.envelope import Envelope

E = TypeVar("E", bound=Event)
Handler = Callable[[Tx, Any], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Subscription:
    event: type[Event]
    handle: Handler
    together: bool = False


def on(event: type[E], handle: Callable[[Tx, E], Awaitable[None]]) -> Subscription:
    """Call `handle` once for each event of this type and version."""
    return Subscription(event, handle)


def on_together(
    handle: Callable[[Tx, Sequence[Envelope]], Awaitable[None]], *events: type[Event]
) -> tuple[Subscription, ...]:
    """Call `handle` once for all events of these types that a batch holds of a workspace.

    For what is written in bulk. It follows the handlers of single events of the same batch.
    """
    return tuple(Subscription(event, handle, together=True) for event in events)


def by_event_name(subscriptions: Iterable[Subscription]) -> Mapping[str, Sequence[Subscription]]:
    grouped: dict[str, list[Subscription]] = {}
    for subscription in subscriptions:
        grouped.setdefault(subscription.event.event_name(), []).append(subscription)
    return grouped
