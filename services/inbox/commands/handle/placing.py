"""Finding the conversation that each new item belongs to, and the contact it is with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from services.inbox.domain.ingest import News, awaited, is_private
from services.inbox.domain.threads import thread_key
from services.inbox.repository import contacts, conversations, interactions
from services.inbox.repository.contacts import Met
from services.inbox.repository.conversations import Place
from services.inbox.repository.interactions import Held
from shared.db.transaction import Tx
from shared.networks.types import Item


@dataclass(frozen=True, slots=True)
class Home:
    """Where an item goes; `action_id` is what we did that made it."""

    conversation_id: UUID
    contact_id: UUID
    action_id: UUID | None = None


@dataclass(slots=True)
class Placed:
    """The homes of new items, the conversations opened for them, and what has no home yet."""

    homes: dict[str, Home] = field(default_factory=dict)
    opened: frozenset[UUID] = frozenset()
    homeless: dict[str, str] = field(default_factory=dict)


async def place(
    tx: Tx, profile_id: UUID, network: str, news: Sequence[News], held: Mapping[str, Held]
) -> Placed:
    """A home for each new item, in the order in which they were written."""
    fresh = [one.newest for one in news if one.newest and one.external_id not in held]
    customers = [item for item in fresh if not item.outbound]
    placed = Placed()
    people = await contacts.meet(tx, network, _authors(news))
    await _place_customers(tx, profile_id, network, customers, people, placed)
    ours = [item for item in fresh if item.outbound]
    if ours:
        await _place_ours(tx, profile_id, ours, held, placed)
    return placed


def key_of(item: Item) -> str:
    """The place of a customer's item."""
    return thread_key(item.thread_id, item.author.external_id, private=is_private(item))


def _authors(news: Sequence[News]) -> list[Met]:
    """The customers who wrote, as they called themselves last."""
    written: dict[str, list[Item]] = {}
    for one in news:
        for item in one.states:
            if not item.outbound:
                written.setdefault(item.author.external_id, []).append(item)
    return [
        Met(
            author=max(items, key=lambda item: (item.created_at, item.version)).author,
            first_at=min(item.created_at for item in items),
            last_at=max(item.created_at for item in items),
        )
        for items in written.values()
    ]


async def _place_customers(
    tx: Tx,
    profile_id: UUID,
    network: str,
    items: Sequence[Item],
    people: Mapping[str, UUID],
    placed: Placed,
) -> None:
    places: dict[str, Place] = {}
    for item in items:
        places.setdefault(
            key_of(item),
            Place(
                thread_key=key_of(item),
                thread_id=item.thread_id,
                kind=item.kind,
                contact_id=people[item.author.external_id],
                opened_at=item.created_at,
            ),
        )
    placed.opened = await conversations.open_where_needed(
        tx, profile_id, network, list(places.values())
    )
    found = await conversations.at_places(tx, profile_id, list(places))
    for item in items:
        conversation = found[key_of(item)]
        contact_id = people[item.author.external_id]
        placed.homes[item.external_id] = Home(conversation.id, contact_id)


async def _place_ours(
    tx: Tx, profile_id: UUID, items: Sequence[Item], held: Mapping[str, Held], placed: Placed
) -> None:
    """Our own writing goes where what it answers went, or where the action said that sent it."""
    actions = await interactions.sent_by_us(tx, profile_id, [item.external_id for item in items])
    whom = await conversations.contacts_of(tx, [place for _, place in actions.values()])
    threads = await conversations.at_places(tx, profile_id, _private_threads(items))
    for item in items:
        made = actions.get(item.external_id)
        if made is not None and made[1] in whom:
            home: Home | None = Home(made[1], whom[made[1]], made[0])
        elif is_private(item):
            home = _as(threads.get(item.thread_id))
        else:
            # Parents come first, because the items are in the order in which they were written.
            parent = item.parent_id or ""
            home = _beside(placed.homes.get(parent) or held.get(parent))
        if home is None:
            placed.homeless[item.external_id] = awaited(item)
        else:
            placed.homes[item.external_id] = home


def _as(conversation: Any) -> Home | None:
    return None if conversation is None else Home(conversation.id, conversation.contact_id)


def _beside(parent: Held | Home | None) -> Home | None:
    return None if parent is None else Home(parent.conversation_id, parent.contact_id)


def _private_threads(items: Iterable[Item]) -> set[str]:
    return {item.thread_id for item in items if is_private(item)}
