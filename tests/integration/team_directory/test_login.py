"""Signing in: password, second factor, and limits on tries."""

import asyncio
from datetime import timedelta

import pyotp
import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from services.team_directory.models import Person
from shared.clock import ManualClock
from tests.support.team_directory import PASSWORD, DirectoryHand, Somebody, said

LOST_PHONE = timedelta(minutes=2)


async def test_the_right_password_opens_a_session(
    directory: DirectoryHand, owner: Somebody
) -> None:
    answer = await directory.log_in("ADA@acme.test")
    assert answer.status_code == 200
    again = await directory.signed_in(answer.json())
    assert again.id == owner.id
    assert again.identity.session_id != owner.identity.session_id
    assert answer.json()["workspaces"] == [{"id": str(owner.workspace_id), "name": "Acme"}]


async def test_a_wrong_password_and_an_unknown_account_are_told_in_the_same_words(
    directory: DirectoryHand, owner: Somebody
) -> None:
    wrong = await directory.log_in(password="not the password")
    unknown = await directory.log_in("eve@acme.test")
    assert said(wrong) == (401, "directory.login_failed")
    assert {**wrong.json(), "request_id": ""} == {**unknown.json(), "request_id": ""}
    sessions = await directory.call(owner, "GET", "/account/sessions")
    assert len(sessions.json()) == 1


@pytest.mark.usefixtures("owner")
async def test_too_many_tries_for_an_account_must_wait_and_right_ones_too(
    directory: DirectoryHand, clock: ManualClock
) -> None:
    answers = [await directory.log_in(password="wrong", ip=f"203.0.113.{n}") for n in range(11)]
    assert [said(it)[0] for it in answers] == [401] * 10 + [429]
    assert answers[-1].headers["retry-after"] == "30"
    refused = await directory.log_in(ip="192.0.2.1")
    assert said(refused) == (429, "directory.too_many_tries")
    clock.advance(timedelta(seconds=30))
    assert (await directory.log_in(ip="192.0.2.1")).status_code == 200


@pytest.mark.usefixtures("owner")
async def test_the_right_password_forgives_the_tries_before_it(directory: DirectoryHand) -> None:
    for _ in range(3):
        for _ in range(6):
            assert (await directory.log_in(password="wrong", ip="")).status_code == 401
        assert (await directory.log_in(ip="")).status_code == 200


@pytest.mark.usefixtures("owner")
async def test_too_many_tries_from_one_place_must_wait_whatever_the_account(
    directory: DirectoryHand,
) -> None:
    tries = [await directory.log_in(f"person{n}@acme.test") for n in range(41)]
    assert [answer.status_code for answer in tries] == [401] * 40 + [429]
    assert (await directory.log_in(ip="192.0.2.1")).status_code == 200


@pytest.mark.usefixtures("owner")
async def test_many_tries_at_once_are_counted_one_by_one(directory: DirectoryHand) -> None:
    answers = await asyncio.gather(*(directory.log_in(password="wrong", ip="") for _ in range(16)))
    codes = sorted(answer.status_code for answer in answers)
    assert codes == [401] * 10 + [429] * 6


async def test_a_hash_of_weaker_parameters_is_renewed_at_the_next_login(
    directory: DirectoryHand, owner: Somebody
) -> None:
    async def is_weak() -> bool:
        async with directory.service.database.read() as read:
            stored = await read.scalar(select(Person.password_hash).where(Person.id == owner.id))
        return PasswordHasher(time_cost=1, memory_cost=32).check_needs_rehash(stored)

    weak = PasswordHasher(time_cost=1, memory_cost=16, parallelism=2).hash(PASSWORD)
    async with directory.service.database.begin() as tx:
        await tx.session.execute(update(Person).values(password_hash=weak))
    assert await is_weak()
    assert (await directory.log_in()).status_code == 200
    assert not await is_weak()
    assert (await directory.log_in()).status_code == 200


