"""Writing and planning posts over HTTP: what is checked, who sees what, who comes second."""

import io
from datetime import timedelta

import pytest
from PIL import Image

from shared.events.scheduler import PostChanged
from shared.ids import new_id
from shared.networks.errors import InvalidInputError
from shared.permissions import Level, Module
from tests.integration.scheduler.bench import Bench
from tests.support.fake_network import Before
from tests.support.fake_publishing import FakePublisher

HOUR = timedelta(hours=1)


def picture(width: int = 900, height: int = 600) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((width, height), 80).save(out, "PNG")
    return out.getvalue()


async def test_a_post_is_judged_as_each_network_counts(bench: Bench) -> None:
    own = {"profile_id": str(bench.profile_id), "text": "👩‍👩‍👧‍👦" * 101}
    body = {"text": "short", "targets": [own]}
    (remark,) = await bench.do("POST", "/posts/validate", body)
    assert remark == {
        "profile_id": str(bench.profile_id),
        "severity": "error",
        "field": "text",
        "code": "too_many_graphemes",
        "text": "101 characters are too many; 100 are allowed.",
        "limit": 100,
    }
    post = await bench.do("POST", "/posts", body)
    path = f"/posts/{post['id']}/publish"
    refused = await bench.try_to("POST", path, json={"expected_version": post["version"]})
    assert (refused.status_code, refused.json()["code"]) == (422, "scheduler.post_refused")
    assert refused.json()["data"]["issues"][0]["limit"] == 100
    assert (await bench.post(post))["state"] == "draft"


async def test_saying_the_same_twice_is_only_warned_of(bench: Bench) -> None:
    await bench.planned(HOUR, "Our new  LAMP")
    targets = [{"profile_id": str(bench.profile_id)}]
    body = {"text": "our new lamp", "targets": targets}
    (remark,) = await bench.do("POST", "/posts/validate", body)
    assert (remark["severity"], remark["code"]) == ("warning", "duplicate")
    assert (await bench.at_once("our new lamp"))["state"] == "scheduled"


async def test_who_comes_second_is_told(bench: Bench) -> None:
    post = await bench.draft()
    path, body = f"/posts/{post['id']}", {"text": "First", "targets": []}
    await bench.do("PUT", path, {**body, "expected_version": post["version"]})
    late = await bench.try_to("PUT", path, json={**body, "expected_version": post["version"]})
    assert (late.status_code, late.json()["code"]) == (409, "scheduler.post_changed")
    assert (await bench.post(post))["text"] == "First"


async def test_a_planned_post_is_written_anew_and_keeps_its_time(
    bench: Bench, network: FakePublisher
) -> None:
    planned = await bench.planned(HOUR)
    body = {"text": "Better", "targets": [{"profile_id": str(bench.profile_id)}]}
    path = f"/posts/{planned['id']}"
    edited = await bench.do("PUT", path, {**body, "expected_version": planned["version"]})
    for kept in ("state", "due_at", "zone", "wall_time"):
        assert edited[kept] == planned[kept]
    too_long = {**body, "text": "x" * 101, "expected_version": edited["version"]}
    refused = await bench.try_to("PUT", path, json=too_long)
    assert (refused.status_code, refused.json()["code"]) == (422, "scheduler.post_refused")
    nowhere = {**body, "targets": [], "expected_version": edited["version"]}
    refused = await bench.try_to("PUT", path, json=nowhere)
    assert (refused.status_code, refused.json()["code"]) == (422, "scheduler.post_refused")
    assert await bench.post(edited) == edited
    await bench.work(2 * HOUR)
    assert [draft.text for draft in network.drafts] == ["Better"]


async def test_a_post_is_moved_taken_back_and_cancelled(
    bench: Bench, network: FakePublisher
) -> None:
    post = await bench.planned(HOUR)
    at = (bench.clock.now() + 3 * HOUR).replace(tzinfo=None).isoformat()
    body = {"expected_version": post["version"], "wall_time": at, "zone": "UTC"}
    post = await bench.do("POST", f"/posts/{post['id']}/schedule", body)
    assert await bench.work(2 * HOUR) == 0
    body = {"expected_version": post["version"]}
    post = await bench.do("POST", f"/posts/{post['id']}/unschedule", body)
    assert post["state"] == "draft"
    assert await bench.work(2 * HOUR) == 0
    body = {"expected_version": post["version"]}
    post = await bench.do("POST", f"/posts/{post['id']}/cancel", body)
    assert post["state"] == "cancelled"
    assert network.drafts == []
    changes = [one.change for one in await bench.events() if isinstance(one, PostChanged)]
    assert changes == ["created", "scheduled", "scheduled", "unscheduled", "cancelled"]


@pytest.mark.parametrize(
    ("wall_time", "zone"),
    [
        ("2026-03-02T08:59:59", "UTC"),
        ("2026-03-02T10:00:00", "Europe/Berlin"),
        ("2027-03-02T10:00:00+01:00", "Europe/Berlin"),
        ("2027-03-02T10:00:00", "Mars/Olympus"),
        ("9999-12-31T23:59:59", "America/Los_Angeles"),
    ],
)
async def test_a_time_that_is_none(bench: Bench, wall_time: str, zone: str) -> None:
    post = await bench.draft()
    body = {"expected_version": post["version"], "wall_time": wall_time, "zone": zone}
    refused = await bench.try_to("POST", f"/posts/{post['id']}/schedule", json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, "scheduler.time")


