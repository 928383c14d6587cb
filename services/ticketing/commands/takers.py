"""Who can be given a ticket, told about it or named in it."""

from collections.abc import Sequence
from uuid import UUID

from services.ticketing.errors import AssigneeError, MentionError, WatcherError
from services.ticketing.repository.copies import Copies
from shared.db.transaction import Tx


async def demand_taker(
    tx: Tx, profile_id: UUID, assignee_id: UUID | None, team_id: UUID | None
) -> None:
    """Whoever takes a ticket must work here and with its profile."""
    copies = Copies(tx)
    if assignee_id is not None:
        member = (await copies.active_members([assignee_id])).get(assignee_id)
        if member is None:
            raise AssigneeError("This person does not work here.")
        if member.profile_ids is not None and profile_id not in member.profile_ids:
            raise AssigneeError(f"{member.name} does not work with this profile.")
    if team_id is not None and await copies.active_team(team_id) is None:
        raise AssigneeError("There is no such team.")


async def demand_watcher(tx: Tx, profile_id: UUID, person_id: UUID) -> None:
    member = (await Copies(tx).active_members([person_id])).get(person_id)
    limited = member is not None and member.profile_ids is not None
    if member is None or (limited and profile_id not in (member.profile_ids or ())):
        raise WatcherError


async def demand_mentioned(tx: Tx, people: Sequence[UUID]) -> None:
    missing = set(people) - set(await Copies(tx).active_members(people))
    if missing:
        raise MentionError(people=sorted(missing))
