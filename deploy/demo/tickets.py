"""The tickets of the demo: what the team has delegated so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deploy.demo.desk import Desk, RefusedError
from deploy.demo.past import Workplace


@dataclass(frozen=True, slots=True)
class _Plan:
    """A ticket about what holds these words; `holder` is a role, a team or nobody."""

    words: str
    subject: str
    priority: str
    holder: str | None = None
    state: str | None = None
    tags: tuple[str, ...] = ()
    note: str | None = None


_PLANS = (
    _Plan(
        "broke on the second day",
        "Zip broke on the second day: repair or refund",
        "high",
        "customer_service_representative",
        tags=("warranty",),
        note="The workshop has a slot on Thursday. I ask for photos first.",
    ),
    _Plan(
        "Three weeks waiting", "Order not delivered for three weeks", "urgent", tags=("delivery",)
    ),
    _Plan(
        "wrong size AGAIN",
        "Wrong size sent twice: exchange",
        "high",
        "customer_service_representative",
        state="on_hold",
        tags=("exchange", "sizes"),
        note="The warehouse books the exchange on Monday.",
    ),
    _Plan(
        "又发错尺码",
        "尺码发错，需要换货",
        "normal",
        "community_manager",
        state="pending",
        tags=("exchange", "sizes"),
        note="已请客户提供订单号。",
    ),
    _Plan("back in stock", "Tell customers when it is back in stock", "normal", "team"),
    _Plan(
        "Seit drei Wochen", "Lieferung seit drei Wochen offen", "urgent", "team", tags=("delivery",)
    ),
    _Plan(
        "im Laden zurückgeben", "Returns of online orders in our shops", "low", "community_manager"
    ),
    _Plan(
        "sent a spare part",
        "May we quote the praise for the spare part?",
        "low",
        state="resolved",
        tags=("praise",),
    ),
)


def delegate(desk: Desk, place: Workplace) -> None:
    """Open tickets about what cannot be answered at once."""
    ids = {role: str(id_) for role, id_ in place.people.items()}
    delegated: set[str] = set()
    for plan in _PLANS:
        found = desk.call("GET", "/inbox/conversations", q=plan.words)["items"]
        fresh = next((each["id"] for each in found if each["id"] not in delegated), None)
        if fresh is not None:
            delegated.add(fresh)
            _open(desk, plan, fresh, {**ids, "team": str(place.team_id)})


def _open(desk: Desk, plan: _Plan, conversation_id: str, ids: Mapping[str, str]) -> None:
    holder = ids.get(plan.holder or "")
    given = {"team_id" if plan.holder == "team" else "assignee_id": holder}
    body = {
        "conversation_id": conversation_id,
        "subject": plan.subject,
        "priority": plan.priority,
        **given,
    }
    opened = desk.wait_for(
        lambda: _opened(desk, body), f"Tickets did not hear of a conversation ({plan.subject})"
    )
    path, version = f"/tickets/{opened['id']}", opened["version"]
    if plan.tags:
        version = desk.call("POST", f"{path}/tags", {"add": plan.tags})["version"]
    if plan.note:
        desk.call("POST", f"{path}/notes", {"body": plan.note})
    if plan.state:
        move = {"state": plan.state, "expected_version": version}
        desk.call("PUT", f"{path}/state", move)


def _opened(desk: Desk, body: Mapping[str, Any]) -> dict[str, Any] | None:
    """The ticket; nothing as long as only the inbox knows of the conversation."""
    try:
        opened: dict[str, Any] = desk.call("POST", "/tickets", body)
    except RefusedError as refused:
        if refused.code != "ticketing.conversation_not_found":
            raise
        return None
    return opened