async def test_the_calendar_and_the_list(bench: Bench) -> None:
    later = await bench.planned(3 * HOUR, "later")
    sooner = await bench.planned(HOUR, "sooner")
    await bench.draft("not yet")
    query = "/calendar?from=2026-03-02T09:00:00Z&to=2026-03-02T12:00:00Z"
    assert [post["id"] for post in await bench.do("GET", query)] == [sooner["id"]]
    query = "/calendar?from=2026-03-02T09:00:00Z&to=2026-03-02T12:00:01Z"
    assert [post["id"] for post in await bench.do("GET", query)] == [sooner["id"], later["id"]]
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await bench.do("GET", f"/posts?limit=1{cursor and '&cursor='}{cursor}")
        seen += [post["text"] for post in page["items"]]
        cursor = page["next_cursor"]
    assert seen == ["not yet", "sooner", "later"]
    page = await bench.do("GET", "/posts?state=draft")
    assert [post["text"] for post in page["items"]] == ["not yet"]


async def test_who_works_with_another_profile_sees_and_moves_nothing(bench: Bench) -> None:
    other = await bench.profile()
    ours = await bench.draft("Ours")
    shared = await bench.draft("Shared", bench.profile_id, other)
    theirs = await bench.draft("Theirs", other)
    limited = bench.identity(profile_ids=frozenset({other}))
    page = (await bench.try_to("GET", "/posts", limited)).json()
    assert [post["id"] for post in page["items"]] == [theirs["id"]]
    before = await bench.events()
    for post in (ours, shared):
        body = {"expected_version": post["version"]}
        assert (await bench.try_to("GET", f"/posts/{post['id']}", limited)).status_code == 404
        path = f"/posts/{post['id']}/publish"
        assert (await bench.try_to("POST", path, limited, json=body)).status_code == 404
    target = {"text": "x", "targets": [{"profile_id": str(bench.profile_id)}]}
    assert (await bench.try_to("POST", "/posts", limited, json=target)).status_code == 404
    reader = bench.identity(levels={Module.PUBLISHING: Level.VIEW})
    assert (await bench.try_to("POST", "/posts", reader, json=target)).status_code == 403
    assert await bench.events() == before


async def test_a_picture_does_not_tell_where_it_was_taken(bench: Bench) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 8.0, 14.5)})
    out = io.BytesIO()
    Image.new("RGB", (60, 40)).save(out, "JPEG", exif=exif)
    answer = await bench.try_to("POST", "/media", content=out.getvalue())
    assert answer.status_code == 201, answer.text
    asset = answer.json()
    assert (asset["width"], asset["height"]) == (40, 60)
    shown = (await bench.try_to("GET", f"/media/{asset['id']}/content")).content
    assert len(shown) == asset["size"]
    assert dict(Image.open(io.BytesIO(shown)).getexif()) == {0x0112: 6}


async def test_a_picture_is_kept_shown_and_made_to_fit(
    bench: Bench, network: FakePublisher
) -> None:
    content = picture()
    answer = await bench.try_to("POST", "/media?alt=A%20lamp", content=content)
    assert answer.status_code == 201, answer.text
    asset = answer.json()
    assert (asset["content_type"], asset["width"], asset["alt"]) == ("image/png", 900, "A lamp")
    shown = await bench.try_to("GET", f"/media/{asset['id']}/content")
    assert shown.content == content
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert [one["id"] for one in (await bench.do("GET", "/media"))["items"]] == [asset["id"]]
    media = [{"asset_id": asset["id"], "alt": "A lamp, lit"}]
    post = await bench.draft("Look", media=media)
    body = {"expected_version": post["version"]}
    await bench.do("POST", f"/posts/{post['id']}/publish", body)
    network.manners = [Before(InvalidInputError())]
    await bench.work()
    (image,) = network.drafts[0].images
    assert (image.alt, image.content_type) == ("A lamp, lit", "image/jpeg")
    assert len(image.content) <= 50_000
    assert max(image.width, image.height) <= 400


async def test_what_is_no_picture_is_not_kept(bench: Bench) -> None:
    refused = await bench.try_to("POST", "/media", content=b"<script>alert(1)</script>")
    assert (refused.status_code, refused.json()["code"]) == (422, "scheduler.picture")
    large = await bench.try_to("POST", "/media", content=b"x" * 20_000_001)
    assert large.json()["code"] == "scheduler.picture_too_large"
    assert (await bench.do("GET", "/media"))["items"] == []
    missing = await bench.try_to("GET", f"/media/{new_id()}/content")
    assert missing.status_code == 404
    body = {"text": "x", "media": [{"asset_id": str(new_id())}]}
    assert (await bench.try_to("POST", "/posts", json=body)).status_code == 404
    reader = bench.identity(levels={Module.PUBLISHING: Level.VIEW})
    assert (await bench.try_to("POST", "/media", reader, content=picture())).status_code == 403
    nobody = bench.identity(levels={})
    assert (await bench.try_to("GET", "/media", nobody)).status_code == 403
