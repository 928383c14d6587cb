"""A person at a real browser: pages, pictures of them, and whether everybody can use them."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect

from tests.support.desk import PASSWORD
from tests.support.postgres import ROOT

PICTURES = ROOT / "tests/web/screenshots"
_AXE = ROOT / "web/node_modules/axe-core/axe.min.js"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MISSING = (
    "The browser tests need Chromium: `apt-get install chromium` (or Google Chrome) puts one into"
    " PATH."
)
_SLOW_MILLISECONDS = 20_000
# What a person would have to wait for before a picture of the page means anything.
_AT_REST = "() => !document.querySelector('[role=status] .mantine-Loader-root')"

# Machines that run many tests at once are slow at times.
expect.set_options(timeout=_SLOW_MILLISECONDS)

DESKTOP: ViewportSize = {"width": 1360, "height": 860}
PHONE: ViewportSize = {"width": 390, "height": 844}


def find_browser() -> str:
    """The path of an installed browser; without one the tests are skipped, in CI they fail."""
    for name in _BROWSERS:
        if found := shutil.which(name):
            return found
    if os.environ.get("CI"):
        pytest.fail(_MISSING)
    pytest.skip(_MISSING)


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    path = find_browser()
    async with async_playwright() as playwright:
        # Chromium's own sandbox does not work for root, as which containers run.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = await playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        await browser.close()


@dataclass(frozen=True, slots=True)
class Visitor:
    """One person in one browser window."""

    page: Page
    url: str
    mistakes: list[str]

    async def go(self, path: str, ready: str) -> None:
        """Open an address and wait until `ready` (a selector) is drawn."""
        await self.page.goto(self.url + path)
        await expect(self.page.locator(ready).first).to_be_visible()
        await self.rest()

    async def rest(self) -> None:
        await self.page.wait_for_function(_AT_REST)

    async def sign_in(self, email: str, password: str = PASSWORD) -> None:
        """By the API, in this browser; the screens of signing in have tests of their own."""
        answer = await self.page.request.post(
            f"{self.url}/api/v1/session",
            data={"email": email, "password": password},
            headers={"origin": self.url},
        )
        assert answer.ok, await answer.text()

    async def picture(self, name: str) -> None:
        PICTURES.mkdir(exist_ok=True)
        await self.page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")

    async def complaints(self) -> list[str]:
        """What axe finds wrong on this page for people with disabilities."""
        await self.page.evaluate(_AXE.read_text())
        found: Any = await self.page.evaluate("() => axe.run({resultTypes: ['violations']})")
        return [
            f"{violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]


@asynccontextmanager
async def visitor(
    browser: Browser,
    url: str,
    *,
    size: ViewportSize = DESKTOP,
    scheme: Any = "light",
    locale: str = "en-GB",
) -> AsyncIterator[Visitor]:
    """A fresh window; whatever its console calls an error is kept in `mistakes`."""
    context = await browser.new_context(
        viewport=size,
        color_scheme=scheme,
        locale=locale,
        timezone_id="Europe/Berlin",
        reduced_motion="reduce",
    )
    context.set_default_timeout(_SLOW_MILLISECONDS)
    page = await context.new_page()
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.on(
        "console",
        lambda message: mistakes.append(message.text) if _is_mistake(message.text) else None,
    )
    yield Visitor(page, url, mistakes)
    await context.close()


def _is_mistake(text: str) -> bool:
    """Refusals by the page's policy and React's warnings; not answers of the API with an error."""
    return "Content Security Policy" in text or text.startswith("Warning:")
