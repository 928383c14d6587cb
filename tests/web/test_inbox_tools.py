"""What is done with a conversation besides answering: how urgent, until when, notes, who it is."""

import pytest
from playwright.async_api import expect

from deploy.demo.desk import Desk
from tests.support.web import Visitor

pytestmark = [pytest.mark.processes]


@pytest.fixture
async def opened(robin: Visitor, demo: Desk) -> Visitor:
    """A conversation of the demo that waits, opened."""
    waiting = demo.call("GET", "/inbox/conversations", state="open", limit=1)["items"][0]
    await robin.go(f"/inbox/{waiting['id']}", "#writing")
    return robin


async def test_it_can_be_more_urgent_than_others(opened: Visitor) -> None:
    page = opened.page
    await page.locator("body").press("p")
    await page.get_by_role("option", name="Urgent").click()
    row = page.locator("[data-current=true]")
    await expect(row.get_by_text("Urgent")).to_be_visible()
    await opened.picture("inbox-priority-light-en")
    told = page.get_by_role("alert").filter(has_text="Priority changed.")
    await told.get_by_role("button", name="Undo").click()
    await expect(row.get_by_text("Urgent")).to_have_count(0)


async def test_a_note_is_mended_and_taken_away(opened: Visitor) -> None:
    page = opened.page
    notes = page.get_by_role("log").locator("[data-note=true]")
    before = await notes.count()
    await page.locator("body").press("n")
    await page.locator("#writing").fill("Ask teh warehouse")
    await page.get_by_role("button", name="Add note").click()
    note = notes.filter(has_text="warehouse")
    await note.get_by_role("button", name="More for this note").click()
    await page.get_by_role("menuitem", name="Edit").click()
    editor = note.get_by_role("textbox", name="Edit")
    await expect(editor).to_be_focused()
    await editor.fill("Ask the warehouse")
    await opened.picture("inbox-note-editing-light-en")
    await note.get_by_role("button", name="Save").click()
    await expect(note.get_by_text("Ask the warehouse")).to_be_visible()
    await expect(note.get_by_text("edited")).to_be_visible()
    await expect(note.get_by_role("button", name="More for this note")).to_be_focused()
    page.once("dialog", lambda asked: asked.accept())
    await note.get_by_role("button", name="More for this note").click()
    await page.get_by_role("menuitem", name="Delete").click()
    await expect(notes).to_have_count(before)


async def test_it_sleeps_until_any_moment(opened: Visitor) -> None:
    page = opened.page
    await page.locator("body").press("s")
    await page.get_by_role("option", name="Another moment").click()
    until = page.get_by_label("Until")
    await until.fill("2020-01-01T10:00")
    await expect(page.get_by_text("Choose a moment in the future.")).to_be_visible()
    await until.fill("2030-01-01T10:00")
    await opened.picture("inbox-snooze-light-en")
    assert await opened.complaints() == []
    await page.get_by_role("dialog").get_by_role("button", name="Snooze").click()
    await expect(page.get_by_text("snoozed this until")).to_be_visible()
    await page.get_by_role("button", name="Reopen").click()
    await expect(page.get_by_role("button", name="Handled", exact=True)).to_be_visible()


async def test_who_it_is_is_known_on_a_phone_too(opened: Visitor) -> None:
    page = opened.page
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.get_by_role("button", name="About this person").click()
    card = page.get_by_role("dialog", name="About this person")
    await expect(card.get_by_text("History on all profiles")).to_be_visible()
    await opened.picture("inbox-contact-phone-en")
    assert await opened.complaints() == []
