"""API keys: never stronger than their maker, shown once, ended at will."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from shared.clock import ManualClock
from shared.events.team_directory import AccessChanged
from shared.http.tokens import identity_from_claims
from shared.identity import ActorKind
from shared.permissions import Level, Module, Right
from tests.support.team_directory import DirectoryHand, Json, Somebody, said

DRAFT = {"name": "Exporter", "levels": {"inbox": 1, "analytics": 2}, "rights": ["export"]}


async def _create(directory: DirectoryHand, somebody: Somebody, **changed: Any) -> Json:
    answer = await directory.call(somebody, "POST", "/api-keys", {**DRAFT, **changed})
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


async def _resolve(directory: DirectoryHand, secret: str) -> httpx.Response:
    body = {"key": secret, "ip": "192.0.2.9"}
    return await directory.gateway("POST", "/api-keys/resolve", body)


async def _builder(directory: DirectoryHand, owner: Somebody) -> Somebody:
    """Somebody who may make keys and sees the inbox, and nothing else."""
    role = {"name": "Builder", "levels": {"connections": 2, "inbox": 1}}
    assert (await directory.call(owner, "POST", "/roles", role)).status_code == 201
    return await directory.join(owner, "Builder")


async def test_a_key_is_somebody_with_what_it_was_given(
    directory: DirectoryHand, owner: Somebody
) -> None:
    created = await _create(directory, owner)
    answer = await _resolve(directory, created["secret"])
    identity = identity_from_claims(answer.json()["identity"])
    assert (identity.kind, identity.actor_id) == (ActorKind.API_KEY, UUID(created["id"]))
    assert identity.workspace_id == owner.workspace_id
    assert identity.levels == {Module.INBOX: Level.VIEW, Module.ANALYTICS: Level.EDIT}
    assert identity.rights == {Right.EXPORT}
    assert answer.json()["expires_at"] is None


async def test_the_secret_is_shown_once_and_kept_nowhere(
    directory: DirectoryHand, owner: Somebody
) -> None:
    created = await _create(directory, owner)
    listed = await directory.call(owner, "GET", "/api-keys")
    assert created["secret"] not in listed.text
    assert created["secret"].startswith(listed.json()[0]["prefix"] + "_")
    tail = created["secret"].removeprefix(f"{listed.json()[0]['prefix']}_")
    async with directory.service.database.read(owner.workspace_id) as read:
        for table in ("api_keys", "secret_lookups", "audit_log"):
            rows = await read.all(text(f"SELECT t::text AS line FROM {table} t"))  # noqa: S608 -- names of ours.
            assert rows
            assert not [row.line for row in rows if tail in row.line]


async def test_the_last_use_is_written_once_a_minute(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    created = await _create(directory, owner)

    async def used() -> tuple[str | None, str | None]:
        key = (await directory.call(owner, "GET", "/api-keys")).json()[0]
        return key["used_at"], key["used_from"]

    assert await used() == (None, None)
    await _resolve(directory, created["secret"])
    assert await used() == ("2026-03-02T09:00:00Z", "192.0.2.9")
    clock.advance(timedelta(seconds=59))
    await _resolve(directory, created["secret"])
    assert await used() == ("2026-03-02T09:00:00Z", "192.0.2.9")
    clock.advance(timedelta(seconds=1))
    await _resolve(directory, created["secret"])
    assert await used() == ("2026-03-02T09:01:00Z", "192.0.2.9")


async def test_a_key_ends_when_it_was_said_to(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    created = await _create(directory, owner, expires_at="2026-03-02T10:00:00Z")
    answer = await _resolve(directory, created["secret"])
    assert answer.json()["expires_at"] == "2026-03-02T10:00:00Z"
    clock.advance(timedelta(hours=1))
    refused = await _resolve(directory, created["secret"])
    assert said(refused) == (401, "directory.api_key_unknown")


@pytest.mark.parametrize(
    "expires_at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-03-02T08:00:00Z"]
)
async def test_an_end_that_makes_no_sense_is_refused(
    directory: DirectoryHand, owner: Somebody, expires_at: str
) -> None:
    body = {**DRAFT, "expires_at": expires_at}
    answer = await directory.call(owner, "POST", "/api-keys", body)
    assert answer.status_code == 422
    assert (await directory.call(owner, "GET", "/api-keys")).json() == []


async def test_a_revoked_key_ends_at_once_and_the_gateway_hears_of_it(
    directory: DirectoryHand, owner: Somebody
) -> None:
    created = await _create(directory, owner)
    path = f"/api-keys/{created['id']}"
    assert (await directory.call(owner, "DELETE", path)).status_code == 204
    assert (await _resolve(directory, created["secret"])).status_code == 401
    assert await directory.events() == [
        AccessChanged(workspace_id=owner.workspace_id, actor_id=UUID(created["id"]))
    ]
    assert (await directory.call(owner, "GET", "/api-keys")).json()[0]["revoked_at"] is not None


async def test_a_made_up_key_is_nobody(directory: DirectoryHand) -> None:
    refused = await _resolve(directory, "pk_abcdefgh_made-up")
    assert said(refused) == (401, "directory.api_key_unknown")


async def test_nobody_makes_a_key_that_may_more_than_they_may(
    directory: DirectoryHand, owner: Somebody
) -> None:
    ben = await _builder(directory, owner)
    for too_much in ({"levels": {"inbox": 2}, "rights": []}, {"levels": {}, "rights": ["like"]}):
        answer = await directory.call(ben, "POST", "/api-keys", {**DRAFT, **too_much})
        assert said(answer) == (403, "directory.grant_too_high")
    assert (await directory.call(owner, "GET", "/api-keys")).json() == []


async def test_a_key_shrinks_with_its_maker(directory: DirectoryHand, owner: Somebody) -> None:
    ben = await directory.join(owner, "administrator")
    created = await _create(directory, ben)
    roles = await directory.roles(owner)
    await directory.forget_events()
    body = {"version": 1, "role_ids": [str(roles["social_analyst"])]}
    assert (await directory.call(owner, "PATCH", f"/members/{ben.id}", body)).is_success
    key_id = UUID(created["id"])
    told = [it.actor_id for it in await directory.events() if isinstance(it, AccessChanged)]
    assert told == [ben.id, key_id]
    body = {"version": 2, "role_ids": [str(roles["copywriter"])]}
    assert (await directory.call(owner, "PATCH", f"/members/{ben.id}", body)).is_success
    answer = await _resolve(directory, created["secret"])
    identity = identity_from_claims(answer.json()["identity"])
    assert identity.levels == {Module.INBOX: Level.NONE, Module.ANALYTICS: Level.VIEW}
    assert identity.rights == frozenset()


async def test_a_key_makes_no_keys_and_has_no_account(
    directory: DirectoryHand, owner: Somebody
) -> None:
    created = await _create(directory, owner, levels={"connections": 4, "directory": 4})
    answer = await _resolve(directory, created["secret"])
    key = identity_from_claims(answer.json()["identity"])
    refused = await directory.call(key, "POST", "/api-keys", {"name": "x", "levels": {}})
    assert said(refused) == (403, "directory.not_a_person")
    refused = await directory.call(key, "POST", "/account/second-factor")
    assert said(refused) == (403, "directory.not_a_person")
    assert (await directory.call(key, "GET", "/members")).status_code == 200


async def test_a_key_makes_no_owner(directory: DirectoryHand, owner: Somebody) -> None:
    created = await _create(directory, owner, levels={"directory": 4})
    answer = await _resolve(directory, created["secret"])
    key = identity_from_claims(answer.json()["identity"])
    roles = await directory.roles(owner)
    body = {"emails": ["eve@acme.test"], "role_ids": [str(roles["owner"])]}
    refused = await directory.call(key, "POST", "/invitations", body)
    assert said(refused) == (403, "directory.owners_only")


async def test_one_sees_and_ends_ones_own_keys_and_an_administrator_all(
    directory: DirectoryHand, owner: Somebody
) -> None:
    ben = await _builder(directory, owner)
    mine = await _create(directory, ben, levels={"inbox": 1}, rights=[])
    theirs = await _create(directory, owner)
    listed = (await directory.call(ben, "GET", "/api-keys")).json()
    assert [key["id"] for key in listed] == [mine["id"]]
    assert len((await directory.call(owner, "GET", "/api-keys")).json()) == 2
    refused = await directory.call(ben, "DELETE", f"/api-keys/{theirs['id']}")
    assert said(refused) == (404, "directory.api_key_not_found")
    assert (await _resolve(directory, theirs["secret"])).status_code == 200
    assert (await directory.call(owner, "DELETE", f"/api-keys/{mine['id']}")).status_code == 204


async def test_a_key_that_is_asked_for_again_is_neither_made_nor_shown_again(
    directory: DirectoryHand, owner: Somebody
) -> None:
    async with directory.client(owner.identity) as client:
        headers = {"idempotency-key": "one"}
        first = await client.post("/api-keys", json=DRAFT, headers=headers)
        again = await client.post("/api-keys", json=DRAFT, headers=headers)
    assert first.headers["cache-control"] == "no-store"
    assert said(again) == (409, "idempotency.answer_not_kept")
    assert len((await directory.call(owner, "GET", "/api-keys")).json()) == 1
