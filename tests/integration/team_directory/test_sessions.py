"""Sessions: their tokens grow old, are stolen, run out and are ended."""

from datetime import timedelta

import pytest

from shared.clock import ManualClock
from shared.db.transaction import NO_WORKSPACE
from shared.events.team_directory import AccessChanged
from tests.support.team_directory import PASSWORD, DirectoryHand, Somebody

OLD = timedelta(minutes=16)
NEW_PASSWORD = "another horse battery"


async def test_a_young_token_is_kept(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    clock.advance(timedelta(minutes=10))
    resolved = (await directory.resolve(owner.token)).json()
    assert resolved["rotated_token"] is None
    assert resolved["identity"]["actor_id"] == str(owner.id)
    assert resolved["person"]["email"] == "ada@acme.test"
    assert [workspace["name"] for workspace in resolved["workspaces"]] == ["Acme"]


async def test_an_old_token_gets_a_successor_and_both_work_for_a_while(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    clock.advance(OLD)
    successor = (await directory.resolve(owner.token)).json()["rotated_token"]
    assert (await directory.resolve(owner.token)).json()["rotated_token"] is None
    assert (await directory.resolve(successor)).status_code == 200
    clock.advance(timedelta(seconds=60))
    assert (await directory.resolve(owner.token)).status_code == 200


async def test_a_token_replaced_long_ago_ends_the_session_for_both_who_hold_it(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    clock.advance(OLD)
    successor = (await directory.resolve(owner.token)).json()["rotated_token"]
    await directory.resolve(successor)
    clock.advance(timedelta(seconds=61))
    stolen = await directory.resolve(owner.token)
    assert (stolen.status_code, stolen.json()["code"]) == (401, "directory.session_unknown")
    assert (await directory.resolve(successor)).status_code == 401
    assert await directory.events() == [AccessChanged(workspace_id=NO_WORKSPACE, actor_id=owner.id)]
    assert (await directory.audit(owner))[0]["action"] == "person.session_stolen"


async def test_a_successor_that_never_arrived_signs_nobody_out(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    clock.advance(OLD)
    lost = (await directory.resolve(owner.token)).json()["rotated_token"]
    clock.advance(timedelta(hours=1))
    another = (await directory.resolve(owner.token)).json()["rotated_token"]
    assert another not in (None, lost)
    assert (await directory.resolve(another)).status_code == 200


async def test_a_session_slides_while_it_is_used_and_ends_when_it_is_not(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    clock.advance(timedelta(days=13))
    token = (await directory.resolve(owner.token)).json()["rotated_token"]
    clock.advance(timedelta(days=13))
    assert (await directory.resolve(token)).status_code == 200
    clock.advance(timedelta(days=14))
    assert (await directory.resolve(token)).status_code == 401


async def test_no_session_outlives_ninety_days(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    token = owner.token
    for _ in range(8):
        clock.advance(timedelta(days=11))
        answer = (await directory.resolve(token)).json()
        token = answer["rotated_token"]
    assert answer["expires_at"].startswith("2026-05-31")
    clock.advance(timedelta(days=2))
    assert (await directory.resolve(token)).status_code == 401


@pytest.mark.usefixtures("owner")
async def test_a_made_up_token_is_nobody(directory: DirectoryHand) -> None:
    assert (await directory.resolve("made-up")).status_code == 401
    assert await directory.events() == []


async def test_one_sees_where_one_is_signed_in_and_ends_it_there(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    clock.advance(timedelta(hours=1))
    phone = await directory.log_in(ip="192.0.2.8", user_agent="Phone")
    listed = (await directory.call(owner, "GET", "/account/sessions")).json()
    assert [(it["device"], it["ip"], it["current"]) for it in listed] == [
        ("Phone", "192.0.2.8", False),
        ("Firefox", "203.0.113.7", True),
    ]
    await directory.forget_events()
    path = f"/account/sessions/{listed[0]['id']}"
    assert (await directory.call(owner, "DELETE", path)).status_code == 204
    assert (await directory.resolve(phone.json()["token"])).status_code == 401
    assert (await directory.resolve(owner.token)).status_code == 200
    assert await directory.events() == [AccessChanged(workspace_id=NO_WORKSPACE, actor_id=owner.id)]


async def test_nobody_ends_the_session_of_somebody_else(
    directory: DirectoryHand, owner: Somebody
) -> None:
    ben = await directory.join(owner, "administrator")
    path = f"/account/sessions/{owner.identity.session_id}"
    answer = await directory.call(ben, "DELETE", path)
    assert (answer.status_code, answer.json()["code"]) == (404, "directory.session_not_found")
    assert (await directory.resolve(owner.token)).status_code == 200


async def test_signing_out_ends_one_session_or_all(
    directory: DirectoryHand, owner: Somebody
) -> None:
    first, second = [(await directory.log_in()).json()["token"] for _ in range(2)]
    ended = await directory.gateway("POST", "/sessions/end", {"token": first})
    assert ended.status_code == 204
    assert (await directory.resolve(first)).status_code == 401
    assert (await directory.resolve(second)).status_code == 200
    body = {"token": second, "everywhere": True}
    assert (await directory.gateway("POST", "/sessions/end", body)).status_code == 204
    assert (await directory.resolve(second)).status_code == 401
    assert (await directory.resolve(owner.token)).status_code == 401


async def test_a_new_password_ends_the_other_sessions(
    directory: DirectoryHand, owner: Somebody
) -> None:
    other = (await directory.log_in()).json()["token"]
    body = {"present": PASSWORD, "new": NEW_PASSWORD}
    assert (await directory.call(owner, "PUT", "/account/password", body)).status_code == 204
    assert (await directory.resolve(owner.token)).status_code == 200
    assert (await directory.resolve(other)).status_code == 401
    assert (await directory.log_in()).status_code == 401
    assert (await directory.log_in(password=NEW_PASSWORD)).status_code == 200


async def test_changing_the_password_takes_the_present_one(
    directory: DirectoryHand, owner: Somebody
) -> None:
    body = {"present": "not it at all", "new": NEW_PASSWORD}
    answer = await directory.call(owner, "PUT", "/account/password", body)
    assert (answer.status_code, answer.json()["code"]) == (403, "directory.password_wrong")
    assert (await directory.log_in()).status_code == 200
    assert await directory.events() == []


async def test_an_administrator_hands_out_a_link_to_a_new_password(
    directory: DirectoryHand, owner: Somebody
) -> None:
    ben = await directory.join(owner, "copywriter")
    made = await directory.call(owner, "POST", f"/members/{ben.id}/password-reset")
    assert made.status_code == 201
    path, body = f"/password-resets/{made.json()['token']}", {"password": NEW_PASSWORD}
    assert (await directory.gateway("POST", path, body)).status_code == 204
    assert (await directory.resolve(ben.token)).status_code == 401
    assert (await directory.log_in("ben@acme.test")).status_code == 401
    assert (await directory.log_in("ben@acme.test", password=NEW_PASSWORD)).status_code == 200
    again = await directory.gateway("POST", path, body)
    assert (again.status_code, again.json()["code"]) == (404, "directory.reset_unknown")


async def test_a_link_to_a_new_password_ends_after_a_day(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    ben = await directory.join(owner, "copywriter")
    made = await directory.call(owner, "POST", f"/members/{ben.id}/password-reset")
    clock.advance(timedelta(hours=24))
    path = f"/password-resets/{made.json()['token']}"
    answer = await directory.gateway("POST", path, {"password": NEW_PASSWORD})
    assert answer.status_code == 404
    assert (await directory.log_in("ben@acme.test")).status_code == 200


async def test_an_administrator_cannot_take_over_an_owner_by_a_link(
    directory: DirectoryHand, owner: Somebody
) -> None:
    ben = await directory.join(owner, "administrator")
    answer = await directory.call(ben, "POST", f"/members/{owner.id}/password-reset")
    assert (answer.status_code, answer.json()["code"]) == (403, "directory.owners_only")


async def test_nor_somebody_who_also_works_elsewhere(
    directory: DirectoryHand, owner: Somebody
) -> None:
    ben = await directory.join(owner, "head_of_social")
    body = {"name": "Ben's own", "time_zone": "UTC"}
    assert (await directory.call(ben, "POST", "/workspaces", body)).status_code == 201
    answer = await directory.call(owner, "POST", f"/members/{ben.id}/password-reset")
    assert (answer.status_code, answer.json()["code"]) == (403, "directory.owners_only")
