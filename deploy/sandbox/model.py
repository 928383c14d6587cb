"""What the network consists of: people, accounts, posts and everything written under them.

Plain pydantic models, so that the whole world is one JSON document: a snapshot, a read-back for
tests and the event payload are the same shape.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, Field


class AccountKind(StrEnum):
    """Three families of network: everything possible, short public posts, reviews only."""

    FULL = "full"
    MICROBLOG = "microblog"
    REVIEWS = "reviews"


class ItemKind(StrEnum):
    POST = "post"
    COMMENT = "comment"
    REPLY = "reply"
    MENTION = "mention"
    QUOTE = "quote"
    DM = "dm"
    REVIEW = "review"
    AD_COMMENT = "ad_comment"


class Person(BaseModel):
    id: str
    name: str
    handle: str
    language: str = "en"
    followers: int = 0


class Account(BaseModel):
    """A brand's presence on the network; what it may do follows from its kind.

    `access_code` opens the account without a consent page, like an app password. `followers` are
    those at `opened_at`; from then on they become more, where that moment is known.
    """

    id: str
    kind: AccountKind
    name: str
    handle: str
    about: str = ""
    followers: int = 0
    following: int = 0
    opened_at: datetime | None = None
    blocked: list[str] = Field(default_factory=list)
    rate_limit: int = 600
    access_code: str = ""


class Ad(BaseModel):
    id: str
    account_id: str
    title: str
    post_id: str


class Media(BaseModel):
    url: str
    type: str = "image"
    alt: str = ""


class Draft(BaseModel):
    """What its writer decides about an item; without a thread it starts its own."""

    account_id: str
    kind: ItemKind
    author_id: str
    text: str
    thread_id: str | None = None
    post_id: str | None = None
    parent_id: str | None = None
    ad_id: str | None = None
    private_reply_to: str | None = None
    rating: int | None = None
    media: list[Media] = Field(default_factory=list)
    client_key: str | None = None


class Item(Draft):
    """Anything written, as the network keeps it; `seq` is its place in the world's order.

    `revision` rises with every change, so that of two states of an item the later one is known.
    """

    id: str
    seq: int
    revision: int = 0
    created_at: datetime
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    hidden_at: datetime | None = None
    liked_by: list[str] = Field(default_factory=list)
    shared_by: list[str] = Field(default_factory=list)


class Thread(BaseModel):
    """A conversation: a post with all below it, a mention, a quote, a review, or messages.

    Its id is that of the item it started with; a thread of messages has an id of its own, and is
    the only kind that belongs to one person.
    """

    id: str
    account_id: str
    kind: ItemKind
    person_id: str | None = None


class EventType(StrEnum):
    CREATED = "item.created"
    EDITED = "item.edited"
    DELETED = "item.deleted"
    HIDDEN = "item.hidden"
    UNHIDDEN = "item.unhidden"
    LIKED = "item.liked"
    UNLIKED = "item.unliked"
    SHARED = "item.shared"
    BLOCKED = "person.blocked"
    UNBLOCKED = "person.unblocked"


class Event(BaseModel):
    """One entry of an account's feed; `echo` marks what the account itself did."""

    seq: int
    id: str
    account_id: str
    type: EventType
    occurred_at: datetime
    actor_id: str
    echo: bool
    data: dict[str, Any]


class Grant(BaseModel):
    """What an owner allowed an application: access tokens expire, refresh tokens rotate."""

    id: str
    account_id: str
    client_id: str
    scopes: list[str]
    refresh_token: str
    used_refresh_tokens: list[str] = Field(default_factory=list)
    access_tokens: dict[str, datetime] = Field(default_factory=dict)
    revoked: bool = False


class Subscription(BaseModel):
    id: str
    account_id: str
    url: str
    secret: str


class Upload(BaseModel):
    """A picture; `content` is in base64."""

    content_type: str
    content: str


class State(BaseModel):
    """The whole world; saved on shutdown and read back at the next start."""

    seed: int = 1
    counter: int = 0
    people: dict[str, Person] = Field(default_factory=dict)
    accounts: dict[str, Account] = Field(default_factory=dict)
    ads: dict[str, Ad] = Field(default_factory=dict)
    items: dict[str, Item] = Field(default_factory=dict)
    threads: dict[str, Thread] = Field(default_factory=dict)
    events: list[Event] = Field(default_factory=list)
    grants: dict[str, Grant] = Field(default_factory=dict)
    subscriptions: dict[str, Subscription] = Field(default_factory=dict)
    idempotency: dict[str, str] = Field(default_factory=dict)
    uploads: dict[str, Upload] = Field(default_factory=dict)
