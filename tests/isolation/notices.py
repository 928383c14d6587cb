"""The rows of a workspace about what its people are told."""

from datetime import time
from typing import Any
from uuid import UUID

from services.team_directory import models
from shared.ids import new_id
from tests.isolation.house import House
from tests.support.team_directory import Somebody


async def notified(house: House, owner: Somebody, profile_id: UUID, word: str) -> UUID:
    """The owner was told of a ticket on a profile, and has said how to be told."""
    here: dict[str, Any] = {"workspace_id": owner.workspace_id}
    ticket_id, notification_id = new_id(), new_id()
    async with house.directory.service.database.begin(owner.workspace_id) as tx:
        tx.session.add_all(
            [
                models.Notification(
                    **here,
                    id=notification_id,
                    person_id=owner.id,
                    cause=word,
                    kind="sla_missed",
                    subject_type="ticket",
                    subject_id=ticket_id,
                    module="tickets",
                    profile_id=profile_id,
                    facts={"subject": word, "target": "resolution"},
                    in_app=True,
                    email="off",
                    created_at=tx.now,
                ),
                models.NotificationSubject(**here, id=ticket_id, version=1, seen_at=tx.now),
                models.NotificationPreference(**here, id=owner.id, choices={}, digest_at=time(8)),
            ]
        )
    return notification_id
