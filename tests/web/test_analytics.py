"""From a number to what stands behind it and back, and the same numbers as a table and a file."""

import re

import pytest
from playwright.async_api import Browser, expect

from tests.support.web import visitor
from tests.web.conftest import BROWSER_LOCALE, Invite

pytestmark = [pytest.mark.processes, pytest.mark.timeout(120)]

WORDS = {
    "en": ("Handled", "Comparison", "CSV", "See what stands behind it"),
    "zh-Hans": ("已处理", "对比", "CSV", "查看背后的条目"),
}


async def test_a_number_leads_to_what_it_counts(
    browser: Browser, url: str, invite: Invite, language: str
) -> None:
    handled, comparison, csv, behind = WORDS[language]
    email = await invite("owner", "Nadia Low" if language == "en" else "周敏", language)
    async with visitor(browser, url, locale=BROWSER_LOCALE[language]) as somebody:
        page = somebody.page
        await somebody.sign_in(email)
        await somebody.go("/analytics", "svg.recharts-surface")
        number = page.get_by_role("link", name=re.compile(rf"^{handled}: [\d,]+\. {behind}"))
        said = await number.inner_text()
        assert int(said.replace(",", "")) > 0

        await number.click()
        drawer = page.get_by_role("dialog")
        first = drawer.get_by_role("listitem").first.get_by_role("link")
        await expect(first).to_have_attribute("href", re.compile(r"^/inbox/"))
        assert "behind=handled" in page.url
        await page.go_back()
        await expect(drawer).to_have_count(0)

        await page.get_by_role("tab", name=comparison).click()
        await expect(page.get_by_role("row", name=re.compile("@alderfinch_now"))).to_be_visible()
        async with page.expect_download() as download:
            await page.get_by_role("button", name=csv).click()
        saved = (await (await download.value).path()).read_text(encoding="utf-8-sig")
        assert saved.startswith("profile,profile_id,received,")
        assert "\nalderfinch_now," in saved
        assert somebody.mistakes == []
