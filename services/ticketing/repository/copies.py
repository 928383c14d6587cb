"""What ticketing keeps of the facts of team_directory and inbox."""

from collections.abc import Collection
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select, update

from services.ticketing.models import Contact, Conversation, Member, Team
from shared.db.transaction import Tx

Copy = TypeVar("Copy", Member, Team, Contact, Conversation)


class Copies:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def find(self, table: type[Copy], id_: UUID) -> Copy | None:
        """The copy, locked; also one that an event before in the same batch has made."""
        await self._tx.session.flush()
        key = (self._tx.workspace_id, id_)
        return await self._tx.session.get(table, key, with_for_update=True)

    async def find_or_add(self, table: type[Copy], id_: UUID) -> Copy:
        found = await self.find(table, id_)
        if found is None:
            found = table(workspace_id=self._tx.workspace_id, id=id_)
            self._tx.session.add(found)
        return found

    def add(self, row: Conversation) -> None:
        self._tx.session.add(row)

    async def merge_contact(self, kept_id: UUID, merged_id: UUID) -> None:
        """Let the conversations of one contact be those of another."""
        await self._tx.session.execute(
            update(Conversation)
            .where(
                Conversation.workspace_id == self._tx.workspace_id,
                Conversation.contact_id == merged_id,
            )
            .values(contact_id=kept_id)
            .execution_options(synchronize_session=False)
        )

    async def active_members(self, people: Collection[UUID]) -> dict[UUID, Member]:
        """Those of these people who work here."""
        statement = select(Member).where(
            Member.workspace_id == self._tx.workspace_id, Member.id.in_(people), Member.active
        )
        return {member.id: member for member in await self._tx.session.scalars(statement)}

    async def active_team(self, team_id: UUID) -> Team | None:
        team = await self._tx.session.get(Team, (self._tx.workspace_id, team_id))
        return team if team is not None and team.active else None
