"""The frozen values that cross the border between Parley and a social network.

They are the same for every network; what only one network understands travels in opaque JSON
(`Credentials.data`, `Account.facts`, `Item.handle`) which nobody but its connector reads.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

Json = Mapping[str, Any]


class ItemKind(StrEnum):
    """What somebody wrote, seen from our account."""

    POST = "post"  # What a conversation started with; mostly a publication of ours.
    COMMENT = "comment"  # Below something that we published.
    REPLY = "reply"  # An answer to us in somebody else's conversation.
    MENTION = "mention"
    QUOTE = "quote"
    DM = "dm"
    REVIEW = "review"
    AD_COMMENT = "ad_comment"


class Visibility(StrEnum):
    PUBLIC = "public"
    PRIVATE = "private"  # Not for everybody: only for those addressed, or for followers.


class Action(StrEnum):
    """What a person of the team can do to an item on its network."""

    REPLY = "reply"
    SEND_MESSAGE = "send_message"
    LIKE = "like"
    UNLIKE = "unlike"
    HIDE = "hide"
    UNHIDE = "unhide"
    DELETE = "delete"
    BLOCK = "block"
    UNBLOCK = "unblock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What opens an account. A secret: kept out of `repr`, never logged, never on the bus."""

    data: Json = field(repr=False)
    expires_at: datetime | None = None
    refreshable: bool = False

    def is_due(self, now: datetime, margin: timedelta = timedelta(minutes=5)) -> bool:
        """Whether to refresh before the next call; refreshing earlier wears out rotating tokens."""
        return self.refreshable and self.expires_at is not None and now >= self.expires_at - margin


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A connected account as its network describes it.

    `base_url` is the server to talk to (a Mastodon instance, a Bluesky PDS); `facts` are what that
    server says of itself, from which the capabilities of this account are resolved.
    """

    external_id: str
    handle: str
    base_url: str
    display_name: str = ""
    avatar_url: str | None = None
    profile_url: str | None = None
    facts: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """An account together with what opens it: the first argument of every call to a network."""

    account: Account
    credentials: Credentials


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    external_id: str
    handle: str
    display_name: str = ""
    avatar_url: str | None = None
    profile_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    kind: str  # image, video, audio, link or file
    url: str
    alt: str = ""
    preview_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """As much of a stored item as is needed to act on it and to say whether that is possible.

    `done` are the actions that already stand on the network; `last_inbound_at` is when the customer
    last wrote in the conversation, from which messaging windows are counted.
    """

    external_id: str
    kind: ItemKind
    thread_id: str
    created_at: datetime
    handle: Json
    visibility: Visibility = Visibility.PUBLIC
    outbound: bool = False
    author: Author | None = None
    last_inbound_at: datetime | None = None
    done: frozenset[Action] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that somebody wrote.

    `version` orders the states of one item: of two, the greater wins, whatever came first.
    `outbound` marks what our own account wrote (an echo of ours, or written in the network's app).
    `handle` is what the connector needs to answer this item later.
    """

    external_id: str
    kind: ItemKind
    thread_id: str
    author: Author
    text: str
    created_at: datetime
    version: int
    parent_id: str | None = None
    media: Sequence[Media] = ()
    edited_at: datetime | None = None
    permalink: str | None = None
    visibility: Visibility = Visibility.PUBLIC
    outbound: bool = False
    rating: int | None = None
    ad_id: str | None = None
    language: str | None = None
    handle: Json = field(default_factory=dict)

    def target(self) -> Target:
        return Target(
            external_id=self.external_id,
            kind=self.kind,
            thread_id=self.thread_id,
            created_at=self.created_at,
            handle=self.handle,
            visibility=self.visibility,
            outbound=self.outbound,
            author=self.author,
        )


def published(changes: Iterable["Change"]) -> list[Item]:
    """Of what was read, the posts that our account has put before everybody."""
    items = [change.item for change in changes if isinstance(change, Upsert)]
    return [
        item
        for item in items
        if item.kind is ItemKind.POST and item.outbound and item.visibility is Visibility.PUBLIC
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Upsert:
    """The item is there, and looks like this."""

    item: Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """The item is gone; what the network still sends late must not bring it back."""

    external_id: str
    at: datetime


Change = Upsert | Removed


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDelivery:
    """What a network handed over, before anybody looked at it closely.

    `external_id` is unique within a profile and the same for the same state of the same thing, on
    whichever way it came (webhook, poll, stream, thread), so that it is stored once.
    """

    external_id: str
    kind: str
    body: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimit:
    """What the network said about how much is left; `reset_at` is when it is full again."""

    limit: int
    remaining: int
    reset_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One step of a poll. `cursor` is where the next one starts; store it with the deliveries."""

    deliveries: Sequence[RawDelivery]
    cursor: str | None
    more: bool = False
    rate: RateLimit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing to do on a network. `key` is chosen once and kept over every repetition."""

    key: UUID
    action: Action
    target: Target
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionResult:
    """It stands on the network. `external_id` is that of what was made (a reply, a like)."""

    external_id: str | None
    at: datetime
    permalink: str | None = None
    rate: RateLimit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Reading back showed that the command took effect."""

    result: ActionResult


@dataclass(frozen=True, slots=True)
class NotFound:
    """Reading back showed that it did not: it may be sent again."""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Reading back could not tell; ask again later, or let a person decide."""


Settlement = Found | NotFound | Unsettled

Known = Collection[str]
"""External ids that we hold as present in a thread; those that are gone come back as removed."""
