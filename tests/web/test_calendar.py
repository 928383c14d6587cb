"""The calendar: a post from its first word to the networks, and whatever comes in between."""

import asyncio
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Browser, FilePayload, Locator, Page, expect

from deploy.demo.desk import Desk
from tests.support.desk import until
from tests.support.sandbox import SandboxHand
from tests.support.web import Visitor, visitor
from tests.web.conftest import BROWSER_LOCALE, Invite

pytestmark = [pytest.mark.processes]

Json = dict[str, Any]

WORDS = {
    "en": {
        "new": "New post",
        "text": "Text",
        "alt": "Description of picture 1",
        "when": "Date and time",
        "schedule": "Schedule",
        "planned": "Planned for",
        "undo": "Undo",
        "publish": "Publish now",
        "certain": "Publish",
        "there": "See it there",
        "published": "Published",
    },
    "zh-Hans": {
        "new": "新建帖子",
        "text": "文字",
        "alt": "图片 1 的描述",
        "when": "日期和时间",
        "schedule": "安排发布",
        "planned": "已安排在",
        "undo": "撤销",
        "publish": "立即发布",
        "certain": "发布",
        "there": "前往查看",
        "published": "已发布",
    },
}


@dataclass(frozen=True, slots=True)
class Brand:
    """The demo brand: its desk, and its profiles that take posts, as the network has them."""

    demo: Desk
    network: SandboxHand
    profiles: list[Json]

    def draft(self, text: str, count: int = 1) -> Json:
        targets = [{"profile_id": one["id"]} for one in self.profiles[:count]]
        body = {"text": text, "targets": targets}
        post: Json = self.demo.call("POST", "/publishing/posts", body)
        return post

    def plan(self, text: str, wall: str) -> Json:
        post = self.draft(text)
        body = {"expected_version": post["version"], "wall_time": wall, "zone": "Europe/Berlin"}
        planned: Json = self.demo.call("POST", f"/publishing/posts/{post['id']}/schedule", body)
        return planned

    def post(self, text: str) -> Json:
        page = self.demo.call("GET", "/publishing/posts", limit=200)
        found: Json = next(post for post in page["items"] if post["text"] == text)
        return found

    async def standing(self, text: str) -> list[list[Json]]:
        """What stands on the network with this text, for each profile."""
        accounts = [one["external_id"] for one in self.profiles]
        items = [await self.network.items(account=account) for account in accounts]
        return [[item for item in each if item["text"] == text] for each in items]


@pytest.fixture(scope="module")
async def brand(demo: Desk, network: SandboxHand) -> Brand:
    async def known() -> list[Json] | None:
        taking = [one for one in demo.call("GET", "/publishing/profiles") if one["limits"]]
        return taking if len(taking) > 1 else None

    taking = await until(known)
    outside = {one["id"]: one["external_id"] for one in demo.call("GET", "/team/profiles")}
    known_as = [{**one, "external_id": outside[one["id"]]} for one in taking]
    return Brand(demo, network, known_as[:2])


def picture() -> FilePayload:
    drawn = io.BytesIO()
    Image.linear_gradient("L").resize((1200, 800)).convert("RGB").save(drawn, "JPEG")
    return FilePayload(name="hills.jpg", mimeType="image/jpeg", buffer=drawn.getvalue())


def in_days(days: int) -> str:
    """A day to come; far enough from midnight in every zone of the tests."""
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def chip(where: Page | Locator, text: str) -> Locator:
    return where.locator("[data-post]").filter(has_text=text[:12])


async def choose(page: Page, profiles: list[Json]) -> None:
    for one in profiles:
        await page.get_by_role("checkbox", name=f"@{one['handle']}", exact=True).click()


async def publish_now(page: Page, words: dict[str, str]) -> None:
    await page.get_by_role("button", name=words["publish"]).click()
    await page.get_by_role("button", name=words["certain"], exact=True).click()


async def write(somebody: Visitor, words: dict[str, str], text: str, day: str) -> None:
    """A new post with a described picture, planned for a day at nine."""
    page = somebody.page
    await page.get_by_label(words["text"], exact=True).fill(text)
    await page.locator("input[type=file]").set_input_files(picture())
    await page.get_by_label(words["alt"]).fill("Hills in the mist")
    await page.get_by_label(words["when"]).fill(f"{day}T09:00")
    await expect(page.locator("article img").first).to_be_visible()


async def planned_for(brand: "Brand", text: str, wall_time: str) -> None:
    """Return when the server has agreed: until then the post is drawn anew and loses the focus."""
    async with asyncio.timeout(20):
        while not brand.post(text)["wall_time"].startswith(wall_time):  # noqa: ASYNC110 -- it lies in another process
            await asyncio.sleep(0.1)


