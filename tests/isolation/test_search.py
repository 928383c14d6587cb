"""Searching finds nothing that one may not see; the walk does not know what to ask for."""

import pytest

from tests.isolation.attackers import Attacker, Cast
from tests.isolation.document import Json
from tests.isolation.world import BOUND, SHARED

# The name of the parameter, and a word that stands in something of the victim's.
SEARCHES = {
    "/api/v1/inbox/conversations": ("q", BOUND),
    "/api/v1/team/members": ("text", SHARED),
    "/api/v1/tickets": ("q", BOUND),
}
# They say how many were found in each view, and nothing of what.
COUNTS = frozenset({"/api/v1/tickets/counts"})
_NAMES = frozenset({"q", "query", "search", "text"})


def owner_of(cast: Cast) -> Attacker:
    token = cast.victim.owner.token
    return Attacker("owner", cast.house, {}, headers={"cookie": f"parley_session={token}"})


async def found(someone: Attacker, path: str) -> str:
    name, word = SEARCHES[path]
    answer = await someone.send("GET", path, params={name: word})
    assert answer.status_code in (200, 401, 403, 404), answer.text
    return answer.text.lower()


async def test_every_search_is_tried(cast: Cast) -> None:
    document: Json = (await cast.house.gateway.http.get("/api/openapi.json")).json()
    searching = {
        path
        for path, methods in document["paths"].items()
        for it in methods.get("get", {}).get("parameters", ())
        if it.get("name") in _NAMES
    }
    assert searching == set(SEARCHES) | COUNTS


@pytest.mark.parametrize("path", SEARCHES)
async def test_a_search_finds_what_one_may_see_and_no_more(cast: Cast, path: str) -> None:
    word = SEARCHES[path][1]
    assert word in await found(owner_of(cast), path)
    for attacker in cast.attackers.values():
        said = await found(attacker, path)
        assert not any(it in said for it in attacker.words), f"{attacker.name}: {said[:500]}"


@pytest.mark.parametrize("path", COUNTS)
async def test_a_search_counts_what_one_may_see_and_no_more(cast: Cast, path: str) -> None:
    async def counted(someone: Attacker) -> int:
        answer = await someone.send("GET", path, params={"q": BOUND})
        assert answer.status_code in (200, 401, 403, 404), answer.text
        views: Json = answer.json() if answer.is_success else {}
        return sum(view["count"] for view in views.values())

    assert await counted(owner_of(cast)) > 0
    for attacker in cast.attackers.values():
        assert await counted(attacker) == 0, attacker.name
