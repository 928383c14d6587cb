"""A post that was planned stands on the network at its time, once, whatever the network answers.

The real processes, over HTTP through the gateway, with the sandbox network as the other side.
"""

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from tests.support.desk import DeskHand, until
from tests.support.sandbox import SandboxHand

pytestmark = [pytest.mark.processes]

Json = dict[str, Any]
ZONE = "Asia/Kolkata"


class Brand:
    def __init__(self, owner: DeskHand, network: SandboxHand, account_id: str) -> None:
        self.owner = owner
        self.network = network
        self.account_id = account_id
        self.profile_id = ""

    async def draft(self, text: str, **more: Any) -> Json:
        body = {"text": text, "targets": [{"profile_id": self.profile_id}], **more}
        post: Json = await self.owner.do("POST", "/publishing/posts", body)
        return post

    async def plan(self, text: str, seconds: float) -> Json:
        post = await self.draft(text)
        at = datetime.now(UTC) + timedelta(seconds=seconds)
        wall_time = at.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None)
        return await self.move(post, "schedule", wall_time=wall_time.isoformat(), zone=ZONE)

    async def move(self, post: Json, what: str, **more: Any) -> Json:
        body = {"expected_version": post["version"], **more}
        path = f"/publishing/posts/{post['id']}/{what}"
        found: Json = await self.owner.do("POST", path, body)
        return found

    async def published(self, post: Json) -> Json:
        async def look() -> Json | None:
            found: Json = await self.owner.do("GET", f"/publishing/posts/{post['id']}")
            return found["targets"][0] if found["state"] == "published" else None

        return await until(look, 60)

    async def standing(self, text: str) -> list[Json]:
        items = await self.network.items(account=self.account_id)
        return [item for item in items if item["text"] == text]


@pytest.fixture(scope="module")
async def brand(owner: DeskHand, network: SandboxHand) -> Brand:
    brand = Brand(owner, network, await network.account(handle="lamps"))
    answers = {"handle": "lamps", "access_code": "code-lamps"}
    begun = await owner.do("POST", "/team/profiles", {"network": "sandbox", "answers": answers})
    brand.profile_id = begun["profile_id"]

    async def known() -> bool:
        profiles = await owner.do("GET", "/publishing/profiles")
        return any(one["id"] == brand.profile_id and one["limits"] for one in profiles)

    await until(known)
    return brand


async def test_a_planned_post_stands_once_within_a_second(brand: Brand) -> None:
    post = await brand.plan("Planned lamp", 2)
    assert post["state"] == "scheduled"
    assert await brand.standing("Planned lamp") == []
    async with brand.owner.listening() as stream:
        target = await brand.published(post)
        await stream.expect("scheduler.publication_changed", post["id"], "published")
    (item,) = await brand.standing("Planned lamp")
    due_at = datetime.fromisoformat(target["due_at"])
    late = datetime.fromisoformat(item["created_at"]) - due_at
    assert timedelta() <= late < timedelta(seconds=1)
    assert target["external_id"] == item["id"]
    assert target["permalink"].endswith(f"/p/{item['id']}")


async def test_silence_is_settled_as_published_once(brand: Brand) -> None:
    fault = await brand.network.fault(
        {"type": "timeout_after", "seconds": 60},
        method="POST",
        path=f"/v1/accounts/{brand.account_id}/posts",
    )
    post = await brand.move(await brand.draft("Silent lamp"), "publish")
    target = await brand.published(post)
    assert target["attempts"] == 1
    assert len(await brand.network.injected(fault)) == 1
    (item,) = await brand.standing("Silent lamp")
    assert target["external_id"] == item["id"]


async def test_a_picture_is_shown_with_its_description(brand: Brand) -> None:
    drawn = io.BytesIO()
    Image.effect_noise((3000, 2000), 90).save(drawn, "PNG")
    answer = await brand.owner.http.post(
        "/api/v1/publishing/media?alt=A%20lamp",
        content=drawn.getvalue(),
        headers={"content-type": "image/png"},
    )
    assert answer.status_code == 201, answer.text
    asset = answer.json()
    assert (asset["content_type"], asset["width"]) == ("image/png", 3000)
    shown = await brand.owner.http.get(f"/api/v1/publishing/media/{asset['id']}/content")
    assert shown.content == drawn.getvalue()
    media = [{"asset_id": asset["id"], "alt": "A lamp"}]
    post = await brand.move(await brand.draft("Lamp to see", media=media), "publish")
    await brand.published(post)
    ((picture,),) = [item["media"] for item in await brand.standing("Lamp to see")]
    assert picture["alt"] == "A lamp"
    there = await brand.network.http.get(picture["url"])
    assert there.headers["content-type"] == "image/jpeg"
    assert len(there.content) <= 2_000_000


async def test_what_was_published_is_measured(brand: Brand) -> None:
    post = await brand.move(await brand.draft("Lamp to count"), "publish")
    target = await brand.published(post)
    today = datetime.now(UTC).date()
    days = f"first={today - timedelta(days=1)}&last={today + timedelta(days=1)}"
    listing = f"/analytics/posts?profile_id={brand.profile_id}&{days}"

    async def listed() -> list[Json]:
        items = (await brand.owner.do("GET", listing))["items"]
        return [item for item in items if item["excerpt"] == "Lamp to count"]

    async def measured() -> list[Json]:
        found = await brand.owner.do("GET", f"/analytics/profiles/{brand.profile_id}")
        measures: list[Json] = found["measures"]
        return measures

    (item,) = await until(listed)
    assert (item["post_id"], item["id"]) == (post["id"], target["id"])
    # The process has asked team_directory what opens the profile, and then the network.
    measures = {one["metric"]: one for one in await until(measured)}
    assert measures["followers"]["provider_name"] == "follower_count"
    assert measures["posts"]["provider_name"] == "post_count"
