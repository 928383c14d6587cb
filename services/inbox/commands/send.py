"""The ledger's side of sending: what a worker may do next, and what came of it.

A worker first writes down that it is about to call the network, then calls, then writes down the
answer. Whoever finds an action that is "about to be sent" and is not its sender knows that nobody
can tell what happened, and reads back before anything else.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from services.inbox.commands.effect import announce, take_effect
from services.inbox.commands.request import move
from services.inbox.domain.action import (
    FAILED,
    FINAL,
    NETWORK_ACTION,
    PENDING,
    REPLIES,
    SENDING,
    UNKNOWN,
    Step,
    wait_of,
)
from services.inbox.domain.capability import Place, target_of
from services.inbox.domain.outbox import Outbox
from services.inbox.models import Action, Conversation, Interaction, Profile, RateBudget
from services.inbox.repository import budgets, deliveries
from shared.db.transaction import Tx, WorkItem
from shared.events.inbox import ActionKind
from shared.events.team_directory import ProfileState
from shared.networks.types import ActionResult, Command, RateLimit

BUCKET = "acting"
_LONGEST_TURN = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What a worker is to do outside: send the command, or look whether it stands there."""

    profile_id: UUID
    network: str
    command: Command
    since: datetime
    last_sent_at: datetime
    deadline: datetime
    attempts: int
    settles: bool


async def prepare(tx: Tx, item: WorkItem, outbox: Outbox) -> Errand | None:
    """What to do for this action now; None when there is nothing, or not yet."""
    key = (tx.workspace_id, UUID(item.key))
    action = await tx.session.get(Action, key, with_for_update=True)
    await tx.hold(item)
    if action is None or action.state in FINAL:
        await tx.finish(item)
        return None
    if action.state == PENDING:
        return await _prepare_sending(tx, item, action)
    if action.state == SENDING:
        reason = "The worker that sent this did not come back."
        move(action, UNKNOWN, "inbox.sender_lost", reason)
        # It may only be cut off from us, and not from the network.
        action.last_sent_at = (action.last_sent_at or tx.now) + outbox.patience
        await announce(tx, action)
    if tx.now >= action.deadline:
        await _leave_to_a_person(tx, item, action)
        return None
    return await _errand(tx, action, settles=True)


async def _prepare_sending(tx: Tx, item: WorkItem, action: Action) -> Errand | None:
    step = await _obstacle(tx, action, item.attempts)
    if step is not None:
        await take_step(tx, item, action, step)
        return None
    action.first_sent_at = action.first_sent_at or tx.now
    action.last_sent_at = tx.now
    action.attempts += 1
    move(action, SENDING)
    await announce(tx, action)
    return await _errand(tx, action, settles=False)


async def _obstacle(tx: Tx, action: Action, attempts: int) -> Step | None:
    """What keeps a pending action from leaving now."""
    if tx.now >= action.deadline:
        detail = action.error_detail or "It could not be sent in time."
        return Step(state=FAILED, code=action.error_code or "inbox.too_late", detail=detail)
    profile = await tx.session.get(Profile, (tx.workspace_id, action.profile_id))
    if profile is None or profile.state != ProfileState.CONNECTED:
        reason = (profile and profile.reason) or "This profile is not connected."
        return Step(state=FAILED, code="inbox.profile_not_connected", detail=reason)
    target = await tx.session.get(Interaction, (tx.workspace_id, action.interaction_id))
    if target is None or target.removed_at is not None:
        return Step(state=FAILED, code="inbox.target_removed", detail="It is no longer there.")
    due_at = await _exhausted_until(tx, action) or await _turn_of(tx, action, attempts)
    if due_at is None:
        return None
    return Step(
        state=PENDING,
        code=action.error_code,
        detail=action.error_detail,
        due_at=min(due_at, action.deadline),
    )


