"""Tickets in browsers: from a conversation to its end, live, and for who does not see the inbox."""

import re
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from deploy.demo.desk import Desk
from tests.support.desk import until
from tests.support.web import visitor
from tests.web.conftest import BROWSER_LOCALE, Invite, Says, member_id

pytestmark = [pytest.mark.processes]

WORDS = {
    "en": {
        "subject": "Subject",
        "open": "Open the ticket",
        "add": "Add note",
        "noted": "Note on the ticket",
        "send": "Send",
        "resolve": "Resolve",
        "resolved": "Resolved.",
        "undo": "Undo",
        "about": "About this ticket",
        "reopen": "Reopen",
        "changed": "changed the state: Open → Resolved",
        "back": "changed the state: Resolved → Open",
        "due": "due in",
        "met": "met in",
    },
    "zh-Hans": {
        "subject": "主题",
        "open": "创建工单",
        "add": "添加备注",
        "noted": "工单备注",
        "send": "发送",
        "resolve": "标为已解决",
        "resolved": "已解决。",
        "undo": "撤销",
        "about": "工单信息",
        "reopen": "重新打开",
        "changed": "更改了状态：处理中 → 已解决",
        "back": "更改了状态：已解决 → 处理中",
        "due": "后到期",
        "met": "，达标",
    },
}


async def opened(demo: Desk, conversation_id: str, subject: str, **more: Any) -> dict[str, Any]:
    """A ticket by its owner's hand, once tickets have heard of the conversation."""
    body = {"conversation_id": conversation_id, "subject": subject, **more}

    async def attempt() -> dict[str, Any] | None:
        try:
            made: dict[str, Any] = demo.call("POST", "/tickets", body)
        except RuntimeError as refusal:
            if "conversation_not_found" not in str(refusal):
                raise
            return None
        return made

    return await until(attempt)


async def _open(page: Page, words: dict[str, str], subject: str) -> None:
    """From the conversation that is shown, by its key."""
    await page.locator("body").press("o")
    await page.get_by_label(words["subject"]).fill(subject)
    button = page.get_by_role("button", name=words["open"])
    await button.click()
    await expect(page.get_by_role("article", name=subject)).to_be_visible()


async def _note_and_answer(page: Page, words: dict[str, str], answer: str) -> None:
    ticket = page.get_by_role("article")
    await page.locator("body").press("n")
    await page.locator("#writing").fill("@赵俊 is there one in stock?")
    await page.get_by_role("button", name=words["add"]).click()
    await expect(ticket.get_by_text(words["noted"])).to_be_visible()
    await page.locator("body").press("r")
    await page.locator("#writing").fill(answer)
    await page.get_by_role("button", name=words["send"]).click()
    await expect(ticket.get_by_text(answer)).to_be_visible()
    await expect(ticket.get_by_role("status")).to_have_count(0)


async def _resolve_and_take_back(page: Page, about: Locator, words: dict[str, str]) -> None:
    reopen = page.get_by_role("button", name=words["reopen"])
    await page.locator("body").press("e")
    # What stood there before would pass for what was taken back.
    await expect(reopen).to_be_visible()
    told = page.get_by_role("alert").filter(has_text=words["resolved"])
    await told.get_by_role("button", name=words["undo"]).click()
    await expect(reopen).to_have_count(0)
    await expect(page.get_by_role("button", name=words["resolve"], exact=True)).to_be_visible()
    await expect(about.get_by_text(words["changed"])).to_be_visible()
    await expect(about.get_by_text(words["back"])).to_be_visible()


async def _leave_half_a_note(page: Page, text: str) -> None:
    """It waits where it was written, and nowhere else."""
    await page.locator("body").press("n")
    await page.locator("#writing").fill(text)
    await page.go_back()
    await expect(page).to_have_url(re.compile("/inbox/"))
    await expect(page.locator("#writing")).to_have_value("")


