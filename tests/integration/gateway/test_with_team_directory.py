"""The gateway and the real team_directory together: from the first start to signing out."""

from collections.abc import AsyncIterator, Mapping

import pytest

from shared.clock import SystemClock
from tests.integration.gateway.test_live import listening
from tests.support.gateway import GatewayHand, running_gateway, serving, until
from tests.support.team_directory import OWNER, PASSWORD, running_directory

Urls = Mapping[str, str]
WHO = "/api/v1/session"


@pytest.fixture(scope="module")
async def desk(database_urls: Urls) -> AsyncIterator[GatewayHand]:
    async with (
        running_directory(database_urls, SystemClock()) as directory,
        serving(directory.service.app) as url,
        running_gateway(database_urls, team_directory_url=url, login_rate="100/minute") as hand,
    ):
        yield hand


def cookie_in(value: str) -> dict[str, str]:
    return {"cookie": value.split(";", 1)[0]}


async def test_from_the_first_start_to_signing_out_everywhere(desk: GatewayHand) -> None:
    assert (await desk.http.get("/api/v1/setup")).json() == {"needed": True}
    owner = {name: value for name, value in OWNER.items() if name not in ("ip", "user_agent")}
    begun = await desk.http.post("/api/v1/setup", json=owner)
    assert begun.status_code == 201, begun.text
    first = cookie_in(begun.headers["set-cookie"])
    again = await desk.http.post("/api/v1/setup", json=owner)
    assert (again.status_code, again.json()["code"]) == (409, "directory.already_set_up")

    who = (await desk.http.get(WHO, headers=first)).json()
    assert who["person"]["email"] == OWNER["email"]
    assert [it["name"] for it in who["workspaces"]] == ["Acme"]
    assert who["levels"]["directory"] == 4

    login = {"email": OWNER["email"], "password": PASSWORD}
    second = await desk.http.post(WHO, json=login)
    assert second.status_code == 201, second.text
    other = cookie_in(second.headers["set-cookie"])
    wrong = await desk.http.post(WHO, json={**login, "password": "not this one"})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "directory.login_failed")

    elsewhere = {**first, "x-parley-workspace": "01920000-0000-7000-8000-000000000001"}
    assert (await desk.http.get(WHO, headers=elsewhere)).status_code in (403, 404)

    token = other["cookie"].removeprefix("parley_session=")
    async with listening(desk, token) as listener:
        ended = await desk.http.delete("/api/v1/session/everywhere", headers=first)
        assert ended.status_code == 204
        await until(lambda: listener.ended)  # Word of it went over the bus.
    for headers in (first, other):
        assert (await desk.http.get(WHO, headers=headers)).status_code == 401


async def test_an_api_key_works_until_it_is_revoked(desk: GatewayHand) -> None:
    login = {"email": OWNER["email"], "password": PASSWORD}
    headers = cookie_in((await desk.http.post(WHO, json=login)).headers["set-cookie"])
    body = {"name": "Reports", "levels": {"analytics": 1}}
    made = await desk.http.post("/api/v1/team/api-keys", json=body, headers=headers)
    assert made.status_code == 201, made.text
    key = {"authorization": f"Bearer {made.json()['secret']}"}
    who = (await desk.http.get(WHO, headers=key)).json()
    assert (who["kind"], who["person"], who["levels"]) == ("api_key", None, {"analytics": 1})

    path = f"/api/v1/team/api-keys/{made.json()['id']}"
    assert (await desk.http.delete(path, headers=headers)).status_code == 204

    async def refused() -> bool:
        return (await desk.http.get(WHO, headers=key)).status_code == 401

    await until(refused, 5)
