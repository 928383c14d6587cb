"""What follows when an action stands on the network: our own records say so, too."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.dialects.postgresql import insert

from services.inbox.commands.about import about
from services.inbox.commands.handle.telling import catch_up
from services.inbox.commands.receive import recognise
from services.inbox.commands.request import action_event, move
from services.inbox.domain.action import REPLIES, SENT
from services.inbox.domain.ingest import UNCONFIRMED, excerpt
from services.inbox.domain.search import grams, words
from services.inbox.models import (
    Action,
    ContactIdentity,
    Conversation,
    Interaction,
    Profile,
    RemovedItem,
)
from services.inbox.repository.history import record
from shared.db.transaction import Tx
from shared.events.inbox import (
    ActionKind,
    Direction,
    InteractionChanged,
    InteractionKind,
    InteractionReceived,
)
from shared.networks.types import ActionResult

_MARKS: dict[ActionKind, tuple[str, str]] = {
    ActionKind.LIKE: ("liked_at", "liked"),
    ActionKind.UNLIKE: ("liked_at", "unliked"),
    ActionKind.HIDE: ("hidden_at", "hidden"),
    ActionKind.UNHIDE: ("hidden_at", "shown"),
    ActionKind.DELETE: ("removed_at", "removed"),
}
_UNDOING = frozenset({ActionKind.UNLIKE, ActionKind.UNHIDE})


async def take_effect(tx: Tx, action: Action, result: ActionResult) -> None:
    """Mark the action as sent and bring interaction, contact and conversation up to date.

    The action is locked by the caller, who also announces its new state.
    """
    move(action, SENT)
    action.settled_at = tx.now
    action.external_id = result.external_id
    action.permalink = result.permalink
    conversation = await tx.session.get_one(
        Conversation, (tx.workspace_id, action.conversation_id), with_for_update=True
    )
    kind = ActionKind(action.kind)
    if kind in REPLIES:
        await _answered(tx, action, conversation, result)
    elif kind in _MARKS:
        await _mark(tx, action, conversation, kind)
    else:
        await _block(tx, action, conversation, blocks=kind is ActionKind.BLOCK)


async def announce(tx: Tx, action: Action) -> None:
    """Tell the others which state the action is in now."""
    conversation = await tx.session.get_one(Conversation, (tx.workspace_id, action.conversation_id))
    await tx.publish(action_event(action, conversation, None))


async def _answered(
    tx: Tx, action: Action, conversation: Conversation, result: ActionResult
) -> None:
    """The reply becomes an interaction, or is found where its echo has put it already."""
    interaction_id, is_new = await _own_interaction(tx, action, conversation, result)
    action.result_id = interaction_id
    before = {"last_outbound_at": conversation.last_outbound_at}
    conversation.version += 1
    conversation.last_outbound_at = max(conversation.last_outbound_at or result.at, result.at)
    await catch_up(tx, {conversation.id: conversation})
    after = {"last_outbound_at": conversation.last_outbound_at, "action_id": action.id}
    record(tx, conversation, "replied", action.requested_by, before, after)
    if is_new:
        await tx.publish(
            InteractionReceived(
                **about(conversation),
                interaction_id=interaction_id,
                network=conversation.network,
                kind=_kind(action),
                direction=Direction.OUTBOUND,
                contact_id=conversation.contact_id,
                excerpt=excerpt(action.text),
                written_at=result.at,
            )
        )


async def _own_interaction(
    tx: Tx, action: Action, conversation: Conversation, result: ActionResult
) -> tuple[UUID, bool]:
    """One row either way: whoever comes second, this or the echo, finds it by its external id."""
    values = await _values(tx, action, conversation, result)
    statement = (
        insert(Interaction)
        .values(values)
        .on_conflict_do_update(
            index_elements=["workspace_id", "profile_id", "external_id"],
            set_={"origin": "parley", "action_id": action.id},
        )
        .returning(Interaction.id)
    )
    found = await tx.session.scalar(statement)
    await recognise(tx, action.profile_id, str(values["external_id"]))
    return (found or values["id"]), found == values["id"]


async def _values(
    tx: Tx, action: Action, conversation: Conversation, result: ActionResult
) -> dict[str, Any]:
    profile = await tx.session.get_one(Profile, (tx.workspace_id, action.profile_id))
    target = await _target(tx, action)
    parts = (action.text, profile.display_name, profile.handle)
    return {
        "workspace_id": tx.workspace_id,
        "id": tx.new_id(),
        "profile_id": action.profile_id,
        "conversation_id": conversation.id,
        "contact_id": conversation.contact_id,
        "external_id": result.external_id or f"parley:{action.id}",
        "parent_external_id": target.external_id if target else None,
        "kind": _kind(action).value,
        "direction": Direction.OUTBOUND.value,
        "origin": "parley",
        "visibility": "public" if action.kind == ActionKind.REPLY else "private",
        "author": {
            "external_id": profile.external_id,
            "handle": profile.handle,
            "display_name": profile.display_name,
            "avatar_url": profile.avatar_url,
            "profile_url": None,
        },
        "text": action.text,
        "media": [],
        "permalink": result.permalink,
        "handle": {},
        # What the network itself says of it is always newer.
        "item_version": UNCONFIRMED,
        "written_at": result.at,
        "received_at": tx.now,
        "action_id": action.id,
        "words": func.to_tsvector("simple", " ".join(words(*parts))),
        "grams": grams(*parts),
    }


def _kind(action: Action) -> InteractionKind:
    return InteractionKind.REPLY if action.kind == ActionKind.REPLY else InteractionKind.DM


async def _target(tx: Tx, action: Action) -> Interaction | None:
    if action.interaction_id is None:
        return None
    return await tx.session.get(Interaction, (tx.workspace_id, action.interaction_id))


async def _mark(tx: Tx, action: Action, conversation: Conversation, kind: ActionKind) -> None:
    column, change = _MARKS[kind]
    item = await _target(tx, action)
    if item is None:
        return
    setattr(item, column, None if kind in _UNDOING else tx.now)
    if kind is ActionKind.DELETE:
        tombstone = {
            "workspace_id": tx.workspace_id,
            "profile_id": item.profile_id,
            "external_id": item.external_id,
            "removed_at": tx.now,
        }
        await tx.session.execute(insert(RemovedItem).values(tombstone).on_conflict_do_nothing())
        await catch_up(tx, {conversation.id: conversation})
    await tx.publish(
        InteractionChanged(**about(conversation), interaction_id=item.id, change=change)
    )


async def _block(tx: Tx, action: Action, conversation: Conversation, *, blocks: bool) -> None:
    item = await _target(tx, action)
    if item is None:
        return
    await tx.session.execute(
        update(ContactIdentity)
        .where(
            ContactIdentity.workspace_id == tx.workspace_id,
            ContactIdentity.network == conversation.network,
            ContactIdentity.external_id == item.author.get("external_id", ""),
        )
        .values(blocked_at=tx.now if blocks else None)
    )
