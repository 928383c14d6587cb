"""What a Bluesky delivery means. Pure: the same post gives the same item on whichever way it came.

What a post is to us follows from the post itself, not from the notification that announced it,
since notifications get lost and threads are read back without them.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from shared.networks.bluesky.ids import AtUri
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

POST = "app.bsky.feed.post"
_WEB = "https://bsky.app/profile"


def post_delivery(view: Json) -> RawDelivery:
    """A post view (or a notification, which carries the same fields) as a delivery."""
    kept = ("uri", "cid", "author", "record", "embed", "indexedAt")
    return RawDelivery(
        external_id=f"post:{view['uri']}@{view['cid']}",
        kind="post",
        body={name: view[name] for name in kept if name in view},
    )


def removed_delivery(external_id: str, at: datetime) -> RawDelivery:
    return RawDelivery(
        external_id=f"removed:{external_id}",
        kind="removed",
        body={"id": external_id, "at": at.isoformat()},
    )


def message_delivery(convo: Json, message: Json) -> RawDelivery:
    kept = ("did", "handle", "displayName", "avatar")
    members = [{k: m[k] for k in kept if k in m} for m in convo.get("members", ())]
    return RawDelivery(
        external_id=f"message:{convo['id']}/{message['id']}",
        kind="message",
        body={"convo": convo["id"], "members": members, "message": dict(message)},
    )


def normalize(delivery: RawDelivery, account: Account) -> Sequence[Change]:
    body = delivery.body
    try:
        match delivery.kind:
            case "post":
                return [Upsert(item=_post(body, account))]
            case "message":
                return [Upsert(item=_message(body, account))]
            case "removed":
                return [Removed(external_id=body["id"], at=moment(body["at"]))]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"unreadable {delivery.kind}: {error!r}") from error
    raise ValueError(f"unknown kind of delivery: {delivery.kind}")


def moment(text: str) -> datetime:
    value = datetime.fromisoformat(text)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def permalink(uri: str) -> str:
    at = AtUri.parse(uri)
    return f"{_WEB}/{at.repo}/post/{at.rkey}"


def _post(body: Json, account: Account) -> Item:
    record, uri = body["record"], str(body["uri"])
    reply = record.get("reply") or {}
    root = reply.get("root") or {"uri": uri, "cid": body["cid"]}
    parent = reply.get("parent")
    indexed = moment(body["indexedAt"])
    languages = record.get("langs") or [None]
    outbound = body["author"]["did"] == account.external_id
    return Item(
        external_id=uri,
        kind=_kind(record, account.external_id, outbound=outbound),
        thread_id=root["uri"],
        parent_id=parent["uri"] if parent else None,
        author=_author(body["author"]),
        text=record.get("text", ""),
        created_at=_created(record, indexed),
        version=int(indexed.timestamp() * 1000),
        media=_media(body.get("embed") or {}),
        permalink=permalink(uri),
        outbound=outbound,
        language=languages[0],
        handle={"uri": uri, "cid": body["cid"], "root": dict(root)},
    )


def _created(record: Json, indexed: datetime) -> datetime:
    """`createdAt` is what the author's client claims; the future and nonsense are not believed."""
    try:
        return min(moment(record["createdAt"]), indexed)
    except (KeyError, ValueError):
        return indexed


def _kind(record: Json, me: str, *, outbound: bool) -> ItemKind:
    reply = record.get("reply")
    choices = (
        (outbound and not reply, ItemKind.POST),
        (reply and AtUri.parse(reply["root"]["uri"]).repo == me, ItemKind.COMMENT),
        (reply and AtUri.parse(reply["parent"]["uri"]).repo == me, ItemKind.REPLY),
        (_mentions(record, me), ItemKind.MENTION),
        (_quotes(record, me), ItemKind.QUOTE),
        (reply, ItemKind.REPLY),
    )
    return next((kind for holds, kind in choices if holds), ItemKind.POST)


def _mentions(record: Json, me: str) -> bool:
    return any(
        feature.get("did") == me
        for facet in record.get("facets") or ()
        for feature in facet.get("features", ())
    )


def _quotes(record: Json, me: str) -> bool:
    embed: Mapping[str, Any] = record.get("embed") or {}
    quoted = embed.get("record") or {}
    # A quote with pictures holds the reference one level deeper.
    uri = str(quoted.get("uri") or (quoted.get("record") or {}).get("uri") or "")
    return uri.startswith(f"at://{me}/{POST}/")


def _author(view: Json) -> Author:
    return Author(
        external_id=view["did"],
        handle=view.get("handle", view["did"]),
        display_name=view.get("displayName") or "",
        avatar_url=view.get("avatar"),
        profile_url=f"{_WEB}/{view['did']}",
    )


def _media(embed: Json) -> list[Media]:
    media: list[Media] = [
        Media(kind="image", url=i["fullsize"], alt=i.get("alt", ""), preview_url=i.get("thumb"))
        for i in embed.get("images", ())
    ]
    if "playlist" in embed:
        preview = embed.get("thumbnail")
        alt = embed.get("alt", "")
        media.append(Media(kind="video", url=embed["playlist"], alt=alt, preview_url=preview))
    if "external" in embed:
        card = embed["external"]
        preview, title = card.get("thumb"), card.get("title", "")
        media.append(Media(kind="link", url=card["uri"], alt=title, preview_url=preview))
    return media + (_media(embed["media"]) if "media" in embed else [])


def _message(body: Json, account: Account) -> Item:
    message = body["message"]
    sender = message["sender"]["did"]
    author = next((m for m in body["members"] if m["did"] == sender), {"did": sender})
    sent = moment(message["sentAt"])
    return Item(
        external_id=f"{body['convo']}/{message['id']}",
        kind=ItemKind.DM,
        thread_id=body["convo"],
        author=_author(author),
        text=message.get("text", ""),
        created_at=sent,
        version=int(sent.timestamp() * 1000),
        media=_media(message.get("embed") or {}),
        visibility=Visibility.PRIVATE,
        outbound=sender == account.external_id,
        handle={"convo": body["convo"]},
    )
