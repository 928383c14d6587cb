"""The inbox in browsers: the main job, two people at once, a cut connection, who may not."""

from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from deploy.demo.desk import Desk
from tests.support.sandbox import SandboxHand
from tests.support.web import Visitor, visitor
from tests.web.conftest import BROWSER_LOCALE, Invite, Says

pytestmark = [pytest.mark.processes]

WORDS = {
    "en": {
        "send": "Send",
        "me": "Robin",
        "tag": "Tag",
        "find": "Find or make a tag",
        "make": "Make “{}”",
        "note": "Note",
        "add": "Add note",
        "handled": "Handled",
        "done": "Marked as handled.",
        "undo": "Undo",
        "reopen": "Reopen",
        "listed": "Conversations",
        "noted": "Note for colleagues",
    },
    "zh-Hans": {
        "send": "发送",
        "me": "Robin",
        "tag": "标签",
        "find": "查找或新建标签",
        "make": "新建“{}”",
        "note": "备注",
        "add": "添加备注",
        "handled": "标为已处理",
        "done": "已将 1 个会话标为已处理。",
        "undo": "撤销",
        "reopen": "重新打开",
        "listed": "会话",
        "noted": "内部备注",
    },
}


def conversation(page: Page) -> Locator:
    return page.get_by_role("article")


def field(page: Page) -> Locator:
    return page.locator("#writing")


async def _tag(page: Page, words: dict[str, str], tag: str) -> None:
    await page.locator("body").press("t")
    await page.get_by_role("textbox", name=words["find"]).fill(tag)
    await page.get_by_role("option", name=words["make"].format(tag)).click()
    await page.keyboard.press("Escape")
    await expect(conversation(page).get_by_text(tag).last).to_be_visible()


async def _handle_and_take_back(page: Page, words: dict[str, str]) -> None:
    await page.get_by_role("button", name=words["handled"], exact=True).click()
    await expect(page.get_by_text(words["done"])).to_be_visible()
    await expect(page.get_by_role("button", name=words["reopen"])).to_be_visible()
    told = page.get_by_role("alert").filter(has_text=words["done"])
    await told.get_by_role("button", name=words["undo"]).click()
    await expect(page.get_by_role("button", name=words["handled"], exact=True)).to_be_visible()


async def test_somebody_is_answered_noted_tagged_and_done_with(
    browser: Browser, url: str, invite: Invite, says: Says, language: str
) -> None:
    words = WORDS[language]
    text = f"Is the shop open on Sunday? ({language})"
    await says(f"Ida {language[:2].title()}", text)
    email = await invite("community_manager", "Robin", language)
    async with visitor(browser, url, locale=BROWSER_LOCALE[language]) as somebody:
        page = somebody.page
        await somebody.sign_in(email)
        await somebody.go("/inbox", "li a")
        await page.get_by_role("list", name=words["listed"]).get_by_text(text).click()
        await expect(conversation(page).get_by_text(text)).to_be_visible()

        answer = f"Yes, from ten to four. ({language})"
        await field(page).fill(answer)
        await page.get_by_role("button", name=words["send"]).click()
        await expect(field(page)).to_have_value("")
        await expect(conversation(page).get_by_text(answer)).to_be_visible()
        # Once the network shows it, it is no longer something that is on its way.
        await expect(conversation(page).get_by_role("status")).to_have_count(0)
        await expect(conversation(page).get_by_text(answer)).to_be_visible()

        await page.locator("body").press("m")
        await expect(page.get_by_role("button", name=words["me"], exact=True)).to_be_visible()

        await _tag(page, words, f"Hours {language}")

        await page.locator("body").press("n")
        await field(page).fill("@赵俊 please watch this")
        await page.get_by_role("button", name=words["add"]).click()
        await expect(conversation(page).get_by_text(words["noted"])).to_be_visible()
        await somebody.picture(f"inbox-conversation-light-{language}")
        assert await somebody.complaints() == []

        await _handle_and_take_back(page, words)
        assert somebody.mistakes == []


