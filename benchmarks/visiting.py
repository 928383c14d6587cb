"""A person at a browser, and what a page that loads there tells of itself."""

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from playwright.async_api import (
    Browser,
    BrowserContext,
    Page,
    StorageState,
    ViewportSize,
    async_playwright,
)

from benchmarks.programs import find
from deploy.demo.people import OWNER, PASSWORD

BROWSER = "chromium"
_SCRIPT = Path(__file__).with_suffix(".js")


@dataclass(frozen=True, slots=True)
class Device:
    """Bytes a second, milliseconds there and back, and how much slower its processor is."""

    name: str
    size: ViewportSize
    throughput: float
    latency: int
    slowdown: int


DESKTOP = Device("desktop", {"width": 1350, "height": 940}, 10_240 * 1024 / 8, 40, 1)
PHONE = Device("slow phone", {"width": 412, "height": 823}, 1_638.4 * 1024 / 8, 150, 4)


@dataclass(frozen=True, slots=True)
class Visitor:
    """The owner of a demo at a browser, with what that keeps of the session."""

    url: str
    browser: Browser
    session: StorageState

    @classmethod
    @asynccontextmanager
    async def arrived(cls, url: str) -> AsyncIterator[Self]:
        # Chromium's own sandbox does not work for root, as which containers run.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        async with async_playwright() as playwright:
            program = find(BROWSER)
            browser = await playwright.chromium.launch(executable_path=program, args=arguments)
            yield cls(url, browser, await _session(browser, url))
            await browser.close()

    @asynccontextmanager
    async def window(self, device: Device) -> AsyncIterator[BrowserContext]:
        """A fresh one, with nothing kept but the session, whose pages tell of themselves."""
        context = await self.browser.new_context(
            viewport=device.size,
            storage_state=self.session,
            locale="en-GB",
            reduced_motion="reduce",
        )
        await context.add_init_script(path=_SCRIPT)
        yield context
        await context.close()


async def _session(browser: Browser, url: str) -> StorageState:
    told = {"email": OWNER.email, "password": PASSWORD}
    context = await browser.new_context()
    path = f"{url}/api/v1/session"
    answer = await context.request.post(path, data=told, headers={"origin": url})
    if not answer.ok:
        raise RuntimeError(await answer.text())
    kept = await context.storage_state()
    await context.close()
    return kept


@dataclass
class Watch:
    """What a page loads, from where, and what its console calls an error."""

    url: str
    transferred: float = 0
    mistakes: int = 0
    elsewhere: int = 0

    async def over(self, page: Page, device: Device) -> None:
        tools = await page.context.new_cdp_session(page)
        await tools.send("Network.enable")
        await tools.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": device.latency,
                "downloadThroughput": device.throughput,
                "uploadThroughput": device.throughput,
            },
        )
        await tools.send("Emulation.setCPUThrottlingRate", {"rate": device.slowdown})
        tools.on("Network.loadingFinished", self._loaded)
        page.on("request", lambda request: self._asked(request.url))
        page.on("console", lambda message: self._said(message.type))
        page.on("pageerror", lambda _error: self._said("error"))

    def _loaded(self, event: Mapping[str, Any]) -> None:
        self.transferred += event["encodedDataLength"]

    def _asked(self, url: str) -> None:
        self.elsewhere += not url.startswith((self.url, "data:", "blob:"))

    def _said(self, kind: str) -> None:
        self.mistakes += kind == "error"
