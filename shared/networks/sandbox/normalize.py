"""What a sandbox delivery means. Pure: one state of an item is one delivery on whichever way."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from shared.networks.types import (
    Account,
    Author,
    Change,
    Item,
    ItemKind,
    Json,
    Media,
    RawDelivery,
    Removed,
    Upsert,
    Visibility,
)


def item_delivery(body: Json) -> RawDelivery:
    """An item as it stands, or the tombstone of one that is gone."""
    gone = body.get("deleted_at") is not None
    return RawDelivery(
        external_id=f"{body['id']}@{body['revision']}",
        kind="removed" if gone else "item",
        body=dict(body),
    )


def event_delivery(event: Json) -> RawDelivery:
    """An event of the feed or of a webhook; what does not concern an item is kept as it is."""
    item = event["data"].get("item")
    if item is not None:
        return item_delivery(item)
    return RawDelivery(external_id=str(event["id"]), kind="notice", body=dict(event))


def normalize(delivery: RawDelivery, account: Account) -> Sequence[Change]:
    body = delivery.body
    try:
        match delivery.kind:
            case "item":
                return [Upsert(item=_item(body, account))]
            case "removed":
                return [Removed(external_id=body["id"], at=_moment(body["deleted_at"]))]
            case "notice":
                return []
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"unreadable {delivery.kind}: {error!r}") from error
    raise ValueError(f"unknown kind of delivery: {delivery.kind}")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _item(body: Json, account: Account) -> Item:
    author, edited = body["author"], body.get("edited_at")
    private = body["kind"] == "dm"
    return Item(
        external_id=body["id"],
        kind=_kind(body),
        thread_id=body["thread_id"],
        parent_id=body.get("parent_id") or body.get("private_reply_to"),
        author=_author(author, account.base_url),
        text=body["text"],
        created_at=_moment(body["created_at"]),
        edited_at=_moment(edited) if edited else None,
        version=int(body["revision"]),
        media=[_media(one, account.base_url) for one in body.get("media", ())],
        permalink=None if private else account.base_url + body["permalink"],
        visibility=Visibility.PRIVATE if private else Visibility.PUBLIC,
        outbound=author["id"] == account.external_id,
        rating=body.get("rating"),
        ad_id=body.get("ad_id"),
        language=author.get("language"),
        handle={"thread": body["thread_id"], "post": body.get("post_id")},
    )


def _kind(body: Json) -> ItemKind:
    kind = ItemKind(body["kind"])
    if kind is ItemKind.REPLY and body["thread_kind"] == "post":
        # Below a post of ours it is a comment to us, however deep, and whatever it is called.
        return ItemKind.AD_COMMENT if body.get("ad_id") else ItemKind.COMMENT
    return kind


def _author(body: Json, base_url: str) -> Author:
    return Author(
        external_id=body["id"],
        handle=body["handle"],
        display_name=body.get("name", ""),
        avatar_url=base_url + body["avatar_path"],
    )


def _media(body: dict[str, Any], base_url: str) -> Media:
    url = body["url"]
    return Media(
        kind=body.get("type", "image"),
        url=base_url + url if url.startswith("/") else url,
        alt=body.get("alt", ""),
    )
