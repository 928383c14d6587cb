"""What every network must let the conformance suite do from the other side."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar

from shared.networks.connector import Connector
from shared.networks.errors import NetworkError
from shared.networks.types import Access, Item, Upsert

_PATIENCE = 20.0


class Stage(Protocol):
    """A fresh brand and a fresh customer. Ids are those of the network."""

    connector: Connector
    access: Access
    scopes: frozenset[str]
    streams: Sequence[str]
    """What to poll for comments and mentions, and for direct messages."""
    ours: str
    """What to poll for what the brand wrote itself."""

    @property
    def customer(self) -> str:
        """The handle of the customer, as the connector shows it."""

    async def publish(self, text: str) -> str:
        """The brand posts from the network's own app; returns when everybody can see it."""

    async def comment(self, root: str, text: str) -> str: ...

    async def mention(self, text: str) -> str: ...

    async def message(self, text: str) -> str: ...

    async def like(self, root: str) -> None:
        """The customer likes a post of the brand."""

    async def share(self, root: str) -> None:
        """The customer passes it on as it is."""

    async def follow(self) -> bool:
        """The customer follows the brand; whether this network lets the stage do so."""

    async def retract(self, root: str) -> None:
        """The brand deletes its post in the network's own app."""

    async def withdraw(self, external_id: str) -> None:
        """The customer deletes what they wrote."""

    async def answers_to(self, external_id: str) -> Sequence[str]:
        """Ids of the brand's answers that stand, as the customer sees them."""

    async def is_liked(self, external_id: str) -> bool: ...

    async def is_hidden(self, external_id: str) -> bool: ...

    async def is_blocked(self) -> bool:
        """Whether the customer is blocked by the brand."""

    async def try_wrong_credentials(self) -> None: ...

    def dead_access(self) -> tuple[Access, type[NetworkError]]:
        """Credentials that the network no longer takes, and how that must be classed."""

    async def throttle(self) -> None:
        """Makes calls until the network has had enough; the connector's error comes through."""


T = TypeVar("T")


async def eventually(ask: Callable[[], Awaitable[T | None]], seconds: float = _PATIENCE) -> T:
    """The first answer that is something; real networks take a moment."""
    async with asyncio.timeout(seconds):
        while True:
            answer = await ask()
            if answer:
                return answer
            await asyncio.sleep(0.05)


async def items(stage: Stage, stream: str) -> dict[str, Item]:
    """All that a stream gives from the beginning, by id."""
    found: dict[str, Item] = {}
    cursor: str | None = None
    more = True
    while more:
        page = await stage.connector.poll(stage.access, stream, cursor)
        for delivery in page.deliveries:
            for change in stage.connector.normalize(delivery, stage.access.account):
                assert isinstance(change, Upsert)
                found[change.item.external_id] = change.item
        cursor, more = page.cursor, page.more
    return found


async def arrival(stage: Stage, external_id: str) -> Item:
    """The item as polling brings it, on whichever stream."""

    async def look() -> Item | None:
        for stream in stage.streams:
            found = await items(stage, stream)
            if external_id in found:
                return found[external_id]
        return None

    return await eventually(look)
