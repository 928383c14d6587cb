"""The rows of a workspace about what its people are told."""

from datetime import time
from typing import Any
from uuid import UUID

from services.team_directory import models
from shared.ids import new_id
from tests.isolation.house import House
from tests.support.team_directory import Somebody


async def notified(
    house: House, owner: Somebody, profile_id: UUID, names: tuple[str, str]
) -> dict[str, UUID]:
    """The owner was told of a ticket on a profile, also by mail, and has said how to be told.

    The first of the names is that of the profile, the second that of the workspace.
    """
    word, shared = names
    here: dict[str, Any] = {"workspace_id": owner.workspace_id}
    told: dict[str, Any] = {**here, "person_id": owner.id, "created_at": house.clock.now()}
    ids = {"notification": new_id(), "mail": new_id()}
    ticket_id, now = new_id(), house.clock.now()
    rows = [
        models.Notification(
            **told,
            id=ids["notification"],
            cause=word,
            kind="sla_missed",
            subject_type="ticket",
            subject_id=ticket_id,
            module="tickets",
            profile_id=profile_id,
            facts={"subject": word, "target": "resolution"},
            in_app=True,
            email="off",
        ),
        models.NotificationSubject(**here, id=ticket_id, version=1, seen_at=now),
        models.SettledMatter(**here, matter=f"sla/{ticket_id}", settled_at=now, seen_at=now),
        models.NotificationPreference(**here, id=owner.id, choices={}, digest_at=time(8)),
        _mail(told, ids["mail"], shared),
    ]
    async with house.directory.service.database.begin(owner.workspace_id) as tx:
        tx.session.add_all(rows)
    return ids


def _mail(told: dict[str, Any], mail_id: UUID, word: str) -> models.Mail:
    return models.Mail(
        **told,
        id=mail_id,
        kind="digest",
        recipient=f"{word}@example.test",
        locale="en",
        state="failed",
        attempts=1,
    )
