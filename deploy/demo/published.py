"""The posts of the weeks before: planned here, and on the network since their time."""

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx

from deploy.demo.desk import Desk
from deploy.demo.past import Workplace, at, opened
from services.scheduler.app import build
from services.scheduler.commands.compose import Version, Written, create
from services.scheduler.commands.plan import PUBLISH, When, schedule
from services.scheduler.commands.send import leave, stand
from services.scheduler.domain.content import Content
from services.scheduler.domain.rules import Rules
from services.scheduler.settings import SchedulerSettings
from shared.db.transaction import Tx
from shared.networks.types import ActionResult

_ZONE = "Europe/Berlin"
_AHEAD = timedelta(days=3)
# Every so many posts one was written in the network's own app, and one had waited for its network.
_ELSEWHERE_EVERY = 3
_LATE_EVERY = 5
_LATE = timedelta(minutes=15)

Item = Mapping[str, Any]


def sandbox_url() -> str:
    return os.environ["PARLEY_NETWORKS_SANDBOX_URL"]


def standing_posts(desk: Desk) -> list[tuple[str, dict[UUID, Item]]]:
    """What the brand has published on the network: each text, and its post on each profile."""
    profiles = {one["external_id"]: UUID(one["id"]) for one in desk.call("GET", "/team/profiles")}
    url = f"{sandbox_url()}/_sandbox/items"
    found: dict[str, dict[UUID, Item]] = defaultdict(dict)
    for item in httpx.get(url, params={"kind": "post"}).raise_for_status().json():
        if item["account_id"] in profiles:
            found[item["text"]][profiles[item["account_id"]]] = item
    return list(found.items())


async def plan_the_past(
    place: Workplace, posts: Sequence[tuple[str, Mapping[UUID, Item]]], now: datetime
) -> None:
    """Plan most of them some days before, and find that the network has them."""
    async with opened(build, SchedulerSettings, now) as scheduler:
        rules: Rules = scheduler.app.state.rules
        for number, (text, standing) in enumerate(posts):
            if number % _ELSEWHERE_EVERY == _ELSEWHERE_EVERY - 1:
                continue
            late = _LATE if number % _LATE_EVERY == _LATE_EVERY - 1 else timedelta(0)
            async with scheduler.database.begin(place.workspace_id) as tx:
                await _publish(tx, place, rules, (text, standing, late))


async def _publish(
    tx: Tx,
    place: Workplace,
    rules: Rules,
    post: tuple[str, Mapping[UUID, Item], timedelta],
) -> None:
    text, standing, late = post
    identity = place.identity("content_creator")
    appeared = {id_: datetime.fromisoformat(item["created_at"]) for id_, item in standing.items()}
    due_at = (min(appeared.values()) - late).replace(second=0, microsecond=0)
    versions = [Version(profile_id=profile_id) for profile_id in standing]
    written = Written(content=Content(text=text), versions=versions)
    row, _ = await create(at(tx, due_at - _AHEAD), identity, written)
    wall_time = due_at.astimezone(ZoneInfo(_ZONE)).replace(tzinfo=None)
    when = When(wall_time=wall_time, zone=_ZONE)
    loaded = await schedule(tx, identity, row.id, row.version, (when, rules))
    for one in loaded[1]:
        moment = appeared[one.profile_id]
        await tx.unschedule(PUBLISH, str(one.id))
        id_ = standing[one.profile_id]["id"]
        found = ActionResult(external_id=id_, permalink=f"{sandbox_url()}/p/{id_}", at=moment)
        await leave(at(tx, moment), loaded, one)
        await stand(tx, loaded, one, found)