async def _exhausted_until(tx: Tx, action: Action) -> datetime | None:
    statement = select(RateBudget.reset_at).where(
        RateBudget.workspace_id == tx.workspace_id,
        RateBudget.profile_id == action.profile_id,
        RateBudget.bucket == BUCKET,
        RateBudget.remaining <= 0,
        RateBudget.reset_at > tx.now,
    )
    return await tx.session.scalar(statement)


async def _turn_of(tx: Tx, action: Action, attempts: int) -> datetime | None:
    """Answers in one conversation leave in the order in which they were given."""
    if action.kind not in REPLIES:
        return None
    earlier = select(Action.id).where(
        Action.workspace_id == tx.workspace_id,
        Action.conversation_id == action.conversation_id,
        Action.kind.in_(REPLIES),
        Action.state.in_([PENDING, SENDING]),
        Action.id < action.id,
    )
    if await tx.session.scalar(earlier.limit(1)) is None:
        return None
    return tx.now + min(wait_of(attempts), _LONGEST_TURN)


async def _leave_to_a_person(tx: Tx, item: WorkItem, action: Action) -> None:
    """Reading back did not settle it in time: it stays unknown until somebody decides."""
    detail = "The network could not tell us whether this went through. Please look there."
    move(action, UNKNOWN, "inbox.unsettled", detail)
    await announce(tx, action)
    await tx.finish(item)


async def _errand(tx: Tx, action: Action, *, settles: bool) -> Errand:
    conversation = await tx.session.get_one(Conversation, (tx.workspace_id, action.conversation_id))
    target = await tx.session.get_one(Interaction, (tx.workspace_id, action.interaction_id))
    place = Place(thread_id=conversation.thread_id, last_inbound_at=conversation.last_inbound_at)
    command = Command(
        key=action.id,
        action=NETWORK_ACTION[ActionKind(action.kind)],
        target=target_of(target, place),
        text=action.text,
    )
    sent_at = action.first_sent_at or tx.now
    return Errand(
        profile_id=action.profile_id,
        network=conversation.network,
        command=command,
        since=sent_at,
        last_sent_at=action.last_sent_at or sent_at,
        deadline=action.deadline,
        attempts=action.attempts,
        settles=settles,
    )


async def conclude(tx: Tx, item: WorkItem, outcome: ActionResult | Step) -> None:
    """Write down what came of it; rolled back when another worker has taken the action over."""
    key = (tx.workspace_id, UUID(item.key))
    if isinstance(outcome, ActionResult):
        await _before_its_echo(tx, key)
    action = await tx.session.get_one(Action, key, with_for_update=True)
    if isinstance(outcome, Step):
        if outcome.closed_until is not None:
            closed = RateLimit(limit=0, remaining=0, reset_at=outcome.closed_until)
            await budgets.note(tx, action.profile_id, BUCKET, closed)
        await take_step(tx, item, action, outcome)
        return
    await budgets.note(tx, action.profile_id, BUCKET, outcome.rate)
    await take_effect(tx, action, outcome)
    await announce(tx, action)
    await tx.finish(item)


async def _before_its_echo(tx: Tx, key: tuple[UUID, UUID]) -> None:
    """Not while deliveries of this profile are handled: the echo may be among them.

    Taken before any row is locked, as handling does, so that neither waits for the other in turn.
    """
    statement = select(Action.profile_id).where(Action.workspace_id == key[0], Action.id == key[1])
    profile_id = await tx.session.scalar(statement)
    if profile_id is not None:
        await deliveries.lock(tx, profile_id)


async def take_step(tx: Tx, item: WorkItem, action: Action, step: Step) -> None:
    """Move an action that is not done, and have it looked at again when it is due."""
    if action.state == SENDING and step.state is UNKNOWN:
        # The sender itself says so: until now something may have left.
        action.last_sent_at = tx.now
    said = (action.state, action.error_code)
    if (step.state.value, step.code) != said:
        move(action, step.state, step.code, step.detail or "")
        await announce(tx, action)
    if step.state in FINAL:
        action.settled_at = tx.now
    if step.due_at is None:
        await tx.finish(item)
    else:
        await tx.retry(item, due_at=min(step.due_at, action.deadline))
