"""Signing in with a second factor, leaving everywhere, keys for programs: through the gateway."""

import secrets
from collections.abc import AsyncIterator

import httpx
import pyotp
import pytest

from deploy.topology import GATEWAY
from tests.support.desk import PASSWORD, DeskHand, browser, colleague_of, until
from tests.support.platform import LocalPlatform

pytestmark = [pytest.mark.processes]


@pytest.fixture
async def colleague(owner: DeskHand, running: LocalPlatform) -> AsyncIterator[DeskHand]:
    email = f"{secrets.token_hex(4)}@example.com"
    async with colleague_of(owner, running.url(GATEWAY), email, "social_media_manager") as desk:
        yield desk


async def sign_in(desk: DeskHand, **more: str) -> httpx.Response:
    return await desk.try_to(
        "POST", "/session", {"email": desk.email, "password": PASSWORD, **more}
    )


async def test_a_second_factor_is_asked_for_and_its_codes_work_once(
    colleague: DeskHand, running: LocalPlatform
) -> None:
    enrolment = await colleague.do("POST", "/team/account/second-factor", {})
    assert "<svg" in enrolment["qr_svg"]
    totp = pyotp.TOTP(enrolment["secret"])
    confirmed = await colleague.do(
        "POST", "/team/account/second-factor/confirm", {"code": totp.now()}
    )
    recovery = confirmed["codes"][0]

    async with browser(running.url(GATEWAY), colleague.email) as elsewhere:
        refused = await sign_in(elsewhere)
        assert refused.json()["code"] == "directory.second_factor_needed"
        refused = await sign_in(elsewhere, code="000000")
        assert refused.json()["code"] == "directory.second_factor_wrong"
        refused = await sign_in(elsewhere, code=totp.now())
        assert refused.json()["code"] == "directory.second_factor_wrong", "It was used already."
        assert (await sign_in(elsewhere, code=recovery)).status_code == 201
        assert (await elsewhere.do("GET", "/session"))["person"]["email"] == colleague.email
    async with browser(running.url(GATEWAY), colleague.email) as third:
        assert (await sign_in(third, code=recovery)).status_code == 401


async def test_leaving_everywhere_ends_the_other_browser_at_once(
    colleague: DeskHand, running: LocalPlatform
) -> None:
    async with browser(running.url(GATEWAY), colleague.email) as elsewhere:
        assert (await sign_in(elsewhere)).status_code == 201
        await elsewhere.do("GET", "/inbox/profiles")
        await colleague.do("DELETE", "/session/everywhere")

        async def ended() -> bool:
            return (await elsewhere.try_to("GET", "/inbox/profiles")).status_code == 401

        await until(ended, seconds=5)
    assert (await colleague.try_to("GET", "/session")).status_code == 401


async def test_a_wrong_password_says_nothing_about_the_account(running: LocalPlatform) -> None:
    async with browser(running.url(GATEWAY), "nobody@example.com") as desk:
        unknown = await sign_in(desk)
    async with browser(running.url(GATEWAY), "owner@example.com") as desk:
        wrong = await desk.try_to(
            "POST", "/session", {"email": desk.email, "password": "not the password"}
        )
    assert (unknown.status_code, unknown.json()["code"]) == (401, "directory.login_failed")
    assert {key: wrong.json()[key] for key in ("status", "code", "detail")} == {
        key: unknown.json()[key] for key in ("status", "code", "detail")
    }


async def test_a_key_does_what_it_was_given_until_it_is_revoked(
    owner: DeskHand, running: LocalPlatform
) -> None:
    made = await owner.do(
        "POST", "/team/api-keys", {"name": "Reader", "levels": {"inbox": 1, "directory": 1}}
    )
    async with httpx.AsyncClient(
        base_url=running.url(GATEWAY),
        headers={"authorization": f"Bearer {made['secret']}"},
        trust_env=False,
    ) as program:
        allowed = await program.get("/api/v1/inbox/conversations")
        assert allowed.status_code == 200
        assert int(allowed.headers["ratelimit-remaining"]) >= 0
        refused = await program.get("/api/v1/analytics/overview?first=2026-01-01&last=2026-01-02")
        assert (refused.status_code, refused.json()["code"]) == (403, "permission_missing")
        elsewhere = await owner.do(
            "POST", "/team/workspaces", {"name": "Elsewhere", "time_zone": "UTC"}
        )
        refused = await program.get(
            "/api/v1/inbox/conversations", headers={"x-parley-workspace": elsewhere["id"]}
        )
        assert (refused.status_code, refused.json()["code"]) == (404, "gateway.other_workspace")
        await owner.do("DELETE", f"/team/api-keys/{made['id']}")

        async def revoked() -> bool:
            return (await program.get("/api/v1/inbox/conversations")).status_code == 401

        await until(revoked, seconds=5)


async def test_a_foreign_page_cannot_use_the_session(owner: DeskHand) -> None:
    answer = await owner.http.post(
        "/api/v1/team/workspaces",
        json={"name": "Stolen", "time_zone": "UTC"},
        headers={"origin": "https://evil.example"},
    )
    assert answer.status_code == 403
    names = [workspace["name"] for workspace in await owner.do("GET", "/team/workspaces")]
    assert "Stolen" not in names
