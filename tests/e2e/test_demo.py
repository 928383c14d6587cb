"""What a newcomer finds after the first `make run`."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from deploy.demo.people import OWNER, PASSWORD, TEAM
from deploy.topology import GATEWAY, PROCESSES
from tests.support.desk import browser, until
from tests.support.platform import LocalPlatform, platform_home

pytestmark = [pytest.mark.processes]

# Weeks of a team's work are done in it.
_FIRST_START_SECONDS = 240.0


@pytest.fixture(scope="module")
def demo() -> Iterator[LocalPlatform]:
    for home in platform_home():
        platform = LocalPlatform(home, {"PARLEY_DEMO": "yes"})
        platform.start(seconds=_FIRST_START_SECONDS)
        yield platform
        platform.stop()


@pytest.fixture
def hurried() -> Iterator[LocalPlatform]:
    """Its demo waits for nothing, and so cannot be finished."""
    for home in platform_home():
        platform = LocalPlatform(home, {"PARLEY_DEMO": "yes", "PARLEY_DEMO_PATIENCE_SECONDS": "0"})
        yield platform
        platform.stop()


async def test_the_demo_is_a_desk_in_the_middle_of_its_work(demo: LocalPlatform) -> None:
    assert f"Sign in as {OWNER.email} with the password {PASSWORD}" in demo.said()
    async with browser(demo.url(GATEWAY), OWNER.email) as desk:
        await desk.do("POST", "/session", {"email": OWNER.email, "password": PASSWORD})
        members = await desk.do("GET", "/team/members")
        assert {member["name"] for member in members["items"]} >= {p.name for p in TEAM}
        profiles = await desk.do("GET", "/inbox/profiles")
        assert [profile["state"] for profile in profiles] == ["connected"] * 3
        counts = await desk.do("GET", "/inbox/conversations/counts")
        assert counts["open"]["count"] > 10
        assert counts["handled"]["count"] > 100
        assert counts["snoozed"]["count"] == 2
        assert {tag["name"] for tag in await desk.do("GET", "/inbox/tags")} == {
            "Warranty",
            "Size advice",
            "Praise",
        }


async def test_the_weeks_before_have_numbers_of_people(demo: LocalPlatform) -> None:
    today = datetime.now(UTC).date()
    weeks = {"first": str(today - timedelta(days=27)), "last": str(today)}
    asked = urlencode({**weeks, "by": "person", "metric": "first_response_time"})
    async with browser(demo.url(GATEWAY), OWNER.email) as desk:
        await desk.do("POST", "/session", {"email": OWNER.email, "password": PASSWORD})

        async def counted() -> list[dict[str, Any]] | None:
            report = await desk.do("GET", f"/analytics/breakdown?{asked}")
            known = [row for row in report["rows"] if row["key"] is not None]
            return known if len(known) > 1 else None

        for row in await until(counted):
            (number,) = row["numbers"]
            assert number["now"]["value"] > 0
            assert number["before"]["count"] > 0


async def test_the_weeks_before_were_promised_delegated_and_planned(demo: LocalPlatform) -> None:
    now = datetime.now(UTC)
    last_week = now - timedelta(days=7)
    async with browser(demo.url(GATEWAY), OWNER.email) as desk:
        await desk.do("POST", "/session", {"email": OWNER.email, "password": PASSWORD})
        (policy,) = await desk.do("GET", "/tickets/policies")
        assert policy["name"] == "Customer care"
        resolved = await desk.do("GET", "/tickets?state=resolved&limit=200")
        opened = [datetime.fromisoformat(each["opened_at"]) for each in resolved["items"]]
        assert min(opened) < last_week
        past = urlencode({"from": (now - timedelta(days=30)).isoformat(), "to": now.isoformat()})
        posts = await desk.do("GET", f"/publishing/calendar?{past}")
        assert {post["state"] for post in posts} == {"published"}


async def test_a_demo_that_fails_is_said_at_every_start(hurried: LocalPlatform) -> None:
    log = f"(log: {hurried.home / 'logs' / 'demo.log'})"
    hurried.start()
    failed = "The inbox did not take in what people wrote within 0 s."
    assert f"The demo is incomplete: {failed} {log}" in hurried.said()
    assert all(hurried.ready(process) for process in PROCESSES)
    assert hurried.stop() == 0
    hurried.start()
    assert "The demo is incomplete: An earlier start did not finish it" in hurried.said()
    async with browser(hurried.url(GATEWAY), OWNER.email) as desk:
        await desk.do("POST", "/session", {"email": OWNER.email, "password": PASSWORD})


async def test_a_second_start_keeps_the_desk_as_it_was(demo: LocalPlatform) -> None:
    assert demo.stop() == 0
    demo.start()
    async with browser(demo.url(GATEWAY), OWNER.email) as desk:
        await desk.do("POST", "/session", {"email": OWNER.email, "password": PASSWORD})
        assert len(await desk.do("GET", "/inbox/profiles")) == 3
    assert "incomplete" not in demo.said()