async def test_a_post_is_planned_moved_and_published(
    browser: Browser, url: str, invite: Invite, brand: Brand, language: str
) -> None:
    email, words = await invite("social_media_manager", "Ada", language), WORDS[language]
    text, day, later = f"{language}: above the fog", in_days(2), in_days(3)
    async with visitor(browser, url, locale=BROWSER_LOCALE[language]) as somebody:
        page = somebody.page
        await somebody.sign_in(email)
        await somebody.go(f"/calendar?date={day}", "[data-day]")
        await page.keyboard.press("c")
        await choose(page, brand.profiles)
        await write(somebody, words, text, day)
        await somebody.picture(f"composer-light-{language}")
        assert await somebody.complaints() == []
        await page.get_by_role("button", name=words["schedule"]).click()
        await expect(chip(page.locator(f"[data-day='{day}']"), text)).to_be_visible()
        await page.keyboard.press("w")
        await expect(chip(page.locator(f"[data-wall='{day}T09']"), text)).to_be_visible()
        await page.keyboard.press("m")
        place = page.locator(f"[data-day='{later}']")
        await chip(page, text).drag_to(place)
        await expect(page.get_by_role("alert").filter(has_text=words["undo"])).to_be_visible()
        await expect(chip(place, text)).to_be_visible()
        post = brand.post(text)
        assert post["wall_time"].startswith(f"{later}T09:00")
        await page.get_by_role("button", name=words["undo"]).last.click()
        await expect(chip(page.locator(f"[data-day='{day}']"), text)).to_be_visible()
        await planned_for(brand, text, f"{day}T09:00")
        await chip(page, text).press("Control+ArrowRight")
        await expect(chip(place, text)).to_be_focused()
        await page.keyboard.press("Enter")
        await publish_now(page, words)
        await expect(page.get_by_role("link", name=words["there"])).to_have_count(2)
        await somebody.picture(f"published-light-{language}")
        assert await somebody.complaints() == []
        assert somebody.mistakes == []
    for (item,) in await brand.standing(text):
        assert [shown["alt"] for shown in item["media"]] == ["Hills in the mist"]


async def test_only_what_a_network_refused_is_tried_again(
    browser: Browser, url: str, invite: Invite, brand: Brand
) -> None:
    email, words, text = await invite("owner", "Ada"), WORDS["en"], "Half of it is refused"
    post = brand.draft(text, 2)
    refused = brand.profiles[1]["external_id"]
    await brand.network.fault(
        {"type": "status", "status": 403, "code": "blocked"},
        method="POST",
        path=f"/v1/accounts/{refused}/posts",
    )
    async with visitor(browser, url) as somebody:
        page = somebody.page
        await somebody.sign_in(email)
        await somebody.go(f"/calendar/posts/{post['id']}", "[role=dialog] article")
        await publish_now(page, words)
        failed = page.locator("[data-publication=failed]")
        await expect(failed).to_contain_text("refused this by its rules")
        await expect(page.locator("[data-publication=published]")).to_have_count(1)
        await somebody.picture("partly-published-light-en")
        assert await somebody.complaints() == []
        await failed.get_by_role("button", name="Try again").click()
        await expect(page.locator("[data-publication=published]")).to_have_count(2)
        assert somebody.mistakes == []
    assert [len(items) for items in await brand.standing(text)] == [1, 1]


async def test_each_profile_has_its_own_version_and_limit(
    browser: Browser, url: str, invite: Invite, brand: Brand
) -> None:
    email = await invite("content_creator", "Ada")
    short = min(brand.profiles, key=lambda one: one["limits"]["text"][0]["maximum"])
    maximum, text = short["limits"]["text"][0]["maximum"], "Long words for the patient. "
    async with visitor(browser, url) as somebody:
        page = somebody.page
        await somebody.sign_in(email)
        await somebody.go("/calendar/posts/new", "textarea")
        await choose(page, brand.profiles)
        await page.get_by_label("Text", exact=True).fill((text * 40)[: maximum + 7])
        await expect(page.get_by_text("7 too many")).to_be_visible()
        await expect(page.get_by_text(f"Too long: at most {maximum}")).to_be_visible()
        await expect(page.get_by_role("button", name="Publish now")).to_be_disabled()
        # Nothing is lost when the page goes.
        await page.reload()
        await expect(page.get_by_text("did not save is back")).to_be_visible()
        await page.get_by_role("tab", name=re.compile(f"@{short['handle']}$")).click()
        await page.get_by_role("button", name="Write its own version").click()
        await page.get_by_label(f"Text on @{short['handle']}").fill("Short words.")
        await expect(page.get_by_role("button", name="Publish now")).to_be_enabled()
        await somebody.picture("own-version-light-en")
        await page.get_by_role("button", name="Save draft").click()
        await expect(page).to_have_url(re.compile("/posts/(?!new)"))
        assert somebody.mistakes == []
    post = brand.post((text * 40)[: maximum + 7])
    own = {one["profile_id"]: one["text"] for one in post["targets"]}
    assert own.pop(short["id"]) == "Short words."
    assert set(own.values()) == {None}


