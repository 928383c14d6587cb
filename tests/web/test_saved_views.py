"""Saved views in a browser: keeping what is shown, coming back to it, changing and removing it."""

import re

import pytest
from playwright.async_api import Browser, expect

from tests.support.web import visitor
from tests.web.conftest import BROWSER_LOCALE, Invite

pytestmark = [pytest.mark.processes]

WORDS = {
    "en": ("Saved", "Keep this view", "Name", "Save", "More for “{}”", "Remove"),
    "zh-Hans": ("已保存", "保存此视图", "名称", "保存", "“{}”的更多操作", "删除"),
}


async def test_what_is_shown_is_kept_under_a_name(
    browser: Browser, url: str, invite: Invite, language: str
) -> None:
    saved, keep, label, save, more, remove = WORDS[language]
    email = await invite("community_manager", "Robin", language)
    async with visitor(browser, url, locale=BROWSER_LOCALE[language]) as somebody:
        page = somebody.page
        await somebody.sign_in(email)
        await somebody.go('/inbox?view=unassigned&kind=%5B"dm"%5D', "li a")
        name = f"Messages {language}"
        await page.get_by_role("button", name=keep).click()
        await page.get_by_role("textbox", name=label).fill(name)
        await page.get_by_role("button", name=save, exact=True).click()

        views = page.get_by_role("navigation", name=saved)
        link = views.get_by_role("link", name=name)
        await expect(link).to_have_attribute("aria-current", "page")
        await expect(link).to_have_text(f"{name}{await page.locator('li a').count()}")
        await somebody.picture(f"inbox-saved-views-{language}")
        assert await somebody.complaints() == []

        await somebody.go("/inbox", "li a")
        await link.click()
        await expect(page).to_have_url(re.compile("unassigned.*dm|dm.*unassigned"))
        await link.hover()
        await views.get_by_role("button", name=more.format(name)).click()
        await page.get_by_role("menuitem", name=remove).click()
        await expect(link).to_have_count(0)
        assert somebody.mistakes == []
