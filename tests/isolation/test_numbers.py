"""Numbers tell of things without naming them: each is over what the asking person may see.

Words and ids of the walk would not show a sum that holds too much. So whoever works with one
profile must get the same with and without asking for that profile only, and the owner more.
"""

from typing import Any

import pytest

from tests.isolation.attackers import Attacker, Cast

Json = dict[str, Any]
# Each counts something of both profiles of the victim's workspace.
COUNTING: dict[str, Json] = {
    "inbox/conversations/counts": {},
    "tickets/counts": {},
    "analytics/overview": {"compare": False},
    "analytics/series": {"metric": "received", "compare": False},
    "analytics/breakdown": {"metric": "received", "by": "kind", "compare": False},
}


@pytest.fixture
def period(cast: Cast) -> Json:
    day = cast.house.clock.now().date()
    return {"first": f"{day.replace(day=1)}", "last": f"{day}"}


@pytest.fixture
def owner(cast: Cast) -> Attacker:
    headers = {"cookie": f"parley_session={cast.victim.owner.token}"}
    return Attacker("owner", cast.house, cast.victim.ids, (), headers)


async def numbers(someone: Attacker, path: str, query: Json) -> Any:
    answer = await someone.send("GET", f"/api/v1/{path}", params=query)
    assert answer.status_code == 200, answer.text
    return _without_questions(answer.json())


def _without_questions(node: Any) -> Any:
    """What was found, without what was asked for and whose calendar counts."""
    if isinstance(node, dict):
        spared = ("profile_id", "profile_ids", "calendars", "frame", "wanted")
        return {name: _without_questions(it) for name, it in node.items() if name not in spared}
    return [_without_questions(it) for it in node] if isinstance(node, list) else node


@pytest.mark.parametrize("path", COUNTING)
async def test_a_number_is_over_what_one_may_see(
    cast: Cast, owner: Attacker, period: Json, path: str
) -> None:
    confined = cast.attackers["confined"]
    query = COUNTING[path] | (period if path.startswith("analytics") else {})
    theirs = query | {"profile_id": str(cast.victim.elsewhere["profile"])}
    seen = await numbers(confined, path, query)
    assert seen == await numbers(confined, path, theirs)
    assert seen == await numbers(owner, path, theirs)
    assert seen != await numbers(owner, path, query)
