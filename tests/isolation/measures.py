"""What networks count of one workspace: a profile with its measures, and a post with its curve."""

from typing import Any
from uuid import UUID

from services.analytics import models
from tests.isolation.house import House
from tests.support.team_directory import Somebody


async def measured(
    house: House, owner: Somebody, profile_id: UUID, word: str, publication_id: UUID
) -> None:
    now = house.clock.now()
    here: dict[str, Any] = {"workspace_id": owner.workspace_id}
    profile = {**here, "profile_id": profile_id}
    post = {**here, "publication_id": publication_id}
    counted: dict[str, Any] = {"metric": "followers", "value": 1, "measured_at": now}
    answer: dict[str, Any] = {"at": now, "counts": {"likes": 1}, "names": {"likes": word}}
    known: dict[str, Any] = {"network": "fake", "due_at": now}
    about = {"handle": word, "display_name": word, "state": "connected", "problem": word}
    rows = [
        models.MeasuredProfile(**here, **known, **about, id=profile_id, failures=0),
        models.MeasuredPost(
            **profile,
            **known,
            id=publication_id,
            post_id=publication_id,
            external_id=word,
            excerpt=word,
            published_at=now,
            early_at=now,
        ),
        models.ProfileSnapshot(**profile, **answer),
        models.PostSnapshot(**post, **answer),
        models.ProfileMeasure(**profile, **counted, provider_name=word),
        models.PostMeasure(**post, **counted | {"metric": "likes"}, provider_name=word),
        models.ProfileDay(**profile, **counted, day=now.date()),
        models.ContentDay(**profile, day=now.date(), metric="likes", gained=1),
    ]
    async with house.hands["analytics"].service.database.begin(owner.workspace_id) as tx:
        tx.session.add_all(rows)
        await tx.session.merge(models.Workspace(**here, time_zone="UTC"))
