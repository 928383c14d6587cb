"""Liking, hiding, deleting, blocking; and what a person may still do about an action."""

from typing import Literal
from uuid import UUID

from sqlalchemy import select

from services.inbox.commands.effect import take_effect
from services.inbox.commands.request import (
    SEND,
    Wanted,
    action_event,
    demand_possible,
    enter,
    judge_of,
    move,
)
from services.inbox.domain.action import (
    CANCELLED,
    FAILED,
    FINAL,
    PENDING,
    RIGHT,
    SENT,
    UNKNOWN,
    may_follow,
)
from services.inbox.domain.outbox import Outbox
from services.inbox.errors import ActionImpossibleError, ActionStateError
from services.inbox.models import Action, Conversation
from services.inbox.repository.desk import Desk
from shared.db.transaction import Tx
from shared.events.inbox import ActionKind, ActionState
from shared.identity import Identity
from shared.networks.types import ActionResult

Decision = Literal["sent", "send_again", "give_up"]
_DECISIONS: dict[Decision, ActionState] = {
    "sent": SENT,
    "send_again": PENDING,
    "give_up": FAILED,
}


async def act(
    tx: Tx, identity: Identity, interaction_id: UUID, kind: ActionKind, outbox: Outbox
) -> Action:
    item, conversation = await Desk(tx, identity).interaction(interaction_id)
    wanted = Wanted(kind=kind, interaction=item, conversation=conversation)
    judge = await judge_of(tx, identity, conversation, outbox)
    await demand_possible(tx, judge, wanted)
    under_way = select(Action.id).where(
        Action.workspace_id == tx.workspace_id,
        Action.conversation_id == conversation.id,
        Action.interaction_id == item.id,
        Action.kind == kind.value,
        Action.state.not_in(FINAL),
    )
    if await tx.session.scalar(under_way) is not None:
        raise ActionImpossibleError("This is under way already.", reason="under_way")
    return await enter(tx, identity, wanted, outbox)


async def cancel(tx: Tx, identity: Identity, action_id: UUID) -> Action:
    """Take an action back before it leaves."""
    action, conversation = await _may_move(tx, identity, action_id, CANCELLED)
    move(action, CANCELLED)
    action.settled_at = tx.now
    await tx.unschedule(SEND, str(action.id))
    await tx.publish(action_event(action, conversation, identity.actor_id))
    return action


async def retry(tx: Tx, identity: Identity, action_id: UUID, outbox: Outbox) -> Action:
    """Send what has failed once more; what stands on the network is never sent again."""
    action, conversation = await _may_move(tx, identity, action_id, PENDING)
    if action.state != FAILED:
        raise ActionStateError(state=action.state)
    await _start_again(tx, action, outbox)
    await tx.publish(action_event(action, conversation, identity.actor_id))
    return action


async def decide(
    tx: Tx, identity: Identity, action_id: UUID, decision: Decision, outbox: Outbox
) -> Action:
    """A person says what became of an action that could not be settled by reading back."""
    state = _DECISIONS[decision]
    action, conversation = await _may_move(tx, identity, action_id, state)
    if action.state != UNKNOWN:
        raise ActionStateError(state=action.state)
    if state is PENDING:
        await _start_again(tx, action, outbox)
    elif state is SENT:
        await tx.unschedule(SEND, str(action.id))
        at = min(action.last_sent_at or tx.now, tx.now)
        await take_effect(tx, action, ActionResult(external_id=None, at=at))
    else:
        move(action, FAILED, "inbox.given_up", "A person decided that this was not sent.")
        action.settled_at = tx.now
        await tx.unschedule(SEND, str(action.id))
    await tx.publish(action_event(action, conversation, identity.actor_id))
    return action


async def _start_again(tx: Tx, action: Action, outbox: Outbox) -> None:
    move(action, PENDING)
    action.settled_at = None
    action.deadline = tx.now + outbox.deadline
    await tx.schedule(SEND, str(action.id), priority=action.priority)


async def _may_move(
    tx: Tx, identity: Identity, action_id: UUID, state: ActionState
) -> tuple[Action, Conversation]:
    action, conversation = await Desk(tx, identity).action(action_id)
    identity.demand_right(RIGHT[ActionKind(action.kind)])
    if not may_follow(ActionState(action.state), state):
        raise ActionStateError(state=action.state)
    return action, conversation
