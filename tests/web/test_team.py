"""The team area: who works here, what each may do, and which accounts are connected."""

import secrets

import pytest
from playwright.async_api import Browser, expect

from tests.support.sandbox import SandboxHand
from tests.support.web import Visitor, visitor
from tests.web.conftest import BROWSER_LOCALE, Invite

pytestmark = [pytest.mark.processes]

WORDS = {
    "en": {
        "emails": "E-mail addresses",
        "roles": "Roles",
        "role": "Copywriter",
        "send": "Make the links",
        "made": "The link is made",
        "go": "Connect",
        "connected": "is connected",
        "works": "Works",
    },
    "zh-Hans": {
        "emails": "电子邮箱",
        "roles": "角色",
        "role": "文案",
        "send": "生成链接",
        "made": "已生成 1 个链接",
        "go": "连接",
        "connected": "已连接",
        "works": "正常",
    },
}


async def _own_workspace(somebody: Visitor) -> None:
    """An empty workspace, so that what is connected here is in nobody's way."""
    body = {"name": "Elsewhere", "time_zone": "Asia/Shanghai"}
    answer = await somebody.page.request.post(
        f"{somebody.url}/api/v1/team/workspaces", data=body, headers={"origin": somebody.url}
    )
    made = await answer.json()
    await somebody.page.add_init_script(
        f"sessionStorage.setItem('parley.workspace', '{made['id']}')"
    )


async def test_somebody_is_invited_and_a_profile_is_connected(
    browser: Browser, url: str, invite: Invite, network: SandboxHand, language: str
) -> None:
    email, words = await invite("owner", "Robin", language), WORDS[language]
    handle = f"elsewhere{secrets.token_hex(3)}"
    await network.account(handle=handle)
    async with visitor(browser, url, locale=BROWSER_LOCALE[language]) as somebody:
        page = somebody.page
        await somebody.sign_in(email)
        await _own_workspace(somebody)
        await somebody.go("/team/invitations/new", "form")
        await page.get_by_role("combobox", name=words["emails"]).fill("pat@example.com")
        await page.get_by_role("combobox", name=words["roles"], exact=True).click()
        await page.get_by_role("option", name=words["role"]).click()
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name=words["send"]).click()
        await expect(page.get_by_role("alert")).to_contain_text(words["made"])
        await expect(page.get_by_role("alert")).to_contain_text(f"{url}/join/")

        await somebody.go("/team/profiles/connect?network=sandbox", "form")
        await page.locator("form input").first.fill(handle)
        await page.get_by_role("button", name=words["go"], exact=True).click()
        await page.get_by_role("button", name="Allow", exact=True).click()
        await expect(page.get_by_role("status").last).to_contain_text(words["connected"])
        row = page.get_by_role("listitem").filter(has_text=f"@{handle}")
        await expect(row).to_contain_text(words["works"])
        await somebody.picture(f"team-connected-{language}")
        assert await somebody.complaints() == []
        assert somebody.mistakes == []


async def test_a_role_is_copied_and_what_changes_is_shown_before_it_is_saved(
    browser: Browser, url: str, invite: Invite
) -> None:
    email, name = await invite("owner", "Robin"), f"Night shift {secrets.token_hex(3)}"
    async with visitor(browser, url) as somebody, visitor(browser, url) as other:
        for each in (somebody, other):
            await each.sign_in(email)
        page = somebody.page
        await somebody.go("/team/roles", "table")
        await page.get_by_role("link", name="Community manager").click()
        await page.get_by_role("button", name="Copy").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("textbox", name="Name").fill(name)
        await dialog.get_by_role("button", name="Copy").click()
        await expect(page.get_by_role("heading", name=name)).to_be_visible()
        await other.go(page.url.removeprefix(url), "table")

        await page.get_by_role("radio", name="Inbox: Edit").check()
        await expect(page.get_by_role("term").filter(has_text="Inbox")).to_be_visible()
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_text("Saved.")).to_be_visible()

        await other.page.get_by_role("radio", name="Tickets: Approve").check()
        await other.page.get_by_role("button", name="Save").click()
        await expect(other.page.get_by_role("alert")).to_contain_text("Somebody else has just")
        await expect(other.page.get_by_role("alert")).to_contain_text("Inbox")
        await other.picture("team-role-conflict-en")
        assert await other.complaints() == []
        await other.page.get_by_role("button", name="Save").click()
        await expect(other.page.get_by_text("Saved.")).to_be_visible()
        for shown in (page, other.page):
            await shown.reload()
            await expect(shown.get_by_role("radio", name="Inbox: Edit")).to_be_checked()
            await expect(shown.get_by_role("radio", name="Tickets: Approve")).to_be_checked()
        assert somebody.mistakes + other.mistakes == []


async def test_a_webhook_is_made_and_tested_and_the_audit_log_tells(
    browser: Browser, url: str, invite: Invite
) -> None:
    email = await invite("owner", "Robin")
    async with visitor(browser, url) as somebody:
        page = somebody.page
        await somebody.sign_in(email)
        await _own_workspace(somebody)
        await somebody.go("/team/webhooks/new", "form")
        # Nobody listens there, which the log has to say.
        await page.get_by_role("textbox", name="Address").fill("http://127.0.0.1:1025/hook")
        await page.get_by_role("checkbox", name="ticket.opened").check()
        await page.get_by_role("button", name="New webhook").click()
        await expect(page.get_by_role("alert").get_by_text("whsec_")).to_be_visible()
        await page.get_by_role("button", name="Open the webhook").click()
        await page.get_by_role("button", name="Send a test").click()
        message = page.get_by_role("dialog", name="webhook.ping")
        await expect(message.get_by_text("cannot be reached").first).to_be_visible()
        assert await somebody.complaints() == []
        await somebody.go("/team/audit?what=webhook", "li button")
        entry = page.get_by_role("listitem").filter(has_text="made the webhook")
        await entry.get_by_role("button").click()
        await expect(entry.get_by_text("ticket.opened")).to_be_visible()
        assert await somebody.complaints() == []
        assert somebody.mistakes == []


async def test_a_role_that_may_not_sees_that_and_nothing_else(
    browser: Browser, url: str, invite: Invite
) -> None:
    email = await invite("content_creator", "Ada")
    async with visitor(browser, url) as somebody:
        page = somebody.page
        await somebody.sign_in(email)
        await somebody.go("/team/people", "li a")
        sections = page.get_by_role("navigation", name="Parts of the team area")
        await expect(sections.get_by_role("link", name="Roles")).to_be_visible()
        await expect(sections.get_by_role("link", name="Invitations")).to_have_count(0)
        await expect(page.get_by_role("link", name="Invite people")).to_have_count(0)
        await somebody.go("/team/invitations", "h1")
        await expect(page.get_by_role("heading", name="does not include this")).to_be_visible()
        await somebody.picture("team-no-permission-en")
        assert await somebody.complaints() == []
        assert somebody.mistakes == []
