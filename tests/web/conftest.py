"""One browser and one platform for the whole folder, with the demo team at work on it."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import httpx
import pytest
from playwright.async_api import Browser, expect

from deploy.demo import fill
from deploy.demo.desk import Desk
from deploy.demo.people import OWNER, PASSWORD
from deploy.topology import GATEWAY, SANDBOX
from tests.support.desk import PASSWORD as COLLEAGUES_PASSWORD
from tests.support.desk import until
from tests.support.platform import LocalPlatform, platform_home
from tests.support.sandbox import SandboxHand
from tests.support.web import Visitor, open_browser, visitor

# The demo's network with its history, but nobody writes while the tests run.
CALM = {
    "SANDBOX_PER_MINUTE": "0",
    "INBOX_UNDO_SECONDS": "0",
    "GATEWAY_LOGIN_RATE": "1000/minute",
    "GATEWAY_READ_RATE": "100000/minute",
    "GATEWAY_WRITE_RATE": "100000/minute",
}

Invite = Callable[..., Awaitable[str]]
Says = Callable[[str, str], Awaitable[str]]

# A language of the product by the name under which browsers ask for it.
BROWSER_LOCALE = {"en": "en-GB", "zh-Hans": "zh-CN"}


@pytest.fixture(scope="session")
def platform() -> Iterator[LocalPlatform]:
    for home in platform_home():
        started = LocalPlatform(home, CALM)
        started.start()
        yield started
        started.stop()


@pytest.fixture(scope="session")
def url(platform: LocalPlatform) -> str:
    return platform.url(GATEWAY)


@pytest.fixture(scope="session")
async def network(platform: LocalPlatform) -> AsyncIterator[SandboxHand]:
    url = platform.url(SANDBOX)
    async with httpx.AsyncClient(base_url=url, timeout=10, trust_env=False) as http:
        yield SandboxHand(url=url, http=http)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


@pytest.fixture(scope="session")
async def founded(browser: Browser, url: str) -> None:
    """The installation, set up by its owner in a browser on the very first visit."""
    async with visitor(browser, url) as first:
        page = first.page
        await page.goto(url)
        await expect(page.get_by_role("heading", name="Welcome to Parley")).to_be_visible()
        await first.picture("setup-light-en")
        assert await first.complaints() == []
        await page.get_by_label("Name of your brand or team").fill("Alder & Finch")
        await page.get_by_label("Your name").fill(OWNER.name)
        await page.get_by_label("E-mail address").fill(OWNER.email)
        await page.get_by_role("textbox", name="Password").fill(PASSWORD)
        await page.get_by_role("button", name="Create it").click()
        await expect(page.get_by_role("button", name=f"Account of {OWNER.name}")).to_be_visible()
        assert first.mistakes == []


@pytest.fixture(scope="session")
async def demo(
    founded: None,  # noqa: ARG001 -- The demo is for who has founded.
    platform: LocalPlatform,
    url: str,
) -> AsyncIterator[Desk]:
    """The demo data on it, and its owner's hand."""
    with Desk(url) as desk:
        desk.call("POST", "/session", {"email": OWNER.email, "password": PASSWORD})
        # Another platform that this worker starts must not be told what this one is told.
        with pytest.MonkeyPatch.context() as patch:
            for name, value in platform.told().items():
                patch.setenv(name, value)
            # It runs loops of its own, for which this thread has no place.
            await asyncio.to_thread(fill, desk)
        yield desk


@pytest.fixture(scope="session")
def invite(demo: Desk, url: str) -> Invite:
    """Makes a member with a role of the templates; the address to sign in with."""

    async def make(
        role: str,
        name: str,
        locale: str = "en",
        zone: str = "Europe/Berlin",
        **access: object,
    ) -> str:
        email = f"{secrets.token_hex(4)}@example.com"
        roles = {each["template"]: each["id"] for each in demo.call("GET", "/team/roles")}
        body = {"emails": [email], "role_ids": [roles[role]], **access}
        (sent,) = demo.call("POST", "/team/invitations", body)
        told = {
            "name": name,
            "password": COLLEAGUES_PASSWORD,
            "locale": locale,
            "time_zone": zone,
        }
        async with httpx.AsyncClient(base_url=url, headers={"origin": url}) as http:
            answer = await http.post(f"/api/v1/invitations/{sent['token']}", json=told)
            assert answer.is_success, answer.text
        return email

    return make


def member_id(demo: Desk, email: str) -> str:
    (member,) = demo.call("GET", "/team/members", text=email)["items"]
    return str(member["id"])


@pytest.fixture
async def robin(browser: Browser, url: str, invite: Invite) -> AsyncIterator[Visitor]:
    """A community manager who has signed in."""
    email = await invite("community_manager", "Robin")
    async with visitor(browser, url) as somebody:
        await somebody.sign_in(email)
        yield somebody


@pytest.fixture
async def says(network: SandboxHand, demo: Desk) -> Says:
    """Somebody writes a message to the brand; the conversation's id once it is in the inbox."""
    profiles = {each["handle"]: each for each in demo.call("GET", "/team/profiles")}
    account = profiles["alderfinch_now"]["external_id"]

    people: dict[str, str] = {}

    async def write(name: str, text: str) -> str:
        if name not in people:
            people[name] = await network.person(name, name.lower().replace(" ", "."))
        await network.say(people[name], "messages", account_id=account, text=text)

        async def arrived() -> str | None:
            items = demo.call("GET", "/inbox/conversations", limit=50)["items"]
            return next((str(each["id"]) for each in items if each["excerpt"] == text), None)

        return await until(arrived)

    return write


@pytest.fixture(params=BROWSER_LOCALE)
def language(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    return chosen
