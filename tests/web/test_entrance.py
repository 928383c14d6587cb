"""Getting in: logging in with and without a second step, invitations, new passwords."""

import re

import pyotp
import pytest
from playwright.async_api import Browser, expect

from deploy.demo.desk import Desk
from tests.support.desk import PASSWORD
from tests.support.web import visitor
from tests.web.conftest import BROWSER_LOCALE, Invite, member_id

pytestmark = [pytest.mark.processes]

WORDS = {
    "en": {
        "title": "Log in",
        "email": "E-mail address",
        "password": "Password",
        "code": "Code",
        "wrong": "E-mail address and password do not belong together.",
        "account": "Account of Ada",
    },
    "zh-Hans": {
        "title": "登录",
        "email": "电子邮箱",
        "password": "密码",
        "code": "验证码",
        "wrong": "电子邮箱与密码不匹配。",
        "account": "Ada 的账户",
    },
}

FORGOTTEN_WORDS = {
    "en": {
        "forgotten": "Password forgotten?",
        "send": "Send the link",
        "sent": "Look into your mailbox",
    },
    "zh-Hans": {"forgotten": "忘记密码？", "send": "发送链接", "sent": "请查收邮件"},
}


async def test_somebody_logs_in_and_goes_on_to_where_they_wanted(
    browser: Browser, url: str, invite: Invite, language: str
) -> None:
    email, words = await invite("social_analyst", "Ada", language), WORDS[language]
    async with visitor(browser, url, locale=BROWSER_LOCALE[language]) as somebody:
        page = somebody.page
        await page.goto(f"{url}/account/sessions")
        await expect(page.get_by_role("heading", name=words["title"])).to_be_visible()
        await somebody.picture(f"login-light-{language}")
        assert await somebody.complaints() == []
        await page.get_by_label(words["email"]).fill(email)
        await page.get_by_role("textbox", name=words["password"]).fill("not the password")
        await page.get_by_role("button", name=words["title"]).click()
        await expect(page.get_by_role("alert")).to_contain_text(words["wrong"])
        await page.get_by_role("textbox", name=words["password"]).fill(PASSWORD)
        await page.get_by_role("button", name=words["title"]).click()
        await expect(page.get_by_role("button", name=words["account"])).to_be_visible()
        assert page.url.endswith("/account/sessions")
        assert somebody.mistakes == []


async def test_a_second_step_is_set_up_and_asked_for(
    browser: Browser, url: str, invite: Invite
) -> None:
    email = await invite("social_analyst", "Ada")
    async with visitor(browser, url) as somebody:
        page = somebody.page
        await somebody.sign_in(email)
        await somebody.go("/account/security", "form")
        await page.get_by_role("button", name="Set up an authenticator app").click()
        secret = await page.locator("code").first.inner_text()
        await somebody.picture("second-factor-light-en")
        assert await somebody.complaints() == []
        await page.get_by_role("textbox", name="Code").fill(pyotp.TOTP(secret).now())
        await page.get_by_role("button", name="Confirm").click()
        recovery = (await page.get_by_role("alert").locator("pre").inner_text()).split()
        await somebody.picture("recovery-codes-light-en")
    async with visitor(browser, url) as elsewhere:
        page = elsewhere.page
        await elsewhere.go("/login", "form")
        await page.get_by_label("E-mail address").fill(email)
        await page.get_by_role("textbox", name="Password").fill(PASSWORD)
        await page.get_by_role("button", name="Log in").click()
        await expect(page.get_by_role("heading", name="One more step")).to_be_visible()
        await elsewhere.picture("second-step-light-en")
        await page.get_by_role("textbox", name="Code").fill("000000")
        await page.get_by_role("button", name="Log in").click()
        await expect(page.get_by_role("alert")).to_contain_text("wrong")
        await page.get_by_role("textbox", name="Code").fill(recovery[0])
        await page.get_by_role("button", name="Log in").click()
        await expect(page.get_by_role("button", name="Account of Ada")).to_be_visible()


async def test_an_invitation_is_accepted_by_its_link(
    browser: Browser, url: str, demo: Desk
) -> None:
    role = demo.call("GET", "/team/roles")[0]["id"]
    body = {"emails": ["nora@example.com"], "role_ids": [role]}
    (sent,) = demo.call("POST", "/team/invitations", body)
    async with visitor(browser, url) as somebody:
        page = somebody.page
        await somebody.go(sent["path"], "form")
        heading = page.get_by_role("heading", name=re.compile("invites you to Alder & Finch"))
        await expect(heading).to_be_visible()
        await somebody.picture("join-light-en")
        assert await somebody.complaints() == []
        await page.get_by_label("Your name").fill("Nora Lund")
        await page.get_by_role("textbox", name="Password").fill(PASSWORD)
        await page.get_by_role("button", name="Join").click()
        await expect(page.get_by_role("button", name="Account of Nora Lund")).to_be_visible()
        await somebody.go(sent["path"], "[role=alert]")
        await expect(page.get_by_role("alert")).to_contain_text("ended or was used")


async def test_a_new_password_is_set_by_its_link(
    browser: Browser, url: str, demo: Desk, invite: Invite
) -> None:
    email = await invite("social_analyst", "Ada")
    link = demo.call("POST", f"/team/members/{member_id(demo, email)}/password-reset")
    async with visitor(browser, url) as somebody:
        page = somebody.page
        await somebody.go(link["path"], "form")
        await page.get_by_role("textbox", name="New password").fill("a wholly different phrase")
        await page.get_by_role("button", name="Save and log in").click()
        await expect(page.get_by_role("heading", name="Log in")).to_be_visible()
        await somebody.sign_in(email, "a wholly different phrase")


async def test_a_link_to_a_new_password_is_asked_for(
    browser: Browser, url: str, language: str
) -> None:
    words = FORGOTTEN_WORDS[language]
    async with visitor(browser, url, locale=BROWSER_LOCALE[language]) as somebody:
        page = somebody.page
        await somebody.go("/login", "form")
        await page.get_by_role("link", name=words["forgotten"]).click()
        # The login asks for an address, too, and may still be shown.
        await expect(page.get_by_role("button", name=words["send"])).to_be_visible()
        await page.get_by_label(WORDS[language]["email"]).fill("nobody@example.com")
        await somebody.picture(f"forgotten-light-{language}")
        assert await somebody.complaints() == []
        await page.get_by_role("button", name=words["send"]).click()
        await expect(page.get_by_role("heading", name=words["sent"])).to_be_visible()
        await expect(page.get_by_text("nobody@example.com")).to_be_visible()
        await somebody.picture(f"forgotten-sent-light-{language}")


async def test_a_session_that_ends_leads_to_the_login_and_back(
    browser: Browser, url: str, invite: Invite
) -> None:
    email = await invite("social_analyst", "Ada")
    async with visitor(browser, url) as somebody:
        page = somebody.page
        await somebody.sign_in(email)
        await somebody.go("/account", "form")
        await page.request.delete(f"{url}/api/v1/session", headers={"origin": url})
        await expect(page.get_by_role("heading", name="Log in")).to_be_visible()
        assert "next=" in page.url
