"""`python -m tests.web.pictures [address]`: the README's pictures, of a running demo."""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

from deploy.demo.people import OWNER, PASSWORD
from deploy.topology import GATEWAY
from tests.support.postgres import ROOT
from tests.support.web import Visitor, open_browser, visitor

FOLDER = ROOT / "docs/images"


@dataclass(frozen=True, slots=True)
class View:
    """`opens` is what is pressed on the page, `ready` what is drawn when it is complete."""

    name: str
    path: str
    ready: str
    opens: str = ""
    scheme: str = "light"
    language: str = "en"


# The last is in English, as the demo was.
VIEWS = (
    View("inbox-dark", "/inbox", "textarea", opens="li a", scheme="dark", language="zh-Hans"),
    View("inbox", "/inbox", "textarea", opens="li a"),
    View("calendar", "/calendar?view=month", "[data-day]"),
    View("ticket", "/tickets", "textarea", opens="li a"),
    View("analytics", "/analytics", "svg.recharts-surface"),
)


async def _speak(owner: Visitor, language: str) -> None:
    api, request = f"{owner.url}/api/v1", owner.page.request
    who = await (await request.get(f"{api}/session")).json()
    account = await (await request.get(f"{api}/team/account")).json()
    changed = await request.patch(
        f"{api}/team/members/{who['person']['id']}",
        data={"locale": language, "version": account["member_version"]},
        headers={"origin": owner.url},
    )
    assert changed.ok, await changed.text()


async def take(url: str, folder: Path) -> None:
    async with open_browser() as browser:
        for view in VIEWS:
            async with visitor(browser, url, scheme=view.scheme) as owner:
                await owner.sign_in(OWNER.email, PASSWORD)
                await _speak(owner, view.language)
                await owner.go(view.path, view.opens or view.ready)
                if view.opens:
                    await owner.page.locator(view.opens).first.click()
                    await owner.page.locator(view.ready).first.wait_for()
                    await owner.rest()
                await owner.page.screenshot(path=folder / f"{view.name}.png", animations="disabled")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    asyncio.run(take((sys.argv[1:] or [f"http://127.0.0.1:{GATEWAY.port}"])[0], FOLDER))
