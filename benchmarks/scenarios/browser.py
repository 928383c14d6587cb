"""The inbox in a browser: how it loads, as web pages are audited, and how a long list scrolls.

It loads over a line and on a processor as slow as Lighthouse assumes for a desktop and a phone.
"""

import asyncio
import shutil
from collections.abc import Mapping, Sequence
from statistics import median

import httpx
from playwright.async_api import expect

from benchmarks.figures import Figure, Target
from benchmarks.installation import installed
from benchmarks.scenarios import browser_list
from benchmarks.visiting import DESKTOP, PHONE, Device, Visitor, Watch
from benchmarks.world import HOME, ROOT, World

_HOME = HOME / "browser"
_NOTE = _HOME / "data/demo-unfinished"
_AXE = ROOT / "web/node_modules/axe-core/axe.min.js"
_VISITS = 3
_SETTLED_SECONDS = 3
# The bounds that are called good by web.dev; an audit of a phone has its own for blocking.
_UNITS: Mapping[str, tuple[str, float | None]] = {
    "first contentful paint": ("ms", 1_800),
    "largest contentful paint": ("ms", 2_500),
    "total blocking time": ("ms", 200),
    "cumulative layout shift": ("", 0.1),
    "transferred": ("kB", None),
    "mistakes in the console": ("", 0),
    "requests to elsewhere": ("", 0),
    "violations of accessibility (axe)": ("", 0),
}


async def measure(_world: World) -> Sequence[Figure]:
    shutil.rmtree(_HOME, ignore_errors=True)
    calm = {"PARLEY_DEMO": "yes", "SANDBOX_PER_MINUTE": "0"}
    async with installed(_HOME, calm) as platform:
        await _demo_loaded(platform.url)
        async with Visitor.arrived(platform.url) as visitor:
            return [
                *await _audit(visitor, DESKTOP),
                *await _audit(visitor, PHONE),
                *await browser_list.measure(visitor),
            ]


async def _demo_loaded(url: str) -> None:
    """Its note lies there from before the owner is made until all is well."""
    async with asyncio.timeout(300), httpx.AsyncClient(base_url=url) as http:
        while (await http.get("/api/v1/setup")).json()["needed"] or _NOTE.exists():  # noqa: ASYNC110 - nobody tells us when
            await asyncio.sleep(1)


async def _audit(visitor: Visitor, device: Device) -> list[Figure]:
    visits = [await _visit(visitor, device) for _ in range(_VISITS)]
    return [
        Figure(
            name=f"browser: inbox, {device.name}, {name}",
            value=median(visit[name] for visit in visits),
            unit=unit,
            target=None if most is None else Target(most, at_most=True),
        )
        for name, (unit, most) in _UNITS.items()
    ]


async def _visit(visitor: Visitor, device: Device) -> dict[str, float]:
    """The first visit of somebody who is signed in."""
    async with visitor.window(device) as window:
        page = await window.new_page()
        watch = Watch(visitor.url)
        await watch.over(page, device)
        await page.goto(f"{visitor.url}/inbox")
        row = page.locator(browser_list.ROW).first
        await expect(row).to_be_visible(timeout=60_000)
        await asyncio.sleep(_SETTLED_SECONDS)
        loading: dict[str, float] = await page.evaluate("() => window.loading()")
        await page.evaluate(_AXE.read_text())
        violations = await page.evaluate("async () => (await axe.run()).violations.length")
    return {
        **loading,
        "transferred": watch.transferred / 1000,
        "mistakes in the console": watch.mistakes,
        "requests to elsewhere": watch.elsewhere,
        "violations of accessibility (axe)": violations,
    }
