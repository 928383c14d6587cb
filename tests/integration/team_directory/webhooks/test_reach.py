"""Whoever manages an endpoint must see in full what it tells, and sees no more of it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from shared.http.tokens import identity_from_claims
from shared.ids import new_id
from tests.integration.team_directory.webhooks.scene import RECEIVED, Scene
from tests.support.partner import PartnerHand, Reply
from tests.support.profiles import connect
from tests.support.sandbox import SandboxHand
from tests.support.team_directory import Json, Somebody, said

EVERYTHING = {"connections": 4, "inbox": 1, "tickets": 1, "publishing": 1, "profiles": 1}


async def _member(scene: Scene, levels: Json, name: str = "Builder", **changed: Any) -> Somebody:
    role = {"name": name, "levels": levels, "sight": changed.pop("sight", "all")}
    answer = await scene.directory.call(scene.owner, "POST", "/roles", role)
    assert answer.status_code == 201, answer.text
    return await scene.directory.join(scene.owner, name, email=f"{name}@acme.test", **changed)


@pytest.mark.parametrize(
    ("levels", "code"),
    [({"connections": 2}, "permission_missing"), ({"inbox": 4}, "permission_missing")],
)
async def test_only_who_administers_connections(scene: Scene, levels: Json, code: str) -> None:
    endpoint = await scene.create()
    somebody = await _member(scene, levels)
    for method, path in (("GET", ""), ("POST", f"/{endpoint['id']}/ping"), ("POST", "")):
        answer = await scene.directory.call(somebody, method, f"/webhooks{path}", {})
        assert said(answer) == (403, code)


async def test_nobody_has_more_sent_than_they_see(scene: Scene) -> None:
    """Neither another module, nor another profile, nor what colleagues alone work on."""
    everything = await scene.create()
    draft = {"url": scene.partner.url(), "event_types": [RECEIVED]}
    blind = await _member(scene, {"connections": 4}, "Blind")
    partly = await _member(scene, EVERYTHING, "Partly", sight="team")
    confined = await _member(scene, EVERYTHING, "Confined", profile_ids=[str(scene.profile_id)])
    for somebody in (blind, partly, confined):
        call = scene.directory.call
        answer = await call(somebody, "POST", "/webhooks", draft)
        assert said(answer) == (403, "directory.grant_too_high")
        assert (await call(somebody, "GET", "/webhooks")).json() == []
        for method, path in (
            ("GET", ""),
            ("DELETE", ""),
            ("GET", "/deliveries"),
            ("POST", "/ping"),
            ("POST", "/disable"),
        ):
            answer = await call(somebody, method, f"/webhooks/{everything['id']}{path}")
            assert said(answer) == (404, "directory.webhook_not_found")
    own = {**draft, "profile_ids": [str(scene.profile_id)]}
    assert (await scene.directory.call(confined, "POST", "/webhooks", own)).status_code == 201
    elsewhere = {**draft, "profile_ids": [str(uuid4())]}
    answer = await scene.directory.call(confined, "POST", "/webhooks", elsewhere)
    assert said(answer) == (403, "directory.grant_too_high")
    answer = await scene.directory.call(scene.owner, "POST", "/webhooks", elsewhere)
    assert said(answer) == (404, "directory.profile_not_found")
    assert (await scene.do("GET", f"/{everything['id']}"))["state"] == "enabled"


async def test_the_catalogue_shows_what_one_may_subscribe_to(scene: Scene) -> None:
    found = await scene.do("GET", "/event-types")
    names = {it["name"] for it in found}
    assert {RECEIVED, "ticket.opened", "post.changed", "profile.saved"} <= names
    (received,) = [it for it in found if it["name"] == RECEIVED]
    assert "excerpt" in received["data_schema"]["properties"]
    assert received["about"]["zh"]
    blind = await _member(scene, {"connections": 4, "tickets": 1})
    answer = await scene.directory.call(blind, "GET", "/webhooks/event-types")
    assert {it["module"] for it in answer.json()} == {"tickets"}


async def test_a_program_manages_its_own_endpoint_with_a_key(
    scene: Scene, partner: PartnerHand
) -> None:
    """As far as the key reaches, and not further."""
    body = {"name": "CRM", "levels": {"connections": 4, "inbox": 1}}
    key = await scene.directory.call(scene.owner, "POST", "/api-keys", body)
    answer = await scene.directory.gateway(
        "POST", "/api-keys/resolve", {"key": key.json()["secret"], "ip": "192.0.2.9"}
    )
    program = identity_from_claims(answer.json()["identity"])
    call = scene.directory.call
    draft = {"url": partner.url(), "event_types": [RECEIVED]}
    made = await call(program, "POST", "/webhooks", draft)
    assert made.status_code == 201, made.text
    assert (await scene.do("GET", f"/{made.json()['id']}"))["created_by"] == key.json()["id"]
    draft["event_types"] = ["ticket.opened"]
    answer = await call(program, "POST", "/webhooks", draft)
    assert said(answer) == (403, "directory.grant_too_high")
    await scene.tell(scene.received())
    await scene.work()
    assert partner.heard[0].is_signed_with(made.json()["secret"])


async def test_what_it_was_told_before_it_was_narrowed_stays_out_of_sight(
    scene: Scene, partner: PartnerHand
) -> None:
    """Whoever sees the endpoint only since then neither reads it nor has it sent anywhere."""
    endpoint = await scene.create(event_types=[RECEIVED, "contact.saved"])
    partner.answer(Reply(500))
    other = new_id()
    await scene.tell(scene.received("of another profile", profile_id=other))
    await scene.work()
    await scene.tell(scene.received("waits", profile_id=other))
    (_, old) = await scene.log(endpoint)
    scene.clock.advance(timedelta(minutes=1))
    confined = await _member(scene, EVERYTHING, "Confined", profile_ids=[str(scene.profile_id)])
    path = f"/webhooks/{endpoint['id']}"
    narrow = {
        "url": partner.url("/new"),
        "event_types": [RECEIVED],
        "profile_ids": [str(scene.profile_id)],
        "version": 1,
    }
    await scene.do("PUT", f"/{endpoint['id']}", narrow)
    await scene.tell(scene.received("of this profile"))
    call = scene.directory.call
    listed = (await call(confined, "GET", f"{path}/deliveries")).json()["items"]
    assert len(listed) == 1
    answer = await call(confined, "GET", f"{path}/deliveries/{old['id']}")
    assert said(answer) == (404, "directory.webhook_delivery_not_found")
    answer = await call(confined, "POST", f"{path}/deliveries/{old['id']}/replay")
    assert said(answer) == (404, "directory.webhook_delivery_not_found")
    since = {"since": "2026-03-01T00:00:00Z", "states": ["held", "failed", "delivered"]}
    answer = await call(confined, "POST", f"{path}/replay", since)
    assert answer.json() == {"deliveries": 0}
    await call(confined, "POST", f"{path}/enable", {})
    scene.clock.advance(timedelta(days=1))
    await scene.work()
    heard = [it.message["data"]["excerpt"] for it in partner.heard if it.path == "/new"]
    assert heard == ["of this profile"]


async def test_who_is_limited_to_some_profiles_hears_of_those_endpoints_that_they_see(
    scene: Scene, partner: PartnerHand, sandbox: SandboxHand
) -> None:
    """Both were told to stop; each colleague hears of the one that they could enable again."""
    role = {"name": "Builder", "levels": EVERYTHING, "sight": "all"}
    assert (await scene.directory.call(scene.owner, "POST", "/roles", role)).status_code == 201
    await sandbox.account(handle="other")
    other = await connect(scene.directory, sandbox, scene.owner, "other")
    limits = {"confined": str(scene.profile_id), "elsewhere": str(other)}
    people = {
        name: await scene.directory.join(
            scene.owner, "Builder", email=f"{name}@acme.test", profile_ids=[profile]
        )
        for name, profile in limits.items()
    }
    everything = await scene.create()
    own = await scene.create(profile_ids=[str(scene.profile_id)])
    partner.answer(Reply(410), Reply(410))
    await scene.tell(scene.received())
    assert await scene.work() == 2
    told = {}
    for name, person in (*people.items(), ("owner", scene.owner)):
        answer = await scene.directory.call(person, "GET", "/notifications")
        told[name] = {each["subject_id"] for each in answer.json()["items"]}
    assert told == {
        "confined": {own["id"]},
        "elsewhere": set(),
        "owner": {own["id"], everything["id"]},
    }
    # Whoever is limited later sees no more of it either.
    path = f"/members/{people['confined'].id}"
    member = (await scene.directory.call(scene.owner, "GET", path)).json()
    body = {"version": member["version"], "profile_ids": [limits["elsewhere"]]}
    assert (await scene.directory.call(scene.owner, "PATCH", path, body)).is_success
    identity = await scene.directory.identity(people["confined"].token, scene.owner.workspace_id)
    answer = await scene.directory.call(identity, "GET", "/notifications")
    assert answer.json()["items"] == []
