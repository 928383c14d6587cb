"""What the team has under way when the newcomer arrives: tags, notes, assignments."""

from datetime import UTC, datetime, timedelta
from typing import Any

from deploy.demo.desk import Desk
from deploy.demo.past import CARERS, Workplace

_TAGS = (("Warranty", "#7a5af8"), ("Size advice", "#0e9384"), ("Praise", "#f79009"))
_NOTES = (
    "The workshop says the zip is covered, also after ten years.",
    "Same question as last week: worth a line in the profile?",
    "Known to us from the trail day. Very patient, please be quick.",
)
_ENOUGH = 250


def wait_for_history(desk: Desk) -> None:
    """Until the inbox has taken in what people wrote before now."""
    desk.wait_for(_Arrival(desk), "The inbox did not take in what people wrote")


class _Arrival:
    """Whether everything that came is handled, and nothing more comes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._before = 0

    def __call__(self) -> bool | None:
        found = [each["health"] for each in self._desk.call("GET", "/inbox/profiles")]
        stored = sum(health["stored"] for health in found)
        waiting = sum(health["waiting"] for health in found)
        settled = stored >= _ENOUGH and stored == self._before and not waiting
        self._before = stored
        return settled or None


def work_through(desk: Desk, place: Workplace) -> None:
    """Tags on every fourth conversation; of the open ones some are noted, assigned or put off."""
    newest = _conversations(desk, state="open")
    tags = [
        desk.call("POST", "/inbox/tags", {"name": name, "color": color})["id"]
        for name, color in _TAGS
    ]
    _tag(desk, newest + _conversations(desk, state="handled"), tags)
    for note, conversation in zip(_NOTES, newest, strict=False):
        desk.call("POST", f"/inbox/conversations/{conversation['id']}/notes", {"body": note})
    carers = [str(place.people[role]) for role in CARERS]
    for nth, conversation in enumerate(newest[:8]):
        assign = {"kind": "assign", "assignee_id": carers[nth % len(carers)]}
        _change(desk, [conversation], assign)
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    _change(desk, newest[8:10], {"kind": "state", "state": "snoozed", "until": tomorrow})


def _conversations(desk: Desk, *, state: str) -> list[dict[str, Any]]:
    page = desk.call("GET", "/inbox/conversations", state=state, limit=200)
    items: list[dict[str, Any]] = page["items"]
    return items


def _tag(desk: Desk, conversations: list[dict[str, Any]], tags: list[str]) -> None:
    """Every fourth conversation has a tag, each tag in turn."""
    for nth, tag in enumerate(tags):
        chosen = conversations[nth :: 4 * len(tags)]
        if chosen:
            _change(desk, chosen, {"kind": "tag", "add": [tag]})


def _change(desk: Desk, conversations: list[dict[str, Any]], change: dict[str, Any]) -> None:
    items = [{"id": conversation["id"]} for conversation in conversations]
    desk.call("POST", "/inbox/conversations/bulk", {"items": items, "change": change})
