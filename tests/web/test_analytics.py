"""From a number to what stands behind it and back, and the same numbers as a table and a file."""

import asyncio
import csv
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Browser, Page, expect

from deploy.demo.desk import Desk
from tests.support.desk import until
from tests.support.web import visitor
from tests.web.conftest import BROWSER_LOCALE, Invite

pytestmark = [pytest.mark.processes]

WORDS = {
    "en": ("Handled", "Comparison", "CSV", "See what stands behind it"),
    "zh-Hans": ("已处理", "对比", "CSV", "查看背后的条目"),
}


@pytest.fixture(scope="module", autouse=True)
async def counted(demo: Desk) -> None:
    """What the demo did has been counted: the numbers add up and stand still."""
    today = datetime.now(UTC).date()
    query = {"first": today - timedelta(days=28), "last": today, "metric": "handled"}

    def numbers() -> tuple[int, int]:
        whole = demo.call("GET", "/analytics/overview", **query)["numbers"]
        rows = demo.call("GET", "/analytics/breakdown", **query, by="profile")["rows"]
        parts = [row["numbers"][0]["now"]["value"] or 0 for row in rows]
        return whole[0]["now"]["value"] or 0, sum(parts)

    async def at_rest() -> bool:
        before = await asyncio.to_thread(numbers)
        await asyncio.sleep(1)
        return before[0] == before[1] > 0 and before == await asyncio.to_thread(numbers)

    await until(at_rest)


def _number(said: str) -> int:
    return int(said.replace(",", ""))


async def _column(page: Page, name: str) -> dict[str, int]:
    """What the table says under a heading, by the name of the row."""
    heads = await page.get_by_role("columnheader").all_inner_texts()
    place = [head.strip() for head in heads].index(name)
    column = dict[str, int]()
    for row in await page.locator("tbody tr").all():
        cell = row.get_by_role("cell").nth(place - 1)
        counted = cell.get_by_role("link")
        number = _number(await counted.inner_text()) if await counted.count() else 0
        column[(await row.get_by_role("rowheader").inner_text()).strip()] = number
    return column


async def test_a_number_leads_to_what_it_counts(
    browser: Browser, url: str, invite: Invite, language: str
) -> None:
    handled, comparison, file, behind = WORDS[language]
    email = await invite("owner", "Nadia Low" if language == "en" else "周敏", language)
    async with visitor(browser, url, locale=BROWSER_LOCALE[language]) as somebody:
        page = somebody.page
        await somebody.sign_in(email)
        await somebody.go("/analytics", "svg.recharts-surface")
        number = page.get_by_role("link", name=re.compile(rf"^{handled}: [\d,]+\. {behind}"))
        said = await number.inner_text()
        assert _number(said) > 0

        await number.click()
        drawer = page.get_by_role("dialog")
        first = drawer.get_by_role("listitem").first.get_by_role("link")
        await expect(first).to_have_attribute("href", re.compile(r"^/inbox/"))
        assert "behind=handled" in page.url
        await page.go_back()
        await expect(drawer).to_have_count(0)

        await page.get_by_role("tab", name=comparison).click()
        await expect(page.get_by_role("row", name=re.compile("@alderfinch_now"))).to_be_visible()
        column = await _column(page, handled)
        assert sum(column.values()) == _number(said)
        async with page.expect_download() as download:
            await page.get_by_role("button", name=file).click()
        saved = (await (await download.value).path()).read_text(encoding="utf-8-sig")
        lines = list(csv.DictReader(saved.splitlines()))
        assert {f"@{line['profile']}": int(line["handled"] or 0) for line in lines} == column
        assert somebody.mistakes == []
