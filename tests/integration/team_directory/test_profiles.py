"""Connecting profiles, looking after them and letting them go."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.team_directory.commands.store_connection import CHECK
from shared.clock import ManualClock
from shared.events.team_directory import ProfileSaved, ProfileState
from tests.support.profiles import answers_for, come_back, connect, consent, opened, profile
from tests.support.sandbox import SandboxHand
from tests.support.team_directory import DirectoryHand, Somebody, said
from tests.support.tidings import Tidings


@pytest.fixture
async def account(sandbox: SandboxHand) -> str:
    """An account on the network, by its id; its handle is `brand`."""
    return await sandbox.account()


async def test_the_networks_say_what_they_ask_for(
    directory: DirectoryHand, owner: Somebody
) -> None:
    networks = (await directory.call(owner, "GET", "/networks")).json()
    assert {network["network"] for network in networks} == {"bluesky", "mastodon", "sandbox"}
    bluesky = next(network for network in networks if network["network"] == "bluesky")
    assert [field["name"] for field in bluesky["fields"]] == ["identifier", "password", "service"]


async def test_an_account_is_connected_in_one_step(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand, account: str
) -> None:
    profile_id = await connect(directory, sandbox, owner)
    assert await directory.events() == [
        ProfileSaved(
            workspace_id=owner.workspace_id,
            profile_id=profile_id,
            network="sandbox",
            external_id=account,
            handle="brand",
            display_name="Brand",
            avatar_url=f"{sandbox.url}/avatars/{account}.svg",
            base_url=sandbox.url,
            state=ProfileState.CONNECTED,
        )
    ]
    shown = await profile(directory, owner, profile_id)
    assert shown["state"] == "connected"
    assert shown["token_renews"] is True
    assert "credentials" not in shown
    line = (await directory.audit(owner, "?action=profile"))[0]
    assert line["after"] == {"state": "connected", "network": "sandbox", "handle": "brand"}


@pytest.mark.usefixtures("account")
async def test_a_wrong_access_code_leaves_nothing(
    directory: DirectoryHand, owner: Somebody
) -> None:
    body = {"network": "sandbox", "answers": {"handle": "brand", "access_code": "wrong"}}
    answer = await directory.call(owner, "POST", "/profiles", body)
    assert said(answer) == (409, "network.auth_revoked")
    assert (await directory.call(owner, "GET", "/profiles")).json() == []
    assert await directory.events() == []


async def test_an_unknown_network_is_not_found(directory: DirectoryHand, owner: Somebody) -> None:
    answer = await directory.call(owner, "POST", "/profiles", {"network": "friendster"})
    assert said(answer) == (404, "network.unknown")


@pytest.mark.usefixtures("account")
async def test_an_account_is_connected_once_in_a_workspace(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand
) -> None:
    profile_id = await connect(directory, sandbox, owner)
    await directory.forget_events()
    body = {"network": "sandbox", "answers": await answers_for(sandbox, "brand")}
    answer = await directory.call(owner, "POST", "/profiles", body)
    assert said(answer) == (409, "directory.profile_already_connected")
    assert answer.json()["data"] == {"profile_id": str(profile_id)}
    assert len((await directory.call(owner, "GET", "/profiles")).json()) == 1
    assert await directory.events() == []


async def _go_away(directory: DirectoryHand, somebody: Somebody) -> tuple[UUID, str]:
    body = {"network": "sandbox", "answers": {}}
    answer = await directory.call(somebody, "POST", "/profiles", body)
    assert answer.status_code == 201, answer.text
    return UUID(answer.json()["profile_id"]), answer.json()["authorize_url"]


@pytest.mark.usefixtures("account")
async def test_by_the_consent_page_a_profile_is_connected_only_at_the_end(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand
) -> None:
    profile_id, url = await _go_away(directory, owner)
    assert "redirect_uri=https%3A%2F%2Fdesk.acme.test%2Fapi%2Fv1%2Fteam%2Fprofiles" in url
    assert (await profile(directory, owner, profile_id))["state"] == "connecting"
    assert await directory.events() == []
    answer = await come_back(directory, owner, await consent(sandbox, url, "brand"))
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/team/profiles?connected={profile_id}"
    assert (await profile(directory, owner, profile_id))["state"] == "connected"
    assert [type(event) for event in await directory.events()] == [ProfileSaved]


@pytest.mark.usefixtures("account")
async def test_who_does_not_consent_leaves_nothing(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand
) -> None:
    _, url = await _go_away(directory, owner)
    answer = await come_back(directory, owner, await consent(sandbox, url, "brand", "deny"))
    assert answer.headers["location"] == "/team/profiles?problem=network.auth_revoked"
    assert (await directory.call(owner, "GET", "/profiles")).json() == []
    assert await directory.events() == []


@pytest.mark.usefixtures("account")
async def test_an_answer_of_the_consent_page_works_once_and_for_who_went_there(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand
) -> None:
    eve = await directory.join(owner, "administrator", email="eve@acme.test")
    profile_id, url = await _go_away(directory, owner)
    query = await consent(sandbox, url, "brand")
    problem = "/team/profiles?problem=directory.connection_unknown"
    assert (await come_back(directory, eve, query)).headers["location"] == problem
    assert (await profile(directory, owner, profile_id))["state"] == "connecting"
    assert (await come_back(directory, owner, query)).headers["location"].endswith(str(profile_id))
    assert (await come_back(directory, owner, query)).headers["location"] == problem


@pytest.mark.usefixtures("account")
async def test_who_comes_back_too_late_starts_again(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand, clock: ManualClock
) -> None:
    _, url = await _go_away(directory, owner)
    query = await consent(sandbox, url, "brand")
    clock.advance(timedelta(hours=1))
    answer = await come_back(directory, owner, query)
    assert answer.headers["location"] == "/team/profiles?problem=directory.connection_unknown"


@pytest.mark.usefixtures("account")
async def test_disconnecting_forgets_the_credentials_here_and_there(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand
) -> None:
    profile_id = await connect(directory, sandbox, owner)
    token = (await opened(directory, owner, profile_id))["credentials"]["data"]["access_token"]
    await directory.forget_events()
    path = f"/profiles/{profile_id}"
    assert (await directory.call(owner, "DELETE", path)).status_code == 204
    saved = (await directory.events())[0]
    assert isinstance(saved, ProfileSaved)
    assert saved.state is ProfileState.DISCONNECTED
    headers = {"authorization": f"Bearer {token}"}
    assert (await sandbox.http.get("/oauth/inspect", headers=headers)).status_code == 401
    async with directory.neighbour("inbox", owner.workspace_id) as inbox:
        answer = await inbox.get(f"/internal{path}/credentials")
    assert said(answer) == (409, "directory.profile_not_connected")
    again = await directory.call(owner, "DELETE", path)
    assert said(again) == (409, "directory.profile_not_connected")


@pytest.mark.usefixtures("account")
async def test_connecting_again_keeps_the_profile_and_its_history(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand
) -> None:
    profile_id = await connect(directory, sandbox, owner)
    await directory.call(owner, "DELETE", f"/profiles/{profile_id}")
    assert await connect(directory, sandbox, owner) == profile_id
    assert (await profile(directory, owner, profile_id))["state"] == "connected"


@pytest.mark.usefixtures("account")
async def test_coming_back_with_a_known_account_returns_to_its_profile(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand
) -> None:
    profile_id = await connect(directory, sandbox, owner)
    await directory.call(owner, "DELETE", f"/profiles/{profile_id}")
    _, url = await _go_away(directory, owner)
    answer = await come_back(directory, owner, await consent(sandbox, url, "brand"))
    assert answer.headers["location"] == f"/team/profiles?connected={profile_id}"
    listed = (await directory.call(owner, "GET", "/profiles")).json()
    assert [it["id"] for it in listed] == [str(profile_id)]


@pytest.mark.usefixtures("account")
async def test_reconnecting_refuses_another_account(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand
) -> None:
    await sandbox.account(handle="other")
    profile_id = await connect(directory, sandbox, owner)
    body = {"answers": await answers_for(sandbox, "other")}
    path = f"/profiles/{profile_id}/reconnect"
    answer = await directory.call(owner, "POST", path, body)
    assert said(answer) == (409, "directory.other_account")
    assert answer.json()["data"] == {"expected": "brand", "found": "other"}
    assert (await profile(directory, owner, profile_id))["handle"] == "brand"
    body = {"answers": await answers_for(sandbox, "brand")}
    assert (await directory.call(owner, "POST", path, body)).status_code == 200


@pytest.mark.usefixtures("account")
async def test_who_is_limited_to_profiles_sees_and_touches_no_others(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand
) -> None:
    await sandbox.account(handle="other")
    seen = await connect(directory, sandbox, owner)
    hidden = await connect(directory, sandbox, owner, "other")
    ben = await directory.join(owner, "social_media_manager", profile_ids=[str(seen)])
    listed = (await directory.call(ben, "GET", "/profiles")).json()
    assert [it["id"] for it in listed] == [str(seen)]
    for method, path in [("GET", ""), ("DELETE", ""), ("POST", "/check"), ("POST", "/reconnect")]:
        body: Any = {"answers": {}} if path == "/reconnect" else None
        answer = await directory.call(ben, method, f"/profiles/{hidden}{path}", body)
        assert said(answer) == (404, "directory.profile_not_found"), (method, path)
    answer = await directory.call(ben, "POST", "/profiles", {"network": "sandbox"})
    assert said(answer) == (403, "directory.grant_too_high")
    assert (await profile(directory, owner, hidden))["state"] == "connected"


@pytest.mark.usefixtures("account")
async def test_a_limited_person_gives_no_sight_beyond_their_own(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand
) -> None:
    await sandbox.account(handle="other")
    mine = await connect(directory, sandbox, owner)
    others = await connect(directory, sandbox, owner, "other")
    head = await directory.join(owner, "head_of_social", profile_ids=[str(mine)])
    roles = await directory.roles(owner)
    for profile_ids in (None, [str(others)]):
        body = {
            "emails": ["eve@acme.test"],
            "role_ids": [str(roles["copywriter"])],
            "profile_ids": profile_ids,
        }
        answer = await directory.call(head, "POST", "/invitations", body)
        assert said(answer) == (403, "directory.grant_too_high")


@pytest.mark.usefixtures("account")
async def test_a_self_test_takes_over_what_changed_on_the_network(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand, clock: ManualClock
) -> None:
    profile_id = await connect(directory, sandbox, owner)
    clock.advance(timedelta(minutes=5))
    answer = await directory.call(owner, "POST", f"/profiles/{profile_id}/check")
    assert answer.status_code == 200
    assert answer.json()["state"] == "connected"
    assert answer.json()["checked_at"] == "2026-03-02T09:05:00Z"
    assert len(await directory.events()) == 1


@pytest.mark.usefixtures("account")
async def test_an_expired_token_is_renewed_by_the_self_test_and_needs_nobody(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand
) -> None:
    profile_id = await connect(directory, sandbox, owner)
    before = await opened(directory, owner, profile_id)
    await sandbox.advance(3 * 3600)
    answer = await directory.call(owner, "POST", f"/profiles/{profile_id}/check")
    assert answer.json()["state"] == "connected"
    after = await opened(directory, owner, profile_id)
    assert after["credentials"]["data"] != before["credentials"]["data"]


@pytest.mark.usefixtures("account")
async def test_a_withdrawn_permission_needs_a_person_and_says_so(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand
) -> None:
    profile_id = await connect(directory, sandbox, owner)
    viewer = await directory.join(owner, "community_manager")
    await _withdraw(directory, owner, sandbox, profile_id)
    await directory.forget_events()
    answer = await directory.call(owner, "POST", f"/profiles/{profile_id}/check")
    assert (answer.json()["state"], answer.json()["code"]) == (
        "needs_person",
        "network.auth_revoked",
    )
    saved = (await directory.events())[0]
    assert isinstance(saved, ProfileSaved)
    assert (saved.state, saved.reason) == (
        ProfileState.NEEDS_PERSON,
        "The owner withdrew this access.",
    )
    tidings = Tidings(directory, owner.workspace_id)
    assert await tidings.titles(owner) == ["brand needs somebody to sign in again"]
    assert await tidings.listed(viewer) == []
    body = {"answers": await answers_for(sandbox, "brand")}
    await directory.call(owner, "POST", f"/profiles/{profile_id}/reconnect", body)
    healed = await profile(directory, owner, profile_id)
    assert (healed["state"], healed["code"], healed["reason"]) == ("connected", None, None)


async def _withdraw(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand, profile_id: UUID
) -> None:
    token = (await opened(directory, owner, profile_id))["credentials"]["data"]["access_token"]
    assert (await sandbox.http.post("/oauth/revoke", data={"token": token})).status_code == 204


@pytest.mark.parametrize("status", [500, 503, 429, 403])
@pytest.mark.usefixtures("account")
async def test_a_network_in_trouble_disconnects_nobody(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand, status: int
) -> None:
    profile_id = await connect(directory, sandbox, owner)
    await directory.forget_events()
    fault = await sandbox.fault({"type": "status", "status": status}, path="/oauth/inspect")
    answer = await directory.call(owner, "POST", f"/profiles/{profile_id}/check")
    assert answer.is_error
    assert len(await sandbox.injected(fault)) == 1
    assert (await profile(directory, owner, profile_id))["state"] == "connected"
    assert await directory.events() == []


@pytest.mark.usefixtures("account")
async def test_a_connection_is_checked_by_itself_every_six_hours(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand, clock: ManualClock
) -> None:
    profile_id = await connect(directory, sandbox, owner)
    await _withdraw(directory, owner, sandbox, profile_id)
    clock.advance(timedelta(hours=5, minutes=59))
    assert await directory.drain(CHECK) == 0
    clock.advance(timedelta(minutes=1))
    assert await directory.drain(CHECK) == 1
    assert (await profile(directory, owner, profile_id))["state"] == "needs_person"
    assert await directory.drain(CHECK) == 0
    clock.advance(timedelta(hours=6))
    assert await directory.drain(CHECK) == 1


@pytest.mark.usefixtures("account")
async def test_a_check_that_the_network_does_not_answer_is_tried_again(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand, clock: ManualClock
) -> None:
    profile_id = await connect(directory, sandbox, owner)
    await sandbox.fault({"type": "status", "status": 503}, path="/oauth/inspect")
    clock.advance(timedelta(hours=6))
    assert await directory.drain(CHECK) == 1
    assert (await profile(directory, owner, profile_id))["checked_at"].startswith(
        "2026-03-02T09:00"
    )
    clock.advance(timedelta(seconds=1))
    assert await directory.drain(CHECK) == 1
    assert (await profile(directory, owner, profile_id))["checked_at"].startswith(
        "2026-03-02T15:00:01"
    )
