"""What the team is about to publish: posts of the coming weeks, and drafts without a time."""

from datetime import UTC, datetime, timedelta
from typing import Any

from deploy.demo.desk import Desk
from deploy.demo.people import OWNER

# Days from now, the time on the clocks of the team, and on how many of the profiles.
_POSTS = (
    (1, "09:00", 2, "First frost at the hut. Who is already out with the Ridge tent?"),
    (2, "12:30", 1, "Repair day on Saturday: bring your zip, we bring the coffee. #repair"),
    (3, "18:00", 2, "The Drift jacket is back in moss green, in all sizes."),
    (5, "10:15", 1, "本周末门店活动：免费保养你的登山靴。"),
    (6, "17:30", 2, "Behind the seams: how a jacket is tested for ten years in ten weeks."),
    (9, "09:00", 1, "Three day walks that start at a train station. Which is yours?"),
    (12, "12:00", 2, "Staff picks of the month: wool socks, of all things."),
)
_DRAFTS = (
    "Idea: customers and the oldest thing of ours that they still wear",
    "Advent calendar: a small repair tip every day",
)


def plan_ahead(desk: Desk) -> None:
    """Fill the calendar as soon as profiles take posts."""
    profiles = desk.wait_for(
        lambda: _taking_posts(desk), "No two profiles were ready to take posts"
    )
    today = datetime.now(UTC).date()
    for days, time, count, text in _POSTS:
        post = _draft(desk, text, profiles[:count])
        wall_time = f"{today + timedelta(days=days)}T{time}"
        when = {"wall_time": wall_time, "zone": OWNER.time_zone}
        body = {"expected_version": post["version"], **when}
        desk.call("POST", f"/publishing/posts/{post['id']}/schedule", body)
    for text in _DRAFTS:
        _draft(desk, text, profiles[:1])


def _taking_posts(desk: Desk) -> list[str] | None:
    """Two profiles whose limits are known by now, and which have any."""
    profiles = desk.call("GET", "/publishing/profiles")
    ready = [profile["id"] for profile in profiles if profile["limits"]]
    return ready if len(ready) > 1 else None


def _draft(desk: Desk, text: str, profiles: list[str]) -> dict[str, Any]:
    targets = [{"profile_id": profile} for profile in profiles]
    body = {"text": text, "targets": targets}
    post: dict[str, Any] = desk.call("POST", "/publishing/posts", body)
    return post
