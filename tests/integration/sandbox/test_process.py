"""The process as a whole: demo on the first start, the same world and new words on the second."""

import shutil

import pytest

from tests.support.sandbox import running_sandbox


async def test_a_restart_keeps_the_world_and_moves_on(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("sandbox") / "deep" / "world.json"

    async def begin_and_step() -> tuple[list[str], list[str]]:
        async with running_sandbox(state_file=path, demo=True) as hand:
            before = [item["id"] for item in await hand.items()]
            said = await hand.admin("POST", "/traffic/step", {"count": 20})
            return before, [item["text"] for item in said]

    first_world, first_words = await begin_and_step()
    second_world, second_words = await begin_and_step()
    assert len(first_world) > 200
    assert second_world[: len(first_world)] == first_world
    assert len(second_world) > len(first_world)
    assert second_words != first_words


async def test_a_sudden_end_loses_no_token_and_reuses_no_id(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("sandbox")
    kept, rescued = folder / "kept.json", folder / "rescued.json"
    async with running_sandbox(state_file=kept, save_seconds=3600) as hand:
        account = await hand.account()
        tokens = await hand.tokens(account)
        # What the disk holds at the moment of a kill, before anything is said.
        shutil.copy(kept, rescued)
        person = await hand.person()
        lost = await hand.say(person, "mentions", account_id=account, text="Lost")
    async with running_sandbox(state_file=rescued) as hand:
        headers = {"Authorization": f"Bearer {tokens['access_token']}"}
        assert (await hand.http.get("/v1/me", headers=headers)).status_code == 200
        assert await hand.items() == []
        person = await hand.person()
        fresh = await hand.say(person, "mentions", account_id=account, text="Fresh")
        assert fresh["id"] > lost["id"]
        assert fresh["revision"] > lost["revision"]


async def test_demo_accounts_can_be_connected() -> None:
    async with running_sandbox(demo=True) as hand:
        for account in await hand.admin("GET", "/accounts"):
            form = {
                "grant_type": "password",
                "username": account["handle"],
                "password": f"code-{account['handle']}",
            }
            granted = await hand.http.post("/oauth/token", data=form)
            assert granted.json()["account_id"] == account["id"]
        page = await hand.http.get("/p/" + (await hand.items(kind="post"))[0]["id"])
        assert "Alder &amp; Finch" in page.text