async def test_who_writes_is_told_that_a_colleague_did_too(
    browser: Browser, url: str, invite: Invite, brand: Brand
) -> None:
    email, post = await invite("owner", "Ada"), brand.draft("As it was")
    async with visitor(browser, url) as somebody:
        page = somebody.page
        await somebody.sign_in(email)
        await somebody.go(f"/calendar/posts/{post['id']}", "textarea")
        words = page.get_by_label("Text", exact=True)
        await words.fill("As I want it")
        body = {"text": "As she wants it", "expected_version": post["version"], "targets": []}
        brand.demo.call("PUT", f"/publishing/posts/{post['id']}", body)
        note = page.get_by_role("alert").filter(has_text="Somebody changed this post")
        await expect(note).to_be_visible()
        await expect(words).to_have_value("As I want it")
        await note.get_by_role("button", name="Load theirs").click()
        await expect(words).to_have_value("As she wants it")
        await words.fill("Hers and mine")
        await page.get_by_role("button", name="Save draft").click()
        await expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    assert brand.demo.call("GET", f"/publishing/posts/{post['id']}")["text"] == "Hers and mine"


async def test_a_refused_move_goes_back_and_says_why(
    browser: Browser, url: str, invite: Invite, brand: Brand
) -> None:
    email, day = await invite("owner", "Ada"), in_days(1)
    post = brand.plan("Not into the past", f"{day}T12:30")
    async with visitor(browser, url) as somebody:
        page = somebody.page
        await somebody.sign_in(email)
        await somebody.go(f"/calendar?view=week&date={day}", f"[data-post='{post['id']}']")
        yesterday = page.locator(f"[data-wall='{in_days(-1)}T12']")
        if not await yesterday.count():
            pytest.skip("The week begins today: there is no past in it.")
        await chip(page, post["text"]).drag_to(yesterday)
        await expect(page.get_by_role("alert")).to_contain_text("Choose a time to come.")
        await expect(chip(page.locator(f"[data-wall='{day}T12']"), post["text"])).to_be_visible()


async def test_the_calendar_shows_the_clocks_that_somebody_chooses(
    browser: Browser, url: str, invite: Invite, brand: Brand
) -> None:
    """The workspace is in Berlin, the reader in Shanghai: seven or six hours ahead."""
    email, day = await invite("owner", "Ada", zone="Asia/Shanghai"), in_days(2)
    post = brand.plan("Late in Berlin", f"{day}T22:30")
    async with visitor(browser, url) as somebody:
        page = somebody.page
        await somebody.sign_in(email)
        await somebody.go(f"/calendar?view=month&date={day}", f"[data-post='{post['id']}']")
        here = page.locator(f"[data-day='{in_days(3)}']")
        await expect(chip(here, post["text"])).to_be_visible()
        await page.get_by_role("button", name="Time zone").click()
        await page.get_by_role("menuitem", name=re.compile("workspace")).click()
        there = page.locator(f"[data-day='{day}']")
        await expect(chip(there, post["text"])).to_contain_text("22:30")
        await page.go_back()
        await expect(chip(here, post["text"])).to_be_visible()


async def test_who_may_only_look_changes_nothing(
    browser: Browser, url: str, invite: Invite, brand: Brand
) -> None:
    email, day = await invite("social_analyst", "Ada"), in_days(2)
    post = brand.plan("Only to look at", f"{day}T10:00")
    async with visitor(browser, url) as somebody:
        page = somebody.page
        await somebody.sign_in(email)
        await somebody.go(f"/calendar?date={day}", f"[data-post='{post['id']}']")
        await expect(page.get_by_role("button", name="New post")).to_have_count(0)
        await expect(chip(page, post["text"])).to_have_attribute("draggable", "false")
        await chip(page, post["text"]).click()
        await expect(page.get_by_role("heading", name="On each profile")).to_be_visible()
        await expect(page.get_by_role("button", name="Publish now")).to_have_count(0)


async def test_what_was_published_elsewhere_is_shown_too(
    browser: Browser, url: str, invite: Invite, brand: Brand
) -> None:
    """The demo brand has posted for weeks in the network's own app."""
    period = {"first": in_days(-20), "last": in_days(0)}

    async def known() -> Json | None:
        page = brand.demo.call("GET", "/analytics/posts", **period)
        return next((post for post in page["items"] if post["post_id"] is None), None)

    native = await until(known)
    email, day = await invite("social_analyst", "Ada"), native["published_at"][:10]
    async with visitor(browser, url) as somebody:
        page = somebody.page
        await somebody.sign_in(email)
        await somebody.go(f"/calendar?view=week&date={day}", "h1")
        shown = page.locator(f"[data-native='{native['id']}']")
        await expect(shown).to_contain_text(native["excerpt"][:20])
        await expect(shown).to_have_attribute("href", native["permalink"])
        assert await somebody.complaints() == []
