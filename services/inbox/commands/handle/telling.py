"""What follows from new, edited and removed writing: the conversation's state, and the events."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.inbox.commands.about import about
from services.inbox.domain.ingest import excerpt, turn
from services.inbox.models import Conversation
from services.inbox.repository import conversations
from services.inbox.repository.conversations import Stand
from services.inbox.repository.history import record
from shared.db.transaction import Tx
from shared.events.base import Event
from shared.events.inbox import (
    ConversationOpened,
    ConversationStateChanged,
    Direction,
    InteractionChanged,
    InteractionKind,
    InteractionReceived,
)


@dataclass(slots=True, kw_only=True)
class Happened:
    """One piece of writing that is new, or no longer what it was."""

    external_id: str
    interaction_id: UUID
    conversation_id: UUID
    contact_id: UUID
    kind: str
    direction: Direction
    excerpt: str
    written_at: datetime
    new: bool
    edited: bool = False
    removed: bool = False
    echo: bool = False
    back_filled: bool = False

    @property
    def calls(self) -> bool:
        """Whether a customer wants something now."""
        return (
            self.new
            and self.direction is Direction.INBOUND
            and not (self.removed or self.back_filled)
        )


async def tell(
    tx: Tx,
    rows: Mapping[UUID, Conversation],
    happened: Sequence[Happened],
    opened: Collection[UUID],
) -> None:
    """Bring the conversations up to date with their interactions and publish what happened.

    What was sent from Parley itself moved the conversation when it was sent; its echo must not
    look like something new to whoever is working there.
    """
    by_conversation: dict[UUID, list[Happened]] = {}
    for one in happened:
        by_conversation.setdefault(one.conversation_id, []).append(one)
    reopened: dict[UUID, Event] = {}
    for id_, some in by_conversation.items():
        if any(one.calls for one in some):
            reopened.update(_reopen(tx, rows[id_]))
    await catch_up(tx, {id_: rows[id_] for id_ in by_conversation})
    for id_, some in by_conversation.items():
        # Written once, together with what the interactions add up to.
        if id_ not in reopened and not all(one.echo for one in some):
            rows[id_].version += 1
    await tx.publish(
        *(_opened(rows[id_]) for id_ in by_conversation if id_ in opened),
        *reopened.values(),
        *(event for one in happened for event in _events(rows[one.conversation_id], one)),
    )


async def catch_up(tx: Tx, rows: Mapping[UUID, Conversation]) -> None:
    """Let locked conversations say what their interactions add up to."""
    await tx.session.flush()
    for stand in await conversations.read_off(tx, list(rows)):
        _apply(rows[stand.id], stand)


def _reopen(tx: Tx, conversation: Conversation) -> Iterator[tuple[UUID, Event]]:
    """What a customer's new writing does to the state; yields nothing where that is open."""
    decided = turn(conversation.state, conversation.handled_at, conversation.settled_until)
    if not decided.reopens:
        return
    previous = conversation.state
    conversation.version += 1
    conversation.state = "open"
    conversation.settled_until = decided.settled_until
    conversation.snoozed_until = conversation.handled_at = conversation.handled_by = None
    record(tx, conversation, "reopened", None, {"state": previous}, {"state": "open"})
    changed = ConversationStateChanged(
        **about(conversation), by=None, state="open", previous=previous, reason="reply"
    )
    yield conversation.id, changed


def _apply(conversation: Conversation, stand: Stand) -> None:
    if stand.contact_id is not None and stand.kind is not None:
        conversation.contact_id, conversation.kind = stand.contact_id, stand.kind
    conversation.opened_at = stand.opened_at
    conversation.last_at = stand.last_at
    conversation.last_inbound_at = stand.last_inbound_at
    conversation.last_outbound_at = stand.last_outbound_at
    conversation.waiting_since = stand.waiting_since
    kinds = [str(one["kind"]) for one in stand.media or ()]
    conversation.excerpt = excerpt(stand.text or "", kinds)


def _opened(conversation: Conversation) -> Event:
    return ConversationOpened(
        **about(conversation),
        network=conversation.network,
        kind=InteractionKind(conversation.kind),
        contact_id=conversation.contact_id,
    )


def _events(conversation: Conversation, one: Happened) -> Iterator[Event]:
    head = {**about(conversation), "interaction_id": one.interaction_id}
    if one.new:
        yield InteractionReceived(
            **head,
            network=conversation.network,
            kind=InteractionKind(one.kind),
            direction=one.direction,
            contact_id=one.contact_id,
            excerpt=one.excerpt,
            written_at=one.written_at,
            back_filled=one.back_filled,
        )
    if one.edited:
        yield InteractionChanged(**head, change="edited")
    if one.removed:
        yield InteractionChanged(**head, change="removed")