async def test_the_keyboard_is_enough(robin: Visitor, says: Says) -> None:
    await says("Kay First", "The first of two")
    await says("Kay Second", "The second of two")
    page = robin.page
    await robin.go("/inbox", "li a")
    await page.keyboard.press("j")
    await expect(conversation(page)).to_have_accessible_name("Conversation with Kay Second")
    await page.keyboard.press("j")
    await expect(conversation(page)).to_have_accessible_name("Conversation with Kay First")
    await page.keyboard.press("k")
    await expect(conversation(page)).to_have_accessible_name("Conversation with Kay Second")
    await page.keyboard.press("r")
    await expect(field(page)).to_be_focused()
    await page.keyboard.type("j is a letter here")
    await expect(field(page)).to_have_value("j is a letter here")
    await page.keyboard.press("Escape")
    await page.keyboard.press("e")
    await expect(page.get_by_text("Marked as handled.")).to_be_visible()
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    await robin.picture("keyboard-help-light-en")
    await page.keyboard.press("Escape")
    await page.keyboard.press("/")
    await expect(page.get_by_role("searchbox")).to_be_focused()
    await page.keyboard.type("first of two")
    rows = page.get_by_role("list", name="Conversations").get_by_role("listitem")
    await expect(rows.filter(has_text="Kay First")).to_be_visible()
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await robin.picture("palette-light-en")
    await page.keyboard.press("Escape")
    await page.go_back()
    assert "/inbox" in page.url


async def test_a_draft_is_kept_with_its_conversation(robin: Visitor, says: Says) -> None:
    one = await says("Drew Draft", "Please write slowly")
    page = robin.page
    await robin.go(f"/inbox/{one}", "#writing")
    await field(page).fill("Half a sen")
    await page.reload()
    await expect(field(page)).to_have_value("Half a sen")
    await robin.go("/inbox", "li a")
    await expect(page.get_by_text("Draft", exact=True)).to_be_visible()


async def test_two_people_see_each_other_and_do_not_answer_twice(
    browser: Browser, url: str, invite: Invite, says: Says, robin: Visitor
) -> None:
    chosen = await says("Col Lision", "Who answers me first?")
    email = await invite("community_manager", "Quinn")
    async with visitor(browser, url) as quinn:
        await quinn.sign_in(email)
        await robin.go(f"/inbox/{chosen}", "#writing")
        await quinn.go(f"/inbox/{chosen}", "#writing")
        await expect(robin.page.get_by_text("Quinn is looking at this")).to_be_visible()
        await field(quinn.page).press_sequentially("I will")
        await expect(robin.page.get_by_text("Quinn is typing here")).to_be_visible()
        await robin.picture("inbox-collision-light-en")
        # Robin's window no longer hears anything, so that it does not know of the answer.
        await robin.page.context.set_offline(offline=True)
        await field(robin.page).fill("Me too")
        await field(quinn.page).fill("I will answer you")
        await quinn.page.get_by_role("button", name="Send").click()
        await expect(conversation(quinn.page).get_by_text("I will answer you")).to_be_visible()
        await robin.page.route("**/stream*", lambda route: route.abort())
        await robin.page.route("**/inbox/conversations/*", lambda route: route.abort())
        await robin.page.context.set_offline(offline=False)
        await robin.page.get_by_role("button", name="Send").click()
        refusal = robin.page.get_by_role("alert").filter(has_text="while you wrote")
        await expect(refusal).to_be_visible()
        await expect(field(robin.page)).to_have_value("Me too")
        await robin.picture("inbox-answered-meanwhile-light-en")
        await refusal.get_by_role("button", name="Send all the same").click()
        await expect(conversation(robin.page).get_by_text("Me too")).to_be_visible()
        await expect(conversation(quinn.page).get_by_text("Me too")).to_be_visible()


async def test_what_is_written_meanwhile_appears_by_itself(robin: Visitor, says: Says) -> None:
    await robin.go("/inbox", "li a")
    opened = await says("Liv Update", "Here I am")
    rows = robin.page.get_by_role("list", name="Conversations")
    await expect(rows.get_by_text("Here I am")).to_be_visible()
    await rows.get_by_text("Here I am").click()
    await expect(conversation(robin.page)).to_have_accessible_name("Conversation with Liv Update")
    assert opened in robin.page.url
    await says("Liv Update", "And once more")
    await expect(conversation(robin.page).get_by_text("And once more")).to_be_visible()