async def test_a_conversation_becomes_a_ticket_is_answered_and_resolved(
    browser: Browser, url: str, invite: Invite, says: Says, language: str
) -> None:
    words = WORDS[language]
    conversation = await says(f"Tia {language[:2].title()}", f"My tent leaks. ({language})")
    email = await invite("community_manager", "Robin", language)
    async with visitor(browser, url, locale=BROWSER_LOCALE[language]) as somebody:
        page = somebody.page
        await somebody.sign_in(email)
        await somebody.go(f"/inbox/{conversation}", "#writing")
        subject = f"Tent leaks: replace it ({language})"
        await _open(page, words, subject)
        ticket = page.get_by_role("article", name=subject)
        about = page.get_by_role("complementary", name=words["about"])
        await expect(about.get_by_text(words["due"]).first).to_be_visible()

        await _note_and_answer(page, words, f"We send you a new one. ({language})")
        # Who resolves must have seen what was written: what is shown has to know of the answer.
        await expect(about.get_by_text(words["met"])).to_be_visible()
        await _resolve_and_take_back(page, about, words)
        await somebody.picture(f"ticket-light-{language}")
        assert await somebody.complaints() == []
        await _leave_half_a_note(page, "For the ticket only")
        # The conversation leads to its ticket now, not to a second one.
        await page.locator("body").press("o")
        await expect(ticket).to_be_visible()
        await expect(page.locator("#writing")).to_have_value("For the ticket only")
        assert somebody.mistakes == []


async def test_a_list_moves_by_itself_and_is_walked_by_keys(
    browser: Browser, url: str, invite: Invite, says: Says, demo: Desk
) -> None:
    first = await says("Lia First", "One thing")
    second = await says("Lia Second", "Another thing")
    email = await invite("community_manager", "Robin")
    async with visitor(browser, url) as robin:
        page = robin.page
        await robin.sign_in(email)
        await robin.go("/tickets?view=unassigned", "li a")
        rows = page.get_by_role("list", name="Tickets").get_by_role("listitem")
        await opened(demo, first, "Live: the first")
        made = await opened(demo, second, "Live: the second", priority="urgent")
        await expect(rows.filter(has_text="Live: the second")).to_contain_text("Urgent")
        await page.keyboard.press("j")
        await expect(page.get_by_role("article", name="Live: the second")).to_be_visible()
        await page.keyboard.press("j")
        await expect(page.get_by_role("article", name="Live: the first")).to_be_visible()
        await page.keyboard.press("k")
        move = {"state": "on_hold", "expected_version": made["version"]}
        demo.call("PUT", f"/tickets/{made['id']}/state", move)
        article = page.get_by_role("article", name="Live: the second")
        await expect(article.get_by_role("button", name="On hold")).to_be_visible()
        await page.keyboard.press("m")
        await expect(rows.filter(has_text="Live: the second")).to_have_count(0)
        await page.keyboard.press("/")
        await page.keyboard.type("the first")
        await expect(rows).to_have_count(1)
        await robin.picture("tickets-search-light-en")


async def test_who_sees_a_ticket_but_not_its_conversation_works_on_it(
    browser: Browser, url: str, invite: Invite, says: Says, demo: Desk
) -> None:
    conversation = await says("Pia Product", "The seam is too short")
    email = await invite("product_manager", "Pat")
    pat = member_id(demo, email)
    made = await opened(demo, conversation, "Seam of the shell", assignee_id=pat)
    await says("Pia Product", "And the hem, too")
    async with visitor(browser, url) as somebody:
        page = somebody.page
        await somebody.sign_in(email)
        await somebody.go(f"/tickets/{made['id']}", "article")
        log = page.get_by_role("log", name="What was written", exact=True)
        await expect(log.get_by_text("And the hem, too")).to_be_visible()
        # Not the conversation itself, which this person may neither see nor answer.
        await expect(log.get_by_role("alert")).to_contain_text("not open to you here")
        about = page.get_by_role("complementary", name="About this ticket")
        await expect(about.get_by_text("Opened", exact=True)).to_be_visible()
        await expect(about.get_by_role("link", name="See it in the inbox")).to_have_count(0)
        await expect(page.get_by_role("button", name="Send")).to_have_count(0)
        await page.locator("#writing").fill("We change the pattern.")
        await page.get_by_role("button", name="Add note").click()
        await expect(log.get_by_text("We change the pattern.")).to_be_visible()
        await somebody.picture("ticket-excerpts-light-en")
        assert await somebody.complaints() == []
