"""Loading what people work on, for update and only where they may see it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from services.inbox.errors import (
    ActionNotFoundError,
    ConversationNotFoundError,
    InteractionNotFoundError,
)
from services.inbox.models import Action, Activity, Conversation, Interaction, Tag
from services.inbox.repository.visibility import visible
from shared.db.transaction import Tx
from shared.identity import Identity

Lines = Mapping[UUID, Sequence[tuple[int, Collection[str], UUID | None]]]


class Desk:
    """What one person may work on; everything else is not there for them."""

    def __init__(self, tx: Tx, identity: Identity) -> None:
        self._tx = tx
        self._identity = identity

    async def conversation(self, conversation_id: UUID) -> Conversation:
        found = await self.conversations([conversation_id])
        if not found:
            raise ConversationNotFoundError
        return found[0]

    async def conversations(self, ids: Collection[UUID]) -> Sequence[Conversation]:
        """Locked in the order of their ids, so that two of these never wait for one another."""
        statement = (
            select(Conversation)
            .where(Conversation.id.in_(ids), *visible(self._identity))
            .order_by(Conversation.id)
            .with_for_update()
        )
        return (await self._tx.session.scalars(statement)).all()

    async def interaction(self, interaction_id: UUID) -> tuple[Interaction, Conversation]:
        """The conversation is locked, the interaction is read."""
        statement = (
            select(Interaction, Conversation)
            .join(Conversation, Conversation.id == Interaction.conversation_id)
            .where(
                Interaction.workspace_id == self._tx.workspace_id,
                Interaction.id == interaction_id,
                *visible(self._identity),
            )
            .with_for_update(of=Conversation)
        )
        found = (await self._tx.session.execute(statement)).first()
        if found is None:
            raise InteractionNotFoundError
        return found[0], found[1]

    async def action(self, action_id: UUID) -> tuple[Action, Conversation]:
        """The action is locked, its conversation is read."""
        statement = (
            select(Action, Conversation)
            .join(Conversation, Conversation.id == Action.conversation_id)
            .where(
                Action.workspace_id == self._tx.workspace_id,
                Action.id == action_id,
                *visible(self._identity),
            )
            .with_for_update(of=Action)
        )
        found = (await self._tx.session.execute(statement)).first()
        if found is None:
            raise ActionNotFoundError
        return found[0], found[1]

    async def lines_since(self, seen: Mapping[UUID, int]) -> Lines:
        """Version, fields and actor of what the history says after the versions that were seen."""
        statement = select(Activity).where(
            Activity.workspace_id == self._tx.workspace_id,
            Activity.conversation_id.in_(seen),
            Activity.version > min(seen.values(), default=0),
        )
        lines = defaultdict(list)
        for line in await self._tx.session.scalars(statement.order_by(Activity.version)):
            if line.version > seen[line.conversation_id]:
                lines[line.conversation_id].append((line.version, line.after, line.actor_id))
        return lines

    async def tag_names(self, scope: str) -> Mapping[UUID, str]:
        statement = select(Tag.id, Tag.name).where(
            Tag.workspace_id == self._tx.workspace_id, Tag.scope == scope
        )
        found = await self._tx.session.execute(statement)
        return {row.id: row.name for row in found}
