"""Every route of the platform, tried by everyone who must not get through."""

from collections.abc import Callable

import pytest

from gateway.openapi import PREFIXES
from tests.isolation.attackers import Cast
from tests.isolation.document import Operation
from tests.isolation.records import Records
from tests.isolation.walk import REFUSED, Walk, try_each_id
from tests.isolation.world import SHARED, state_of

# What anybody may call, because it is how one comes in at all, and answers nothing else.
PUBLIC = frozenset(
    {
        "read_setup",
        "set_up",
        "log_in",
        "log_out",
        "read_invitation",
        "accept_invitation",
        "ask_for_password_reset",
        "reset_password",
        "health",
    }
)
# What everyone who is signed in may call: it is about oneself and takes nobody else's id.
OWN = frozenset(
    {
        "who_am_i",
        "log_out_everywhere",
        "get_account",
        "change_password",
        "begin_second_factor",
        "confirm_second_factor",
        "turn_second_factor_off",
        "renew_recovery_codes",
        "list_own_sessions",
        "list_workspaces",
        "finish_connecting_profile",
        "list_notifications",
        "count_unread_notifications",
        "read_notifications",
        "read_all_notifications",
        "get_notification_preferences",
        "save_notification_preferences",
    }
)
# Reports and lists of numbers, of which the key of the stage may see those of its own profile.
LISTS = frozenset(
    {
        "get_overview",
        "get_series",
        "get_breakdown",
        "list_measured_items",
        "list_definitions",
        "list_network_measures",
        "list_measured_profiles",
        "list_measured_posts",
        "list_content_days",
    }
)
# These belong to one profile; everything else of a workspace is common to all its profiles.
BOUND_KINDS = frozenset(
    {"conversation", "interaction", "contact", "note", "action", "delivery"}
) | {
    "profile",
    "ticket",
    "post",
    "publication",
    "webhook",
    "webhook_delivery",
}
# A session is shown to its person only under another name, an attempt to connect to nobody.
UNSHOWN = frozenset({"attempt"})

# An invitation is read by its secret; the stage's picture has no bytes in the file store.
UNFILLED = frozenset({"read_invitation", "show_picture"})

Walking = Callable[[str], Walk]


@pytest.fixture
def walking(cast: Cast, records: Records) -> Walking:
    return lambda name: Walk(cast, cast.attackers[name], records)


def told(walk: Walk) -> str:
    return "\n".join(walk.complaints)


async def test_somebody_of_another_workspace(walking: Walking, routes: list[Operation]) -> None:
    walk = walking("stranger")
    walk.attacker.workspace = walk.cast.strangers.workspace_id
    await walk.begin()
    for operation in routes:
        for shape in operation.shapes():
            if shape.slots():
                await try_each_id(walk, shape)
            else:
                await walk.call(shape, lambda slot: walk.attacker.own[slot.kind])
                await walk.unchanged(operation)
    assert not walk.complaints, told(walk)
    assert walk.sent > len(routes)


async def _refused(walk: Walk, routes: list[Operation], *spared: str) -> None:
    """Everything with the victim's ids; all but what is `spared` must be refused."""
    await walk.begin()
    for operation in routes:
        for shape in operation.shapes():
            answer = await walk.call(shape, lambda slot: walk.cast.victim.ids[slot.kind])
            if operation.name not in spared and answer.status_code not in REFUSED:
                walk.complain(operation, f"was let in: {answer.status_code} {answer.text[:300]}")
        await walk.unchanged(operation)
    assert not walk.complaints, told(walk)
    assert walk.sent >= len(routes)


async def test_somebody_who_names_a_workspace_that_is_not_theirs(
    walking: Walking, routes: list[Operation]
) -> None:
    walk = walking("stranger")
    walk.attacker.workspace = walk.cast.victim.workspace_id
    walk.attacker.headers["x-parley-workspace"] = str(walk.attacker.workspace)
    try:
        await _refused(walk, routes, *PUBLIC, "log_out_everywhere")
    finally:
        del walk.attacker.headers["x-parley-workspace"]


