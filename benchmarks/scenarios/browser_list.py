"""How a list of 10,000 conversations scrolls, beside an empty box of the same height.

The rows are made up on their way to the browser.
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import orjson
from playwright.async_api import JSHandle, Page, Route, expect

from benchmarks.figures import Figure, Target
from benchmarks.visiting import DESKTOP, Visitor

ROW = "a[href^='/inbox/']"
_ROWS = 10_000
_STEP_PIXELS = 240
_JANK_MILLISECONDS = 50
_FRAME_MILLISECONDS = 1000 / 60
_EXCERPT = "Where is my parcel? It should have been here on Monday, and nobody answers the phone. "


async def measure(visitor: Visitor) -> Sequence[Figure]:
    async with visitor.window(DESKTOP) as window:
        page = await window.new_page()
        lists = f"{visitor.url}/api/v1/inbox/conversations"
        template = (await (await window.request.get(lists)).json())["items"][0]
        await window.route(re.compile(re.escape(f"{lists}?")), _Rows(template).answer)
        await page.goto(f"{visitor.url}/inbox")
        row = page.locator(ROW).first
        await expect(row).to_be_visible()
        height = _ROWS * (await row.evaluate("row => row.closest('li').offsetHeight"))
        box = await row.evaluate_handle("row => row.closest('ul').parentElement")
        loading = await _frames(page, box, height)
        loaded = await _frames(page, box, height)
        empty = await _frames(page, await page.evaluate_handle("emptyBox", height), height)
    return [
        figure
        for name, frames in (("while it loads", loading), ("once it is loaded", loaded))
        for figure in _smoothness(name, frames, empty)
    ]


async def _frames(page: Page, box: JSHandle, height: int) -> list[float]:
    asked = {"box": box, "height": height, "step": _STEP_PIXELS}
    async with asyncio.timeout(600):
        frames: list[float] = await page.evaluate(
            "({ box, height, step }) => scrolled(box, height, step)", asked
        )
    return frames


def _smoothness(name: str, frames: Sequence[float], empty: Sequence[float]) -> Sequence[Figure]:
    what, baseline = f"browser: {_ROWS:,} conversations, {name}", "an empty box of that height"
    most = Target(1, at_most=True)
    return [
        Figure(
            name=f"{what}, frames over {_JANK_MILLISECONDS} ms",
            value=_late(frames),
            unit="%",
            baseline=f"{baseline}: {_late(empty):.3g} %",
            target=most,
        ),
        Figure(
            name=f"{what}, frames dropped",
            value=_dropped(frames),
            unit="%",
            baseline=f"{baseline}: {_dropped(empty):.3g} %",
        ),
        Figure(
            name=f"{what}, longest frame",
            value=max(frames),
            unit="ms",
            baseline=baseline,
            ratio=max(frames) / max(empty),
        ),
    ]


def _late(frames: Sequence[float]) -> float:
    return 100 * sum(frame > _JANK_MILLISECONDS for frame in frames) / len(frames)


def _dropped(frames: Sequence[float]) -> float:
    """Of those that a screen of 60 Hz would have shown meanwhile."""
    return 100 * max(0.0, 1 - len(frames) * _FRAME_MILLISECONDS / sum(frames))


@dataclass
class _Rows:
    """Answers for the API with pages of a list that is as long as it never is in a demo."""

    template: Mapping[str, Any]
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    async def answer(self, route: Route) -> None:
        asked = parse_qs(urlsplit(route.request.url).query)
        begin, limit = int(asked.get("cursor", ["0"])[0]), int(asked["limit"][0])
        end = min(begin + limit, _ROWS)
        page = {
            "items": [self._row(place) for place in range(begin, end)],
            "next_cursor": str(end) if end < _ROWS else None,
        }
        await route.fulfill(content_type="application/json", body=orjson.dumps(page))

    def _row(self, place: int) -> dict[str, Any]:
        at = (self.now - timedelta(minutes=place)).isoformat()
        contact = {"id": str(UUID(int=place + 1)), "name": f"Person {place}"}
        return {
            **self.template,
            "id": str(UUID(int=place + 1)),
            "contact": {**self.template["contact"], **contact},
            "excerpt": _EXCERPT[: 20 + place * 37 % len(_EXCERPT)],
            "last_at": at,
            "waiting_since": at if place % 3 else None,
            "priority": place % 5 // 3,
        }
