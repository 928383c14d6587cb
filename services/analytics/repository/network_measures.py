"""Writing what networks count: every answer, the latest values, and days."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.analytics.domain.engagement import PostMetric
from services.analytics.models import (
    ContentDay,
    PostMeasure,
    PostSnapshot,
    ProfileDay,
    ProfileMeasure,
    ProfileSnapshot,
)
from shared.db.transaction import Tx
from shared.networks.measures import Measure, Metric

Rows = Sequence[dict[str, Any]]


class ProfileMeasures:
    """What is kept of one profile."""

    def __init__(self, tx: Tx, profile_id: UUID) -> None:
        self._tx = tx
        self._about = {"workspace_id": tx.workspace_id, "profile_id": profile_id}

    async def latest(self, metric: Metric) -> int | None:
        return await self._tx.session.scalar(
            select(ProfileMeasure.value).filter_by(**self._about, metric=metric.value)
        )

    async def keep(self, measures: Sequence[Measure], day: date) -> None:
        """As an answer of now, as the latest values, and as those of the day so far."""
        await self._tx.session.execute(
            insert(ProfileSnapshot).values(self._about | answer(measures, self._tx.now))
        )
        rows = [
            {
                **self._about,
                "metric": one.metric.value,
                "value": one.value,
                "measured_at": self._tx.now,
            }
            for one in measures
        ]
        named = [
            row | {"provider_name": one.provider_name}
            for row, one in zip(rows, measures, strict=True)
        ]
        await _replace(self._tx, ProfileMeasure, named)
        await _replace(self._tx, ProfileDay, [row | {"day": day} for row in rows])


class PostMeasures:
    """What is kept of posts of one profile."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def counts(self, ids: Collection[UUID]) -> Mapping[UUID, dict[PostMetric, int]]:
        """The latest counts of posts, without what is calculated from them."""
        statement = select(PostMeasure.publication_id, PostMeasure.metric, PostMeasure.value).where(
            PostMeasure.workspace_id == self._tx.workspace_id,
            PostMeasure.publication_id.in_(ids),
            PostMeasure.provider_name.is_not(None),
        )
        found: dict[UUID, dict[PostMetric, int]] = {}
        for publication_id, metric, value in await self._tx.session.execute(statement):
            found.setdefault(publication_id, {})[PostMetric(metric)] = int(value)
        return found

    async def add_answers(self, answers: Mapping[UUID, Sequence[Measure]]) -> None:
        rows = [
            {
                "workspace_id": self._tx.workspace_id,
                "publication_id": publication_id,
                **answer(measures, self._tx.now),
            }
            for publication_id, measures in answers.items()
        ]
        await self._tx.session.execute(insert(PostSnapshot).values(rows))

    async def replace(
        self, values: Mapping[UUID, Mapping[PostMetric, tuple[float, str | None]]]
    ) -> None:
        """Let these be the latest; each with the name that its network gives it."""
        await _replace(
            self._tx,
            PostMeasure,
            [
                {
                    "workspace_id": self._tx.workspace_id,
                    "publication_id": publication_id,
                    "metric": metric.value,
                    "value": value,
                    "provider_name": name,
                    "measured_at": self._tx.now,
                }
                for publication_id, measures in values.items()
                for metric, (value, name) in measures.items()
            ],
        )

    async def add_gains(self, profile_id: UUID, day: date, gains: Mapping[PostMetric, int]) -> None:
        """Add to what the posts of a profile gained on a day."""
        if not gains:
            return
        statement = insert(ContentDay).values(
            [
                {
                    "workspace_id": self._tx.workspace_id,
                    "profile_id": profile_id,
                    "day": day,
                    "metric": metric.value,
                    "gained": gained,
                }
                for metric, gained in gains.items()
            ]
        )
        await self._tx.session.execute(
            statement.on_conflict_do_update(
                constraint="pk_content_days",
                set_={"gained": ContentDay.gained + statement.excluded.gained},
            )
        )


def answer(measures: Sequence[Measure], at: datetime) -> dict[str, Any]:
    """One answer of a network as a row of a series."""
    return {
        "at": at,
        "counts": {one.metric.value: one.value for one in measures},
        "names": {one.metric.value: one.provider_name for one in measures},
    }


async def _replace(
    tx: Tx, table: type[ProfileMeasure | ProfileDay | PostMeasure], rows: Rows
) -> None:
    if not rows:
        return
    statement = insert(table).values(rows)
    key = [column.name for column in table.__table__.primary_key]
    fresh = {name: statement.excluded[name] for name in rows[0] if name not in key}
    await tx.session.execute(statement.on_conflict_do_update(index_elements=key, set_=fresh))
