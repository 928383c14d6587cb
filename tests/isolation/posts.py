"""The rows of scheduler in a workspace: a planned post on one profile, and a picture of all."""

from typing import Any
from uuid import UUID

from services.scheduler import models
from shared.ids import new_id
from tests.isolation.house import House
from tests.support.team_directory import Somebody


async def planned(house: House, owner: Somebody, profile_id: UUID, word: str) -> dict[str, UUID]:
    """A post that failed on its only profile, so that something could still be done about it."""
    here: dict[str, Any] = {"workspace_id": owner.workspace_id}
    now, post_id, publication_id = house.clock.now(), new_id(), new_id()
    names = {"handle": word, "display_name": word}
    async with house.hands["scheduler"].service.database.begin(owner.workspace_id) as tx:
        tx.session.add_all(
            [
                models.Profile(**here, **names, id=profile_id, network="fake", state="connected"),
                models.Post(
                    **here,
                    id=post_id,
                    text=word,
                    state="failed",
                    due_at=now,
                    created_by=owner.id,
                    created_at=now,
                    updated_at=now,
                ),
                models.Publication(
                    **here,
                    id=publication_id,
                    post_id=post_id,
                    profile_id=profile_id,
                    fingerprint=word,
                    state="failed",
                    error_detail=word,
                ),
            ]
        )
    return {"post": post_id, "publication": publication_id}


async def picture(house: House, owner: Somebody, word: str) -> UUID:
    asset = models.Asset(
        workspace_id=owner.workspace_id,
        id=new_id(),
        name=word,
        content_type="image/png",
        size=1,
        width=1,
        height=1,
        alt=word,
        uploaded_by=owner.id,
        uploaded_at=house.clock.now(),
    )
    async with house.hands["scheduler"].service.database.begin(owner.workspace_id) as tx:
        tx.session.add(asset)
    return asset.id
