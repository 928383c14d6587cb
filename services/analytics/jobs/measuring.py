"""Asks networks what they count, one call for each profile at a time, after everything else."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog

from services.analytics.commands.copies import MEASURE
from services.analytics.commands.measure import (
    Errand,
    keep_posts,
    keep_profile,
    next_errand,
    note_failure,
)
from shared.db.database import Database
from shared.db.transaction import WorkItem
from shared.db.work import WorkKind
from shared.errors import ParleyError
from shared.networks.connector import Connector
from shared.networks.errors import NetworkError, Outcome, RemoteTransientError
from shared.networks.measures import Measuring, PostMeasures, ProfileMeasures
from shared.networks.types import Access, Item
from shared.profiles.caller import Caller

log = structlog.get_logger()

_PATIENCE_SECONDS = 90.0
_CONCURRENCY = 4


def measuring_work(database: Database, caller: Caller) -> WorkKind:
    measurer = Measurer(database, caller)
    return WorkKind(MEASURE, measurer.take_turn, concurrency=_CONCURRENCY)


@dataclass(frozen=True, slots=True)
class Looked:
    """What the network said of the profile itself, and its latest posts."""

    measured: ProfileMeasures
    recent: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Asked:
    """The posts that one call was about, and what the network said of them."""

    posts: Sequence[str]
    measured: PostMeasures


@dataclass(frozen=True, slots=True)
class Measurer:
    """One turn is one question to one network, and the answer kept."""

    database: Database
    caller: Caller

    async def take_turn(self, item: WorkItem) -> None:
        async with self.database.begin(item.workspace_id) as tx:
            errand = await next_errand(tx, item)
        if errand is None:
            return
        answer = await self._ask(item.workspace_id, errand)
        async with self.database.begin(item.workspace_id) as tx:
            match answer:
                case Looked():
                    await keep_profile(tx, item, answer.measured, answer.recent)
                case Asked():
                    await keep_posts(tx, item, answer.posts, answer.measured)
                case _:
                    await note_failure(tx, item, answer)

    async def _ask(self, workspace_id: UUID, errand: Errand) -> Looked | Asked | ParleyError:
        """The answer, or why there is none."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                return await self._call(workspace_id, errand)
        except TimeoutError:
            return RemoteTransientError("The network did not answer in time.")
        except ParleyError as error:
            log.info("analytics.not_measured", profile_id=str(errand.profile_id), code=error.code)
            return error

    async def _call(self, workspace_id: UUID, errand: Errand) -> Looked | Asked:
        connector = self.caller.networks.get(errand.network)
        opened = await self.caller.open(workspace_id, errand.profile_id)
        able = connector.capabilities(opened.access.account, opened.scopes).measuring or Measuring()
        if not errand.posts:

            def look(access: Access) -> Awaitable[Looked]:
                return _look_at_profile(connector, access, able)

            return await self.caller.call(workspace_id, errand.profile_id, look)
        if not able.post:
            return Asked(errand.posts, PostMeasures(posts={}))
        asked = errand.posts[: able.posts_at_once]

        def measure(access: Access) -> Awaitable[PostMeasures]:
            return _measure_posts(connector, access, asked)

        return Asked(asked, await self.caller.call(workspace_id, errand.profile_id, measure))


async def _look_at_profile(connector: Connector, access: Access, able: Measuring) -> Looked:
    recent = await connector.recent_posts(access) if able.post else ()
    if not able.profile:
        return Looked(ProfileMeasures(measures=()), recent)
    return Looked(await connector.measure_profile(access), recent)


async def _measure_posts(
    connector: Connector, access: Access, posts: Sequence[str]
) -> PostMeasures:
    """In one call; where the network refuses that, in halves, so that one post stops no other."""
    try:
        return await connector.measure_posts(access, posts)
    except NetworkError as error:
        if error.outcome is not Outcome.REFUSED:
            raise
    if len(posts) == 1:
        log.warning("analytics.post_refused", post=posts[0])
        return PostMeasures(posts={})
    middle = len(posts) // 2
    first = await _measure_posts(connector, access, posts[:middle])
    second = await _measure_posts(connector, access, posts[middle:])
    return PostMeasures(
        posts={**first.posts, **second.posts},
        gone={*first.gone, *second.gone},
        rate=second.rate or first.rate,
    )
