"""The rows of ticketing in a workspace: what belongs to a profile, and what is common to all."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import DeclarativeBase

from services.ticketing import models
from shared.ids import new_id
from tests.isolation.house import House
from tests.support.team_directory import Somebody

Ids = dict[str, UUID]


async def _add(house: House, owner: Somebody, *rows: DeclarativeBase) -> None:
    async with house.hands["ticketing"].service.database.begin(owner.workspace_id) as tx:
        tx.session.add_all(rows)


async def ticket(house: House, owner: Somebody, profile_id: UUID, word: str, ids: Ids) -> UUID:
    """A ticket about the conversation in `ids`, with one row of everything that hangs on it."""
    here: dict[str, Any] = {"workspace_id": owner.workspace_id}
    now, ticket_id = house.clock.now(), new_id()
    await _add(
        house,
        owner,
        models.Contact(**here, id=ids["contact"], name=word),
        models.Conversation(
            **here,
            id=ids["conversation"],
            profile_id=profile_id,
            network="fake",
            kind="comment",
            contact_id=ids["contact"],
            excerpt=word,
            seen_version=1,
        ),
        models.Ticket(
            **here,
            id=ticket_id,
            conversation_id=ids["conversation"],
            profile_id=profile_id,
            subject=word,
            priority="normal",
            tags=[word],
            opened_at=now,
            opened_by=owner.id,
            updated_at=now,
            clock_at=now,
        ),
        *_hanging_on(house, owner, ticket_id, word),
    )
    return ticket_id


def _hanging_on(house: House, owner: Somebody, ticket_id: UUID, word: str) -> list[DeclarativeBase]:
    about: dict[str, Any] = {"workspace_id": owner.workspace_id, "ticket_id": ticket_id}
    now, nothing = house.clock.now(), timedelta()
    return [
        models.Note(**about, id=new_id(), author_id=owner.id, body=word, created_at=now),
        models.Activity(**about, id=new_id(), version=1, at=now, kind=word, after={"was": word}),
        models.Message(
            **about,
            id=new_id(),
            direction="inbound",
            kind="comment",
            excerpt=word,
            written_at=now,
        ),
        models.Clock(
            **about,
            target="first_response",
            run=1,
            outcome="running",
            spent_wall=nothing,
            spent_business=nothing,
            near_told=False,
            missed_told=False,
        ),
    ]


async def promises(house: House, owner: Somebody, word: str, ids: Ids) -> Ids:
    """People, teams and what is promised to customers."""
    here: dict[str, Any] = {"workspace_id": owner.workspace_id}
    calendar_id, policy_id = new_id(), new_id()
    hours = {"zone": "Europe/Berlin", "week": [[[540, 1020]]] * 7, "holidays": []}
    email = f"{word}@example.test"
    await _add(
        house,
        owner,
        models.Member(**here, id=ids["member"], name=word, email=email, active=True),
        models.Team(**here, id=ids["team"], name=word, active=True),
        models.Calendar(**here, id=calendar_id, name=word, body=hours),
        models.Policy(
            **here,
            id=policy_id,
            name=word,
            calendar_id=calendar_id,
            profile_ids=[ids["profile"]],
            goals={},
        ),
    )
    return {"calendar": calendar_id, "policy": policy_id}
