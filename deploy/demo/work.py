"""What the team has done before the newcomer arrives: tags, notes, assignments, handled items."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from deploy.demo.desk import Desk

_TAGS = (("Warranty", "#7a5af8"), ("Size advice", "#0e9384"), ("Praise", "#f79009"))
_NOTES = (
    "The workshop says the zip is covered, also after ten years.",
    "Same question as last week: worth a line in the profile?",
    "Known to us from the trail day. Very patient, please be quick.",
)
_ENOUGH = 30
_OPEN_SHARE = 3


def work_through(desk: Desk, members: Mapping[str, str]) -> None:
    """Leave the newest third open; the rest is assigned, tagged, noted or handled."""
    conversations = desk.wait_for(_Arrival(desk))
    if conversations is None:
        return
    tags = [
        desk.call("POST", "/inbox/tags", {"name": name, "color": color})["id"]
        for name, color in _TAGS
    ]
    newest, older = _split(conversations)
    _handle(desk, older)
    _tag(desk, older + newest, tags)
    for note, conversation in zip(_NOTES, newest, strict=False):
        desk.call("POST", f"/inbox/conversations/{conversation['id']}/notes", {"body": note})
    carers = [members["community_manager"], members["customer_service_representative"]]
    for place, conversation in enumerate(newest[:8]):
        _change(
            desk,
            [conversation],
            {"kind": "assign", "assignee_id": carers[place % len(carers)]},
        )
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    _change(desk, newest[8:10], {"kind": "state", "state": "snoozed", "until": tomorrow})


class _Arrival:
    """The conversations, once the back-fill has brought many and brings no more."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._before = 0

    def __call__(self) -> list[dict[str, Any]] | None:
        items: list[dict[str, Any]] = self._desk.call("GET", "/inbox/conversations", limit=200)[
            "items"
        ]
        settled = len(items) >= _ENOUGH and len(items) == self._before
        self._before = len(items)
        return items if settled else None


def _split(
    conversations: list[dict[str, Any]],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    middle = max(len(conversations) // _OPEN_SHARE, 12)
    return conversations[:middle], conversations[middle:]


def _handle(desk: Desk, conversations: list[dict[str, Any]]) -> None:
    if conversations:
        _change(desk, conversations, {"kind": "state", "state": "handled"})


def _tag(desk: Desk, conversations: list[dict[str, Any]], tags: list[str]) -> None:
    """Every fourth conversation has a tag, each tag in turn."""
    for place, tag in enumerate(tags):
        chosen = conversations[place :: 4 * len(tags)]
        if chosen:
            _change(desk, chosen, {"kind": "tag", "add": [tag]})


def _change(desk: Desk, conversations: list[dict[str, Any]], change: dict[str, Any]) -> None:
    items = [{"id": conversation["id"]} for conversation in conversations]
    desk.call("POST", "/inbox/conversations/bulk", {"items": items, "change": change})
