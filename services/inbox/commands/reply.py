"""Answering a customer, with a guard against answering past each other."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select, tuple_

from services.inbox.commands.request import (
    Wanted,
    demand_possible,
    enter,
    judge_of,
)
from services.inbox.domain.action import CANCELLED, FAILED, REPLIES
from services.inbox.domain.capability import reply_kind
from services.inbox.domain.conversation import moved
from services.inbox.domain.outbox import Outbox
from services.inbox.errors import (
    AnsweredMeanwhileError,
    ConversationChangedError,
    InteractionNotFoundError,
    TextRefusedError,
)
from services.inbox.models import Action, Conversation, Interaction
from services.inbox.repository.desk import Desk
from shared.db.transaction import Tx
from shared.identity import Identity

_HOLDERS = frozenset({"assignee_id", "team_id"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer; `seen_interaction_id` is the newest interaction that its writer had seen.

    `interaction_id` None answers what the customer wrote last.
    """

    text: str
    private: bool
    expected_version: int
    seen_interaction_id: UUID | None
    interaction_id: UUID | None = None
    force: bool = False


async def reply(
    tx: Tx, identity: Identity, conversation_id: UUID, written: Reply, outbox: Outbox
) -> Action:
    desk = Desk(tx, identity)
    conversation = await desk.conversation(conversation_id)
    item = await _answered(tx, conversation, written.interaction_id)
    wanted = Wanted(
        kind=reply_kind(item, private=written.private),
        interaction=item,
        conversation=conversation,
        text=written.text,
    )
    judge = await judge_of(tx, identity, conversation, outbox)
    await demand_possible(tx, judge, wanted)
    refusal = judge.text_refusal(wanted.kind, written.text)
    if refusal is not None:
        raise TextRefusedError(refusal.text, reason=refusal.code)
    if not written.force:
        await _demand_same_holder(desk, conversation, written.expected_version)
        await _demand_nothing_new(tx, identity, conversation, written.seen_interaction_id)
    return await enter(tx, identity, wanted, outbox)


async def _answered(tx: Tx, conversation: Conversation, interaction_id: UUID | None) -> Interaction:
    statement = select(Interaction).where(
        Interaction.workspace_id == tx.workspace_id,
        Interaction.conversation_id == conversation.id,
    )
    if interaction_id is not None:
        statement = statement.where(Interaction.id == interaction_id)
    else:
        statement = statement.where(
            Interaction.direction == "inbound", Interaction.removed_at.is_(None)
        ).order_by(Interaction.written_at.desc(), Interaction.id.desc())
    found = await tx.session.scalar(statement.limit(1))
    if found is None:
        raise InteractionNotFoundError("There is nothing here to answer.")
    return found


async def _demand_same_holder(desk: Desk, conversation: Conversation, seen: int) -> None:
    if seen >= conversation.version:
        return
    lines = (await desk.lines_since({conversation.id: seen})).get(conversation.id, ())
    fields = moved(seen, conversation.version, [(at, names) for at, names, _ in lines])
    if fields & _HOLDERS:
        by = next((actor for _, names, actor in lines if _HOLDERS & set(names)), None)
        raise ConversationChangedError(version=conversation.version, changed=sorted(fields), by=by)


async def _demand_nothing_new(
    tx: Tx, identity: Identity, conversation: Conversation, seen_id: UUID | None
) -> None:
    """Refuse when the customer wrote on, or a colleague answered, after what was seen."""
    seen = await _answered(tx, conversation, seen_id) if seen_id is not None else None
    written = await tx.session.scalars(_newer_interactions(tx, identity, conversation, seen))
    sent = await tx.session.scalars(_replies_of_others(tx, identity, conversation, seen))
    interactions, actions = written.all(), sent.all()
    if interactions or actions:
        raise AnsweredMeanwhileError(interactions=interactions, actions=actions)


def _newer_interactions(
    tx: Tx, identity: Identity, conversation: Conversation, seen: Interaction | None
) -> Select[UUID]:
    """What was written after the seen one, but for what the writer has sent themselves."""
    mine = select(Action.id).where(
        Action.workspace_id == tx.workspace_id,
        Action.id == Interaction.action_id,
        Action.requested_by == identity.actor_id,
    )
    statement = select(Interaction.id).where(
        Interaction.workspace_id == tx.workspace_id,
        Interaction.conversation_id == conversation.id,
        Interaction.removed_at.is_(None),
        ~mine.exists(),
    )
    if seen is not None:
        here = tuple_(Interaction.written_at, Interaction.id)
        statement = statement.where(here > tuple_(seen.written_at, seen.id))
    return statement.order_by(Interaction.written_at, Interaction.id).limit(20)


def _replies_of_others(
    tx: Tx, identity: Identity, conversation: Conversation, seen: Interaction | None
) -> Select[UUID]:
    """Answers of colleagues that are on their way, or were sent after the seen one arrived."""
    somebody_else: ColumnElement[bool] = or_(
        Action.requested_by.is_(None), Action.requested_by != identity.actor_id
    )
    statement = select(Action.id).where(
        Action.workspace_id == tx.workspace_id,
        Action.conversation_id == conversation.id,
        Action.kind.in_(REPLIES),
        Action.state.not_in([FAILED, CANCELLED]),
        somebody_else,
    )
    if seen is not None:
        statement = statement.where(Action.requested_at >= seen.received_at)
    return statement.order_by(Action.requested_at).limit(20)
