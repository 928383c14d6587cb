"""Asking for something to be done on a network: the checks, and the row that starts its life."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from services.inbox.commands.about import about
from services.inbox.domain.action import PERSON_ACTION, PERSON_REPLY, REPLIES
from services.inbox.domain.capability import (
    Judge,
    Place,
    Refusal,
    capabilities_of,
)
from services.inbox.domain.outbox import Outbox
from services.inbox.errors import ActionImpossibleError
from services.inbox.models import Action, ContactIdentity, Conversation, Interaction, Profile
from shared.db.transaction import Tx
from shared.events.inbox import ActionChanged, ActionKind, ActionState
from shared.identity import ActorKind, Identity, PermissionMissingError

SEND = "inbox.send_action"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants done, to which interaction."""

    kind: ActionKind
    interaction: Interaction
    conversation: Conversation
    text: str = ""


async def judge_of(tx: Tx, identity: Identity, conversation: Conversation, outbox: Outbox) -> Judge:
    profile = await tx.session.get(Profile, (tx.workspace_id, conversation.profile_id))
    if profile is None:
        raise ActionImpossibleError("This profile is no longer here.", reason="profile_gone")
    able = capabilities_of(outbox.networks, profile)
    return Judge(identity, profile, able, tx.now)


async def demand_possible(tx: Tx, judge: Judge, wanted: Wanted) -> None:
    """Raise unless the rights, the profile, the item and the network allow it now."""
    conversation, item = wanted.conversation, wanted.interaction
    place = Place(
        thread_id=conversation.thread_id,
        last_inbound_at=conversation.last_inbound_at,
        blocked=await _is_blocked(tx, conversation.network, item),
    )
    refusal = judge.refusal(wanted.kind, item, place)
    if refusal is not None:
        _refuse(refusal)


def _refuse(refusal: Refusal) -> None:
    if refusal.code == PermissionMissingError.code:
        raise PermissionMissingError(refusal.text)
    raise ActionImpossibleError(refusal.text, reason=refusal.code)


async def _is_blocked(tx: Tx, network: str, item: Interaction) -> bool:
    statement = select(ContactIdentity.blocked_at).where(
        ContactIdentity.workspace_id == tx.workspace_id,
        ContactIdentity.network == network,
        ContactIdentity.external_id == item.author.get("external_id", ""),
    )
    return await tx.session.scalar(statement) is not None


async def enter(tx: Tx, identity: Identity, wanted: Wanted, outbox: Outbox) -> Action:
    """Write it into the ledger and have a worker take it up when the time to undo is over."""
    action = Action(
        workspace_id=tx.workspace_id,
        id=tx.new_id(),
        profile_id=wanted.conversation.profile_id,
        conversation_id=wanted.conversation.id,
        interaction_id=wanted.interaction.id,
        kind=wanted.kind.value,
        text=wanted.text,
        state=ActionState.PENDING.value,
        priority=PERSON_REPLY if wanted.kind in REPLIES else PERSON_ACTION,
        requested_by=identity.actor_id,
        automated=identity.kind is not ActorKind.PERSON,
        requested_at=tx.now,
        deadline=tx.now + outbox.deadline,
        attempts=0,
        version=1,
    )
    tx.session.add(action)
    await tx.session.flush()
    due_at = tx.now + outbox.undo
    await tx.schedule(SEND, str(action.id), due_at=due_at, priority=action.priority)
    await tx.publish(action_event(action, wanted.conversation, identity.actor_id))
    return action


def move(action: Action, state: ActionState, code: str | None = None, detail: str = "") -> None:
    """Put an action into another state; why it is there is kept with it."""
    action.state = state.value
    action.error_code = code
    action.error_detail = detail or None
    action.version += 1


def action_event(action: Action, conversation: Conversation, by: UUID | None) -> ActionChanged:
    return ActionChanged(
        **about(conversation),
        action_id=action.id,
        interaction_id=action.interaction_id,
        action=ActionKind(action.kind),
        state=ActionState(action.state),
        by=by,
        reason=action.error_code,
        requested_by=action.requested_by,
        automated=action.automated,
        result_id=action.result_id,
    )
