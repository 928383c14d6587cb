"""A network made of plain JSON: what is written in a delivery is what it means.

For tests of the inbound side that are about us and not about a network's shape.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from shared.networks.types import (
    Author,
    Change,
    Item,
    ItemKind,
    Media,
    RawDelivery,
    Removed,
    Upsert,
    Visibility,
)

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
US = "us"


def at(minute: float) -> datetime:
    return BEGIN + timedelta(minutes=minute)


def written(  # noqa: PLR0913 -- One keyword for each thing that differs between tests.
    item: str,
    author: str = "grace",
    text: str = "Hello",
    *,
    minute: float = 0,
    version: int = 1,
    kind: ItemKind = ItemKind.COMMENT,
    thread: str = "post",
    parent: str | None = None,
    media: Sequence[str] = (),
) -> RawDelivery:
    """Somebody wrote, or edited (a higher version) what they wrote."""
    body = {
        "id": item,
        "author": author,
        "text": text,
        "minute": minute,
        "version": version,
        "kind": kind.value,
        "thread": thread,
        "parent": parent,
        "media": list(media),
    }
    return RawDelivery(external_id=f"{item}@{version}", kind="item", body=body)


def removed(item: str, *, minute: float = 0) -> RawDelivery:
    return RawDelivery(
        external_id=f"{item}@removed", kind="removed", body={"id": item, "minute": minute}
    )


def normalize(delivery: RawDelivery) -> Sequence[Change]:
    body = delivery.body
    if delivery.kind == "removed":
        return [Removed(external_id=body["id"], at=at(body["minute"]))]
    return [Upsert(item=_item(dict(body)))]


def _item(body: dict[str, Any]) -> Item:
    kind, author = ItemKind(body["kind"]), body["author"]
    return Item(
        external_id=body["id"],
        kind=kind,
        thread_id=body["thread"],
        parent_id=body["parent"],
        author=Author(external_id=author, handle=author, display_name=author.title()),
        text=body["text"],
        created_at=at(body["minute"]),
        edited_at=at(body["minute"] + body["version"]) if body["version"] > 1 else None,
        version=body["version"],
        media=[Media(kind=one, url=f"https://media.example/{one}") for one in body["media"]],
        visibility=Visibility.PRIVATE if kind is ItemKind.DM else Visibility.PUBLIC,
        outbound=author == US,
        handle={"id": body["id"]},
    )