async def _turn_on(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> tuple[pyotp.TOTP, list[str]]:
    begun = await directory.call(owner, "POST", "/account/second-factor")
    assert begun.status_code == 201
    assert "<svg" in begun.json()["qr_svg"]
    totp = pyotp.TOTP(begun.json()["secret"])
    code = {"code": totp.at(clock.now())}
    confirmed = await directory.call(owner, "POST", "/account/second-factor/confirm", code)
    assert confirmed.status_code == 200, confirmed.text
    return totp, confirmed.json()["codes"]


async def test_a_second_factor_counts_only_once_it_is_confirmed(
    directory: DirectoryHand, owner: Somebody
) -> None:
    await directory.call(owner, "POST", "/account/second-factor")
    wrong = {"code": "000000"}
    refused = await directory.call(owner, "POST", "/account/second-factor/confirm", wrong)
    assert said(refused) == (422, "directory.code_wrong")
    assert (await directory.log_in()).status_code == 200


async def test_with_a_second_factor_the_password_is_not_enough(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    totp, _ = await _turn_on(directory, owner, clock)
    clock.advance(timedelta(seconds=30))
    assert said(await directory.log_in()) == (401, "directory.second_factor_needed")
    wrong = await directory.log_in(code="123456")
    assert said(wrong) == (401, "directory.second_factor_wrong")
    assert (await directory.log_in(code=totp.at(clock.now()))).status_code == 200


async def test_a_code_works_once(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    totp, _ = await _turn_on(directory, owner, clock)
    confirming = await directory.log_in(code=totp.at(clock.now()))
    assert said(confirming) == (401, "directory.second_factor_wrong")
    clock.advance(timedelta(seconds=30))
    code = totp.at(clock.now())
    both = await asyncio.gather(directory.log_in(code=code), directory.log_in(code=code))
    assert sorted(answer.status_code for answer in both) == [200, 401]


async def test_a_recovery_code_works_once_instead(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    _, codes = await _turn_on(directory, owner, clock)
    assert (await directory.log_in(code=codes[0].lower())).status_code == 200
    assert said(await directory.log_in(code=codes[0])) == (401, "directory.second_factor_wrong")
    account = (await directory.call(owner, "GET", "/account")).json()
    assert (account["second_factor"], account["recovery_codes_left"]) == (True, 9)


async def test_new_recovery_codes_end_the_old_ones(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    totp, old = await _turn_on(directory, owner, clock)
    clock.advance(timedelta(seconds=30))
    path, body = "/account/second-factor/recovery-codes", {"code": totp.at(clock.now())}
    new = (await directory.call(owner, "POST", path, body)).json()["codes"]
    assert (await directory.log_in(code=old[0])).status_code == 401
    assert (await directory.log_in(code=new[0])).status_code == 200


async def test_turning_it_off_takes_a_code(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    totp, _ = await _turn_on(directory, owner, clock)
    path = "/account/second-factor/off"
    refused = await directory.call(owner, "POST", path, {"code": "000000"})
    assert said(refused) == (422, "directory.code_wrong")
    assert said(await directory.log_in()) == (401, "directory.second_factor_needed")
    clock.advance(LOST_PHONE)
    code = {"code": totp.at(clock.now())}
    assert (await directory.call(owner, "POST", path, code)).status_code == 204
    assert (await directory.log_in()).status_code == 200
    actions = [line["action"] for line in await directory.audit(owner, "?action=person")]
    assert actions[:3] == [
        "person.signed_in",
        "person.second_factor_off",
        "person.second_factor_on",
    ]


async def test_an_administrator_helps_who_has_lost_phone_and_codes(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    ben = await directory.join(owner, "administrator")
    await _turn_on(directory, ben, clock)
    await _turn_on(directory, owner, clock)
    refused = await directory.call(ben, "DELETE", f"/members/{owner.id}/second-factor")
    assert said(refused) == (403, "directory.owners_only")
    path = f"/members/{ben.id}/second-factor"
    assert (await directory.call(owner, "DELETE", path)).status_code == 204
    assert said(await directory.call(owner, "DELETE", path))[0] == 409
    assert (await directory.log_in("ben@acme.test")).status_code == 200
    assert said(await directory.log_in()) == (401, "directory.second_factor_needed")
    line = (await directory.audit(owner, "?action=person.second_factor_taken_away"))[0]
    assert (line["actor_name"], line["object_id"]) == ("Ada Owner", str(ben.id))
