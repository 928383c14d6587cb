"""What opens a profile: who gets it, how it is kept, and how it is renewed."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text, update

from services.team_directory.commands.sweep import SWEEP
from services.team_directory.domain.vault import Vault
from services.team_directory.models import ProfileCredential
from shared.clock import ManualClock
from shared.events.team_directory import ProfileSaved, ProfileState
from tests.support.postgres import Urls
from tests.support.profiles import connect, opened, profile
from tests.support.sandbox import SandboxHand
from tests.support.team_directory import DirectoryHand, Somebody, running_directory

_MINUTE = timedelta(minutes=1)
OLD_KEY, NEW_KEY = "a-key-for-tests-only-of-some-length", "the-key-that-comes-after-the-first"


@pytest.fixture
async def profile_id(directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand) -> UUID:
    await sandbox.account()
    found = await connect(directory, sandbox, owner)
    await directory.forget_events()
    return found


@pytest.fixture
async def second_process(
    directory: DirectoryHand, database_urls: Urls, sandbox: SandboxHand, clock: ManualClock
) -> AsyncIterator[DirectoryHand]:
    del directory  # It empties the database, so it comes first.
    async with running_directory(database_urls, clock, sandbox_url=sandbox.url, keep=True) as hand:
        yield hand


async def _refresh(
    directory: DirectoryHand, owner: Somebody, profile_id: UUID, if_older_than: str
) -> httpx.Response:
    async with directory.neighbour("inbox", owner.workspace_id) as inbox:
        path = f"/internal/profiles/{profile_id}/refresh"
        return await inbox.post(path, json={"if_older_than": if_older_than})


async def _report(
    directory: DirectoryHand, owner: Somebody, profile_id: UUID, state: str, code: str = ""
) -> httpx.Response:
    async with directory.neighbour("inbox", owner.workspace_id) as inbox:
        body = {"state": state, "code": code, "reason": "It said so."}
        return await inbox.post(f"/internal/profiles/{profile_id}/report", json=body)


async def test_services_of_this_installation_are_given_what_they_need(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand, profile_id: UUID
) -> None:
    found = await opened(directory, owner, profile_id)
    assert found["network"] == "sandbox"
    assert found["base_url"] == sandbox.url
    assert found["account"]["handle"] == "brand"
    assert set(found["credentials"]["data"]) == {"access_token", "refresh_token"}
    assert found["credentials"]["refreshable"] is True
    assert found["state"] == "connected"


async def test_nobody_else_is_given_anything(
    directory: DirectoryHand, owner: Somebody, profile_id: UUID
) -> None:
    path = f"/internal/profiles/{profile_id}/credentials"
    assert (await directory.call(owner, "GET", path)).status_code == 401
    for name, workspace_id, status in [
        ("gateway", owner.workspace_id, 401),
        ("ticketing", owner.workspace_id, 401),
        ("inbox", UUID(int=7), 404),
    ]:
        async with directory.neighbour(name, workspace_id) as neighbour:
            assert (await neighbour.get(path)).status_code == status, name


async def test_at_rest_nothing_can_be_read(
    directory: DirectoryHand, owner: Somebody, profile_id: UUID
) -> None:
    token = (await opened(directory, owner, profile_id))["credentials"]["data"]["access_token"]
    async with directory.service.database.read(owner.workspace_id) as read:
        rows = await read.all(text("SELECT ciphertext FROM profile_credentials"))
    assert len(rows) == 1
    assert token.encode() not in bytes(rows[0].ciphertext)


async def test_credentials_that_were_moved_to_another_profile_do_not_open(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand, profile_id: UUID
) -> None:
    await sandbox.account(handle="other")
    other = await connect(directory, sandbox, owner, "other")
    async with directory.service.database.begin(owner.workspace_id) as tx:
        stolen = await tx.session.get(ProfileCredential, (owner.workspace_id, profile_id))
        assert stolen is not None
        await tx.session.execute(
            update(ProfileCredential)
            .where(ProfileCredential.id == other)
            .values(ciphertext=stolen.ciphertext)
        )
    async with directory.neighbour("inbox", owner.workspace_id) as inbox:
        answer = await inbox.get(f"/internal/profiles/{other}/credentials")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")


async def test_many_who_refresh_at_once_use_the_rotating_token_once(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock, profile_id: UUID
) -> None:
    before = await opened(directory, owner, profile_id)
    clock.advance(_MINUTE)
    answers = await asyncio.gather(
        *(_refresh(directory, owner, profile_id, before["renewed_at"]) for _ in range(6))
    )
    assert [answer.status_code for answer in answers] == [200] * 6
    tokens = {answer.json()["credentials"]["data"]["access_token"] for answer in answers}
    assert len(tokens) == 1
    assert tokens != {before["credentials"]["data"]["access_token"]}
    check = await directory.call(owner, "POST", f"/profiles/{profile_id}/check")
    assert check.json()["state"] == "connected"
    assert await directory.events() == []


async def test_two_processes_that_refresh_at_once_do_so_once(
    directory: DirectoryHand,
    owner: Somebody,
    clock: ManualClock,
    profile_id: UUID,
    second_process: DirectoryHand,
) -> None:
    before = await opened(directory, owner, profile_id)
    clock.advance(_MINUTE)
    answers = await asyncio.gather(
        *(
            _refresh(process, owner, profile_id, before["renewed_at"])
            for process in (directory, second_process)
        )
    )
    assert [answer.status_code for answer in answers] == [200, 200]
    first, second = (answer.json()["credentials"]["data"] for answer in answers)
    assert first == second
    check = await directory.call(owner, "POST", f"/profiles/{profile_id}/check")
    assert check.json()["state"] == "connected"


async def test_who_holds_old_credentials_is_given_the_newer_ones_without_a_refresh(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock, profile_id: UUID
) -> None:
    before = await opened(directory, owner, profile_id)
    clock.advance(_MINUTE)
    newer = (await _refresh(directory, owner, profile_id, before["renewed_at"])).json()
    again = (await _refresh(directory, owner, profile_id, before["renewed_at"])).json()
    assert again["credentials"] == newer["credentials"]


async def test_a_refresh_that_is_refused_needs_a_person(
    directory: DirectoryHand,
    owner: Somebody,
    sandbox: SandboxHand,
    profile_id: UUID,
) -> None:
    found = await opened(directory, owner, profile_id)
    token = found["credentials"]["data"]["access_token"]
    await sandbox.http.post("/oauth/revoke", data={"token": token})
    answer = await _refresh(directory, owner, profile_id, found["renewed_at"])
    assert (answer.status_code, answer.json()["code"]) == (409, "network.auth_revoked")
    assert (await profile(directory, owner, profile_id))["state"] == "needs_person"
    saved = (await directory.events())[0]
    assert isinstance(saved, ProfileSaved)
    assert saved.state is ProfileState.NEEDS_PERSON


async def test_a_refresh_that_fails_otherwise_changes_nothing(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand, profile_id: UUID
) -> None:
    found = await opened(directory, owner, profile_id)
    await sandbox.fault({"type": "status", "status": 429}, path="/oauth/token")
    answer = await _refresh(directory, owner, profile_id, found["renewed_at"])
    assert answer.status_code == 429
    assert await opened(directory, owner, profile_id) == found
    assert await directory.events() == []


async def test_a_report_flips_the_state_by_codes_of_authentication_only(
    directory: DirectoryHand, owner: Somebody, profile_id: UUID
) -> None:
    for code in ("network.unavailable", "network.scope_missing", "network.rate_limited", ""):
        answer = await _report(directory, owner, profile_id, "needs_person", code)
        assert answer.status_code == 204
    assert await directory.events() == []
    await _report(directory, owner, profile_id, "needs_person", "network.auth_expired")
    shown = await profile(directory, owner, profile_id)
    assert (shown["state"], shown["reason"]) == ("needs_person", "It said so.")
    await _report(directory, owner, profile_id, "connected")
    assert (await profile(directory, owner, profile_id))["state"] == "connected"
    states = [event.state for event in await directory.events() if isinstance(event, ProfileSaved)]
    assert states == [ProfileState.NEEDS_PERSON, ProfileState.CONNECTED]


async def test_a_report_connects_nothing_that_was_disconnected(
    directory: DirectoryHand, owner: Somebody, profile_id: UUID
) -> None:
    await directory.call(owner, "DELETE", f"/profiles/{profile_id}")
    await _report(directory, owner, profile_id, "connected")
    assert (await profile(directory, owner, profile_id))["state"] == "disconnected"
    answer = await _report(directory, owner, UUID(int=7), "connected")
    assert answer.status_code == 404


async def test_with_a_new_key_everything_is_sealed_anew(
    directory: DirectoryHand,
    owner: Somebody,
    sandbox: SandboxHand,
    clock: ManualClock,
    database_urls: Urls,
    profile_id: UUID,
) -> None:
    found = await opened(directory, owner, profile_id)
    assert (await directory.call(owner, "POST", "/account/second-factor")).is_success
    async with running_directory(
        database_urls,
        clock,
        sandbox_url=sandbox.url,
        credential_keys=f"{NEW_KEY},{OLD_KEY}",
        keep=True,
    ) as rotated:
        assert await opened(rotated, owner, profile_id) == found
        assert await _key_ids(rotated, owner) == {Vault([OLD_KEY]).key_id}
        assert await rotated.drain(SWEEP) == 1
        assert await _key_ids(rotated, owner) == {Vault([NEW_KEY]).key_id}
    async with running_directory(
        database_urls, clock, sandbox_url=sandbox.url, credential_keys=NEW_KEY, keep=True
    ) as without_the_old_key:
        assert await opened(without_the_old_key, owner, profile_id) == found


async def _key_ids(directory: DirectoryHand, owner: Somebody) -> set[str]:
    """The keys of everything that is sealed: credentials, and secrets of authenticator apps."""
    async with directory.service.database.read(owner.workspace_id) as read:
        rows = await read.all(
            text(
                "SELECT key_id FROM profile_credentials UNION ALL"
                " SELECT encode(substring(secret FROM 1 FOR 8), 'hex') FROM second_factors"
            )
        )
    assert len(rows) == 2
    return {row.key_id for row in rows}
