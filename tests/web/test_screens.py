"""Each screen in light, dark and phone width, in both languages: a picture, and axe's opinion."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.async_api import Browser

from tests.support.web import DESKTOP, PHONE, Visitor, visitor
from tests.web.conftest import BROWSER_LOCALE, Invite
from tests.web.screens import SCREENS, Screen

pytestmark = [pytest.mark.processes]


@dataclass(frozen=True, slots=True)
class Look:
    scheme: str
    language: str
    size: Any

    @property
    def name(self) -> str:
        return f"{'phone' if self.size is PHONE else self.scheme}-{self.language}"


LOOKS = (
    Look("light", "en", DESKTOP),
    Look("dark", "zh-Hans", DESKTOP),
    Look("light", "zh-Hans", PHONE),
)


@pytest.fixture(scope="module", params=LOOKS, ids=lambda look: look.name)
async def seen(
    request: pytest.FixtureRequest, browser: Browser, url: str, invite: Invite
) -> AsyncIterator[tuple[Look, Visitor]]:
    look: Look = request.param
    name = "Robin Vale" if look.language == "en" else "林晓"
    email = await invite("owner", name, look.language)
    locale = BROWSER_LOCALE[look.language]
    window = visitor(browser, url, size=look.size, scheme=look.scheme, locale=locale)
    async with window as somebody:
        await somebody.sign_in(email)
        yield look, somebody


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
async def test_a_screen_can_be_used_by_everybody(
    seen: tuple[Look, Visitor], screen: Screen
) -> None:
    look, somebody = seen
    await somebody.go(screen.path, screen.ready)
    await somebody.picture(f"{screen.name}-{look.name}")
    assert await somebody.complaints() == []
    assert somebody.mistakes == []
    width = await somebody.page.evaluate("document.documentElement.scrollWidth")
    assert width <= look.size["width"], "It must not scroll sideways."
