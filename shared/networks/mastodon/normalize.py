"""What a Mastodon delivery means. Pure.

A status names its parent but not the root of its conversation, so the reader lays the root beside
it in the delivery.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from shared.networks.mastodon.html import to_text
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

_MEDIA_KINDS = {"image": "image", "gifv": "video", "video": "video", "audio": "audio"}


def status_delivery(status: Json, root: Json) -> RawDelivery:
    """A status with the id and the author of the root of its conversation."""
    state = status.get("edited_at") or status["created_at"]
    body = {"status": status, "root": {"id": root["id"], "account": root["account"]["id"]}}
    return RawDelivery(external_id=f"status:{status['id']}@{state}", kind="status", body=body)


def removed_delivery(status_id: str, at: datetime) -> RawDelivery:
    return RawDelivery(
        external_id=f"removed:{status_id}",
        kind="removed",
        body={"id": status_id, "at": at.isoformat()},
    )


def normalize(delivery: RawDelivery, account: Account) -> Sequence[Change]:
    body = delivery.body
    try:
        match delivery.kind:
            case "status":
                return [Upsert(item=_item(body["status"], body["root"], account))]
            case "removed":
                return [Removed(external_id=body["id"], at=moment(body["at"]))]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"unreadable {delivery.kind}: {error!r}") from error
    raise ValueError(f"unknown kind of delivery: {delivery.kind}")


def moment(text: str) -> datetime:
    value = datetime.fromisoformat(text)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def concerns(status: Json, me: str) -> bool:
    """Whether a status is ours, speaks to us, or quotes us."""
    return (
        status["account"]["id"] == me
        or status.get("in_reply_to_account_id") == me
        or _mentions(status, me)
        or _quotes(status, me)
    )


def _item(status: Json, root: Json, account: Account) -> Item:
    edited = moment(status["edited_at"]) if status.get("edited_at") else None
    created = moment(status["created_at"])
    private = status.get("visibility") in ("direct", "private")
    return Item(
        external_id=status["id"],
        kind=_kind(status, root, account.external_id),
        thread_id=root["id"],
        parent_id=status.get("in_reply_to_id"),
        author=_author(status["account"], account),
        text=_text(status),
        created_at=created,
        edited_at=edited,
        version=int((edited or created).timestamp() * 1000),
        media=[_media(one) for one in status.get("media_attachments") or ()],
        permalink=status.get("url") or status.get("uri"),
        visibility=Visibility.PRIVATE if private else Visibility.PUBLIC,
        outbound=status["account"]["id"] == account.external_id,
        language=status.get("language"),
        handle={
            "id": status["id"],
            "visibility": status.get("visibility", "public"),
            "account": status["account"]["id"],
            "acct": status["account"]["acct"],
            "mentions": [
                one["acct"]
                for one in status.get("mentions") or ()
                if one["id"] != account.external_id
            ],
        },
    )


def _text(status: Json) -> str:
    warning = status.get("spoiler_text") or ""
    return "\n\n".join(part for part in (warning, to_text(status.get("content") or "")) if part)


def _kind(status: Json, root: Json, me: str) -> ItemKind:
    answers = status.get("in_reply_to_id") is not None
    choices = (
        (status.get("visibility") == "direct", ItemKind.DM),
        (not answers and status["account"]["id"] == me, ItemKind.POST),
        (answers and root["account"] == me, ItemKind.COMMENT),
        (answers and status.get("in_reply_to_account_id") == me, ItemKind.REPLY),
        (_mentions(status, me), ItemKind.MENTION),
        (_quotes(status, me), ItemKind.QUOTE),
        (answers, ItemKind.REPLY),
    )
    return next((kind for holds, kind in choices if holds), ItemKind.POST)


def _mentions(status: Json, me: str) -> bool:
    return any(one["id"] == me for one in status.get("mentions") or ())


def _quotes(status: Json, me: str) -> bool:
    quoted = (status.get("quote") or {}).get("quoted_status") or {}
    return bool(quoted) and quoted["account"]["id"] == me


def _author(view: Json, account: Account) -> Author:
    acct = str(view["acct"])
    # Accounts of our own instance are named without it.
    domain = account.handle.rpartition("@")[2]
    return Author(
        external_id=view["id"],
        handle=acct if "@" in acct else f"{acct}@{domain}",
        display_name=view.get("display_name") or "",
        avatar_url=view.get("avatar"),
        profile_url=view.get("url"),
    )


def _media(one: Json) -> Media:
    return Media(
        kind=_MEDIA_KINDS.get(one.get("type", ""), "file"),
        url=one.get("url") or one.get("remote_url") or "",
        alt=one.get("description") or "",
        preview_url=one.get("preview_url"),
    )
