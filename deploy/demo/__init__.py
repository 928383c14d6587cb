"""The demo of a first start: a team that already works on a brand of the sandbox network.

Everything is done through the gateway, as people would do it, so that the demo cannot show what the
product cannot do. A second start finds the team there and leaves it alone.
"""

import os

from deploy.demo.desk import Desk
from deploy.demo.people import OWNER, PASSWORD, connect_profiles, gather_team
from deploy.demo.plans import plan_ahead
from deploy.demo.work import work_through

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
    connect_profiles(desk)
    members = gather_team(desk)
    work_through(desk, members)
    plan_ahead(desk)


__all__ = ["WELCOME", "fill", "load"]
