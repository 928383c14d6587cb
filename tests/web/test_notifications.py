"""The bell in a browser: told at once, led to the cause; and the choice of what to be told."""

import pytest
from playwright.async_api import Browser, expect

from deploy.demo.desk import Desk
from tests.support.web import visitor
from tests.web.conftest import BROWSER_LOCALE, Invite, Says, member_id

pytestmark = [pytest.mark.processes]

WORDS = {
    "en": {
        "bell": "Notifications: 1 unread",
        "none": "Notifications: 0 unread",
        "title": "mentioned you in a note",
        "preferences": "Choose what to be told",
        "kind": "Somebody mentions you in a note",
        "digest": "In the daily digest",
        "save": "Save",
        "saved": "Saved.",
    },
    "zh-Hans": {
        "bell": "通知：1 条未读",
        "none": "通知：0 条未读",
        "title": "的备注中提到了你",
        "preferences": "通知设置",
        "kind": "有人在备注中提到你",
        "digest": "每日摘要",
        "save": "保存",
        "saved": "已保存。",
    },
}


async def test_somebody_is_told_at_once_and_led_to_the_cause(
    browser: Browser, url: str, invite: Invite, says: Says, demo: Desk, language: str
) -> None:
    words = WORDS[language]
    conversation = await says(f"Noa {language[:2].title()}", f"Anybody there? ({language})")
    email = await invite("community_manager", "Robin", language)
    async with visitor(browser, url, locale=BROWSER_LOCALE[language]) as somebody:
        page = somebody.page
        await somebody.sign_in(email)
        await somebody.go("/calendar?view=list", "h1")
        note = {"body": "@Robin can you answer?", "mentions": [member_id(demo, email)]}
        demo.call("POST", f"/inbox/conversations/{conversation}/notes", note)
        await expect(page.get_by_role("button", name=words["bell"])).to_be_visible()
        await page.locator("body").press("b")
        drawer = page.get_by_role("dialog")
        told = drawer.get_by_role("link").filter(has_text=words["title"])
        await expect(told).to_be_visible()
        await somebody.picture(f"notifications-light-{language}")
        assert await somebody.complaints() == []
        await told.click()
        await expect(page.get_by_role("article").get_by_text("can you answer?")).to_be_visible()
        assert page.url.endswith(f"/inbox/{conversation}")
        await expect(page.get_by_role("button", name=words["none"])).to_be_visible()

        await page.locator("body").press("b")
        await drawer.get_by_role("link", name=words["preferences"]).click()
        row = page.get_by_role("listitem").filter(has_text=words["kind"])
        await row.get_by_role("combobox").click()
        await page.get_by_role("option", name=words["digest"]).click()
        await page.get_by_role("button", name=words["save"]).click()
        await expect(page.get_by_text(words["saved"])).to_be_visible()
        await page.reload()
        await expect(row.get_by_role("combobox")).to_have_value(words["digest"])
        assert somebody.mistakes == []
