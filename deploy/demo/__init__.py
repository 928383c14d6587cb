"""The demo of a first start: a team that already works on a brand of the sandbox network.

What is done now is done through the gateway, as people would do it, and what was done in the weeks
before by the product's own commands, so that the demo cannot show what the product cannot do. A
second start finds the team there and leaves it alone.
"""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from deploy.demo.answers import work_through_the_past
from deploy.demo.desk import Desk
from deploy.demo.past import Workplace
from deploy.demo.people import OWNER, PASSWORD, connect_profiles, gather_team
from deploy.demo.plans import plan_ahead
from deploy.demo.promises import open_past_tickets, promise
from deploy.demo.published import plan_the_past, standing_posts
from deploy.demo.tickets import delegate
from deploy.demo.work import wait_for_history, work_through

# A little longer than the history of the sandbox network.
_AT_WORK = timedelta(weeks=8, days=1)
WELCOME = (f"Sign in as {OWNER.email} with the password {PASSWORD}",)


def load() -> None:
    """Set up the demo; `PARLEY_URL` says where the gateway is."""
    with Desk(os.environ["PARLEY_URL"]) as desk:
        if not desk.is_new():
            return
        desk.set_up(OWNER, PASSWORD)
        fill(desk)


def fill(desk: Desk) -> None:
    """Put the demo into the workspace of the owner whose desk this is."""
    place = gather_team(desk)
    now = datetime.now(UTC)
    asyncio.run(_begin(place, now - _AT_WORK))
    with ThreadPoolExecutor(1) as beside:
        plans = beside.submit(_fill_calendar, desk, place, now)
        wait_for_history(desk)
        stories = asyncio.run(work_through_the_past(place, now))
        work_through(desk, place)
        delegate(desk, place)
        asyncio.run(open_past_tickets(place, stories, now))
        plans.result()


async def _begin(place: Workplace, since: datetime) -> None:
    await promise(place, since)
    await connect_profiles(place, since)


def _fill_calendar(desk: Desk, place: Workplace, now: datetime) -> None:
    if plan_ahead(desk):
        asyncio.run(plan_the_past(place, standing_posts(desk), now))


__all__ = ["WELCOME", "fill", "load"]
