"""The demo of a first start: a team that already works on a brand of the sandbox network.

What is done now is done through the gateway, as people would do it, and what was done in the weeks
before by the product's own commands, so that the demo cannot show what the product cannot do. A
second start finds the team there and leaves it alone. What ended halfway stays halfway, and is said
at every start.
"""

import asyncio
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deploy.demo.answers import work_through_the_past
from deploy.demo.desk import Desk
from deploy.demo.past import Workplace
from deploy.demo.patience import UnfinishedError
from deploy.demo.people import OWNER, PASSWORD, connect_profiles, gather_team
from deploy.demo.plans import plan_ahead
from deploy.demo.promises import open_past_tickets, promise
from deploy.demo.published import plan_the_past, standing_posts
from deploy.demo.tickets import delegate
from deploy.demo.work import wait_for_history, work_through
from deploy.sandbox.demo import HISTORY

# Before anybody wrote on the sandbox network.
_AT_WORK = HISTORY + timedelta(days=1)
_HALFWAY = (
    "An earlier start did not finish it, and it stays so;"
    " a start with another PARLEY_HOME makes a whole one."
)
WELCOME = (f"Sign in as {OWNER.email} with the password {PASSWORD}",)


def load() -> None:
    """Set up the demo, or end with the sentence that says why it is incomplete.

    `PARLEY_URL` says where the gateway is, and `PARLEY_DEMO_NOTE` names the file that exists from
    the beginning of the work to its good end.
    """
    note = Path(os.environ["PARLEY_DEMO_NOTE"])
    with Desk(os.environ["PARLEY_URL"]) as desk:
        if desk.is_new():
            note.touch()
            desk.set_up(OWNER, PASSWORD)
            try:
                fill(desk)
            except UnfinishedError as error:
                sys.exit(str(error))
            note.unlink()
        elif note.exists():
            sys.exit(_HALFWAY)


def fill(desk: Desk) -> None:
    """Put the demo into the workspace of the owner whose desk this is."""
    place = gather_team(desk)
    now = datetime.now(UTC)
    asyncio.run(_begin(place, now - _AT_WORK))
    with ThreadPoolExecutor(1) as beside:
        plans = beside.submit(_fill_calendar, desk, place, now)
        wait_for_history(desk)
        past = asyncio.run(work_through_the_past(place, now))
        work_through(desk, place)
        delegate(desk, place)
        asyncio.run(open_past_tickets(place, past, now))
        plans.result()


async def _begin(place: Workplace, since: datetime) -> None:
    await promise(place, since)
    await connect_profiles(place, since)


def _fill_calendar(desk: Desk, place: Workplace, now: datetime) -> None:
    plan_ahead(desk)
    asyncio.run(plan_the_past(place, standing_posts(desk), now))


__all__ = ["WELCOME", "fill", "load"]
