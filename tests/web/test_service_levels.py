"""What is promised to customers: its hours and its times, made in a browser and met on a ticket."""

import pytest
from playwright.async_api import Browser, Page, expect

from deploy.demo.desk import Desk
from tests.support.web import Visitor, visitor
from tests.web.conftest import Invite, Says
from tests.web.test_tickets import opened

pytestmark = pytest.mark.processes


async def _make_hours(page: Page) -> None:
    dialog = page.get_by_role("dialog")
    await page.get_by_role("link", name="New hours").click()
    await dialog.get_by_label("Name").fill("Flagship store")
    await dialog.get_by_label("Saturday").fill("10:00-13:00, 14:00-18:00")
    await dialog.get_by_role("button", name="Save").click()
    hours = page.get_by_role("listitem").filter(has_text="Flagship store")
    await expect(hours).to_contain_text("Sat 10:00-13:00, 14:00-18:00")


async def _make_promise(somebody: Visitor) -> None:
    page = somebody.page
    dialog = page.get_by_role("dialog")
    await page.get_by_role("link", name="New promise").click()
    await dialog.get_by_label("Name").fill("Direct messages")
    await dialog.get_by_role("combobox", name="Business hours").click()
    await page.get_by_role("option", name="Flagship store").click()
    await dialog.get_by_role("combobox", name="Profiles").fill("alderfinch_now")
    await page.get_by_role("option", name="@alderfinch_now").click()
    await page.keyboard.press("Escape")
    await dialog.get_by_label("Urgent: First response").fill("45m")
    await dialog.get_by_role("combobox", name="Counted in: First response").click()
    await page.get_by_role("option", name="All hours").click()
    await somebody.picture("team-promise-light-en")
    assert await somebody.complaints() == []
    await dialog.get_by_role("button", name="Save").click()


async def test_a_promise_with_its_hours_is_made_and_holds_for_a_ticket(
    browser: Browser, url: str, invite: Invite, says: Says, demo: Desk
) -> None:
    email = await invite("owner", "Nadia Low")
    async with visitor(browser, url) as somebody:
        page = somebody.page
        await somebody.sign_in(email)
        await somebody.go("/team/service-levels", "section li a")
        await _make_hours(page)
        await _make_promise(somebody)
        promise = page.get_by_role("listitem").filter(has_text="Direct messages")
        await expect(promise).to_contain_text("First response 45m")

        conversation = await says("Mia Promised", "Is the flagship store open on Saturday?")
        made = await opened(demo, conversation, "Saturday hours", priority="urgent")
        await somebody.go(f"/tickets/{made['id']}", "article")
        about = page.get_by_role("complementary", name="About this ticket")
        await expect(about.get_by_text("within 45 min")).to_be_visible()

        # Other tests count on what the demo promises.
        await somebody.go("/team/service-levels", "section li a")
        await page.get_by_role("link", name="Direct messages").click()
        await page.get_by_role("dialog").get_by_role("button", name="Remove").click()
        sure = page.get_by_role("dialog", name="Remove Direct messages?")
        await sure.get_by_role("button", name="Remove").click()
        await expect(promise).to_have_count(0)
        assert somebody.mistakes == []
