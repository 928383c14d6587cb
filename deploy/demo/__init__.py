"""The demo of a first start: a team that already works on a brand of the sandbox network.

What is done now is done through the gateway, as people would do it, and what was done in the weeks
before by the product's own commands, so that the demo cannot show what the product cannot do. A
second start finds the team there and leaves it alone.
"""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor

from deploy.demo.answers import work_through_the_past
from deploy.demo.desk import Desk
from deploy.demo.people import OWNER, PASSWORD, connect_profiles, gather_team
from deploy.demo.plans import plan_ahead
from deploy.demo.tickets import delegate
from deploy.demo.work import wait_for_history, work_through

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
    asyncio.run(connect_profiles(place))
    with ThreadPoolExecutor(1) as beside:
        plans = beside.submit(plan_ahead, desk)
        wait_for_history(desk)
        asyncio.run(work_through_the_past(place))
        work_through(desk, place)
        delegate(desk, place)
        plans.result()


__all__ = ["WELCOME", "fill", "load"]