async def test_a_cut_connection_is_told_and_mended_without_a_gap(
    robin: Visitor, says: Says, demo: Desk
) -> None:
    chosen = await says("Cut Off", "Do you hear me?")
    page = robin.page
    await robin.go(f"/inbox/{chosen}", "#writing")
    await page.context.set_offline(offline=True)
    await expect(page.get_by_text("No live updates at the moment")).to_be_visible()
    await robin.picture("stream-cut-light-en")
    note = {"body": "Written while the line was cut"}
    demo.call("POST", f"/inbox/conversations/{chosen}/notes", note)
    await page.context.set_offline(offline=False)
    await expect(page.get_by_text("No live updates at the moment")).to_be_hidden()
    await expect(conversation(page).get_by_text(note["body"])).to_be_visible()


async def test_many_are_changed_at_once_and_taken_back(robin: Visitor, says: Says) -> None:
    names = ("Bea One", "Bea Two")
    for name in names:
        await says(name, f"I am {name}")
    page = robin.page
    await robin.go("/inbox", "li a")
    rows = page.get_by_role("list", name="Conversations")
    for name in names:
        box = page.get_by_role("checkbox", name=f"Select the conversation with {name}")
        await box.check(force=True)
    await expect(page.get_by_role("toolbar", name="2 selected")).to_be_visible()
    await robin.picture("inbox-bulk-light-en")
    await page.get_by_role("toolbar").get_by_role("button", name="Handled").click()
    await expect(page.get_by_text("2 conversations marked as handled.")).to_be_visible()
    await expect(rows.get_by_text("I am Bea One")).to_be_hidden()
    told = page.get_by_role("alert").filter(has_text="2 conversations marked as handled.")
    await told.get_by_role("button", name="Undo").click()
    await expect(rows.get_by_text("I am Bea One")).to_be_visible()


async def test_what_the_network_refused_says_why_and_is_tried_again(
    robin: Visitor, says: Says, network: SandboxHand
) -> None:
    chosen = await says("Fae Ilure", "Can you answer at all?")
    page = robin.page
    await robin.go(f"/inbox/{chosen}", "#writing")
    refusal: dict[str, Any] = {"type": "status", "status": 400, "code": "invalid_request"}
    fault = await network.fault(refusal, remaining=None, method="POST", path="messages")
    await field(page).fill("We try")
    await page.get_by_role("button", name="Send").click()
    await expect(conversation(page).get_by_text("Not sent")).to_be_visible()
    await robin.picture("inbox-failed-light-en")
    assert await robin.complaints() == []
    await network.admin("DELETE", f"/faults/{fault}")
    await conversation(page).get_by_role("button", name="Try again").click()
    await expect(conversation(page).get_by_text("Not sent")).to_be_hidden()
    await expect(conversation(page).get_by_text("We try")).to_be_visible()


async def test_who_may_only_look_is_offered_nothing_else(
    browser: Browser, url: str, invite: Invite, says: Says
) -> None:
    chosen = await says("Ann Alyst", "Numbers, please")
    email = await invite("social_analyst", "Lou")
    async with visitor(browser, url) as looker:
        await looker.sign_in(email)
        await looker.go(f"/inbox/{chosen}", "article")
        await expect(conversation(looker.page).get_by_text("Numbers, please")).to_be_visible()
        await expect(field(looker.page)).to_be_hidden()
        await expect(looker.page.get_by_role("button", name="Handled")).to_be_hidden()
        await looker.picture("inbox-looking-only-light-en")
        assert await looker.complaints() == []


async def test_who_has_no_inbox_is_told_so(browser: Browser, url: str, invite: Invite) -> None:
    email = await invite("copywriter", "Cory")
    async with visitor(browser, url) as writer:
        await writer.sign_in(email)
        await writer.go("/inbox", "h2")
        heading = "Your role does not include this"
        await expect(writer.page.get_by_role("heading", name=heading)).to_be_visible()
        await expect(writer.page.get_by_role("link", name="Inbox")).to_be_hidden()
        await writer.picture("no-permission-light-en")
        assert await writer.complaints() == []