async def test_somebody_without_any_permission(walking: Walking, routes: list[Operation]) -> None:
    walk = walking("powerless")
    walk.attacker.workspace = walk.cast.victim.workspace_id
    await _refused(walk, routes, *PUBLIC, *OWN)


async def test_a_key_for_something_else(walking: Walking, routes: list[Operation]) -> None:
    walk = walking("key")
    walk.attacker.workspace = walk.cast.victim.workspace_id
    await _refused(walk, routes, *PUBLIC, *OWN, *LISTS)


async def test_nobody(walking: Walking, routes: list[Operation]) -> None:
    walk = walking("nobody")
    walk.attacker.workspace = walk.cast.victim.workspace_id
    await _refused(walk, routes, *PUBLIC)


async def test_somebody_who_works_with_another_profile(
    walking: Walking, routes: list[Operation]
) -> None:
    walk = walking("confined")
    walk.attacker.workspace = walk.cast.victim.workspace_id
    await walk.begin()
    for operation in routes:
        for shape in operation.shapes():
            if BOUND_KINDS & {slot.kind for slot in shape.slots()}:
                await try_each_id(walk, shape, BOUND_KINDS)
            elif operation.reads:
                await walk.call(shape, lambda slot: walk.attacker.own[slot.kind])
                await walk.unchanged(operation)
    assert not walk.complaints, told(walk)


@pytest.mark.parametrize("name", ["stranger", "powerless", "confined", "key", "nobody"])
async def test_nobody_else_comes_back_from_a_consent_page(walking: Walking, name: str) -> None:
    """The state stands in an address that may leak; the document does not name it."""
    walk = walking(name)
    before = await walk.records.read(walk.attacker.traces)
    path = "/api/v1/team/profiles/sandbox/callback"
    answer = await walk.attacker.send("GET", path, params={"state": state_of(SHARED), "code": "x"})
    assert answer.status_code in (401, 303)
    assert "connected=" not in answer.headers.get("location", "")
    assert await walk.records.read(walk.attacker.traces) == before


@pytest.mark.parametrize("name", ["stranger", "powerless", "confined", "key", "nobody"])
async def test_private_routes_are_nowhere(cast: Cast, name: str) -> None:
    """What services ask each other is behind no prefix of the gateway, and refuses persons."""
    attacker, profile_id = cast.attackers[name], cast.victim.ids["profile"]
    words = {"profile_id": profile_id, "token": "a-token-of-nobody", "network": "sandbox"}
    tried = 0
    for service, hand in cast.house.hands.items():
        for path, methods in hand.service.app.openapi()["paths"].items():
            if path.startswith("/internal/"):
                for method in methods:
                    asked = PREFIXES[service] + path.format(**words)
                    answer = await attacker.send(method.upper(), asked, json={})
                    assert answer.status_code == 404, f"{method} {asked}: {answer.text}"
                    tried += 1
    assert tried > 10
    if attacker.person is not None:
        async with cast.house.directory.client(attacker.person.identity) as client:
            answer = await client.get(f"/internal/profiles/{profile_id}/credentials")
        assert answer.status_code == 401


async def test_the_walk_leads_somewhere(walking: Walking, routes: list[Operation]) -> None:
    """Whoever may do everything reads everything by the same requests."""
    walk = walking("nobody")
    owner = walk.cast.victim.owner
    walk.attacker.headers = {"cookie": f"parley_session={owner.token}"}
    said = ""
    try:
        for operation in routes:
            if operation.reads and operation.name not in UNFILLED:
                for shape in operation.shapes():
                    answer = await walk.call(shape, lambda slot: walk.cast.victim.ids[slot.kind])
                    assert answer.status_code < 400, f"{operation}: {answer.text}"
                    said += answer.text
    finally:
        walk.attacker.headers = {}
    assert all(word in said.lower() for word in walk.attacker.words)
    assert all(str(it) in said for kind, it in walk.cast.victim.ids.items() if kind not in UNSHOWN)
