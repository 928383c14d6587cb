"""What each kind of account can do, as data; the API answers it and the rules enforce it."""

from datetime import timedelta

from pydantic import BaseModel

from deploy.sandbox.model import AccountKind, ItemKind

PROFILE_MEASURES = ["follower_count", "following_count", "post_count"]


class Capabilities(BaseModel):
    """One account kind. A window is in seconds; None means that there is no limit in time."""

    kind: AccountKind
    item_kinds: list[ItemKind]
    publish: bool = True
    reply: bool = True
    single_editable_reply: bool = False
    edit_own: bool = True
    hide: bool = False
    delete_own: bool = True
    delete_others: bool = False
    like: bool = False
    block: bool = False
    dm: bool = False
    dm_window_seconds: int | None = None
    private_reply: bool = False
    private_reply_window_seconds: int | None = None
    idempotency_key: bool = True
    max_text: int = 8000
    max_media: int = 10
    webhooks: bool = True
    profile_measures: list[str] = PROFILE_MEASURES
    post_measures: list[str] = []


_DAY = int(timedelta(days=1).total_seconds())

CAPABILITIES: dict[AccountKind, Capabilities] = {
    AccountKind.FULL: Capabilities(
        kind=AccountKind.FULL,
        item_kinds=[
            ItemKind.COMMENT,
            ItemKind.REPLY,
            ItemKind.MENTION,
            ItemKind.DM,
            ItemKind.REVIEW,
            ItemKind.AD_COMMENT,
            ItemKind.POST,
        ],
        hide=True,
        delete_others=True,
        like=True,
        block=True,
        dm=True,
        dm_window_seconds=_DAY,
        private_reply=True,
        private_reply_window_seconds=7 * _DAY,
        post_measures=[
            "like_count",
            "share_count",
            "comment_count",
            "view_count",
            "reached_people",
        ],
    ),
    AccountKind.MICROBLOG: Capabilities(
        kind=AccountKind.MICROBLOG,
        item_kinds=[
            ItemKind.REPLY,
            ItemKind.MENTION,
            ItemKind.QUOTE,
            ItemKind.DM,
            ItemKind.POST,
        ],
        edit_own=False,
        like=True,
        block=True,
        dm=True,
        idempotency_key=False,
        max_text=300,
        max_media=4,
        # As on the real ones: nobody is told how many have seen a post.
        post_measures=["like_count", "share_count", "comment_count", "quote_count"],
    ),
    AccountKind.REVIEWS: Capabilities(
        kind=AccountKind.REVIEWS,
        item_kinds=[ItemKind.REVIEW, ItemKind.REPLY],
        publish=False,
        single_editable_reply=True,
        max_text=4096,
        max_media=0,
        profile_measures=[],
    ),
}

SCOPES = ("read", "reply", "moderate", "message", "publish", "webhooks")
