"""What a sandbox account can do, read from what the network says of its kind."""

from collections.abc import Iterator
from datetime import date

from shared.networks.capabilities import (
    Capabilities,
    Capability,
    Check,
    Condition,
    Reason,
    Source,
    Support,
)
from shared.networks.publishing import ImageLimit, Publishing
from shared.networks.sandbox.measure import measuring
from shared.networks.text import TextLimit, TextRule, TextUnit
from shared.networks.types import Action, ItemKind, Json

_SOURCE = Source(document="deploy/sandbox/README.md", seen=date(2026, 11, 1))
_DIRECT = frozenset({ItemKind.DM})
_COMMENTS = frozenset({ItemKind.COMMENT, ItemKind.AD_COMMENT})
_PUBLIC = frozenset(ItemKind) - _DIRECT
_OTHERS = Condition(
    check=Check.OTHERS, code=Reason.NOT_SUPPORTED, text="This was written by your own account."
)


def capabilities(facts: Json, scopes: frozenset[str]) -> Capabilities:
    reads = {ItemKind(kind) for kind in facts.get("item_kinds", ())}
    if ItemKind.REPLY in reads and ItemKind.POST in reads:
        # Replies below our own posts are comments to us, whatever the network calls them.
        reads.add(ItemKind.COMMENT)
    known = Capabilities.of("sandbox", reads, list(_actions(facts)), scopes).refined(
        measuring=measuring(facts)
    )
    if not facts.get("publish", True):
        return known
    images = ImageLimit(
        count=facts.get("max_media", 10), size=2_000_000, alt=_text_limit(1500), side=4096
    )
    return known.refined(
        publishing=Publishing(text=_limit(facts), images=images, scope="publish"),
    )


def _actions(facts: Json) -> Iterator[Capability]:
    text = _limit(facts)
    yield Capability(
        action=Action.REPLY,
        supported=Support.YES,
        kinds=_PUBLIC,
        conditions=(_scope("reply"),),
        text=text,
        source=_SOURCE,
        note="A second answer to a review replaces the first."
        if facts.get("single_editable_reply")
        else "",
    )
    yield Capability(
        action=Action.SEND_MESSAGE,
        supported=_support(facts.get("dm")),
        kinds=_DIRECT | (_COMMENTS if facts.get("private_reply") else frozenset()),
        conditions=(_scope("message"), *_windows(facts)),
        text=text,
        source=_SOURCE,
    )
    for action in (Action.LIKE, Action.UNLIKE):
        yield _plain(action, facts.get("like"), "reply", frozenset(ItemKind))
    for action in (Action.HIDE, Action.UNHIDE):
        yield _plain(action, facts.get("hide"), "moderate", _COMMENTS)
    yield Capability(
        action=Action.DELETE,
        supported=Support.CONDITIONAL,
        kinds=_PUBLIC if facts.get("delete_others") else frozenset(),
        conditions=(_scope("moderate"), *_own_only(facts)),
        source=_SOURCE,
    )
    for action in (Action.BLOCK, Action.UNBLOCK):
        yield Capability(
            action=action,
            supported=_support(facts.get("block")),
            conditions=(_scope("moderate"), _OTHERS),
            source=_SOURCE,
        )


def _plain(action: Action, offered: object, scope: str, kinds: frozenset[ItemKind]) -> Capability:
    return Capability(
        action=action,
        supported=_support(offered),
        kinds=kinds,
        conditions=(_scope(scope),),
        source=_SOURCE,
    )


def _support(offered: object) -> Support:
    return Support.CONDITIONAL if offered else Support.NO


def _scope(name: str) -> Condition:
    return Condition(
        check=Check.SCOPE,
        code=Reason.SCOPE_MISSING,
        scope=name,
        text="The owner of the account did not allow this; connect it again.",
    )


def _own_only(facts: Json) -> tuple[Condition, ...]:
    if facts.get("delete_others"):
        return ()
    text = "Only what your own account wrote can be deleted here."
    return (Condition(check=Check.OWN, code=Reason.NOT_SUPPORTED, text=text),)


def _windows(facts: Json) -> Iterator[Condition]:
    if facts.get("dm_window_seconds"):
        yield Condition(
            check=Check.WINDOW,
            code=Reason.WINDOW_CLOSED,
            seconds=facts["dm_window_seconds"],
            kinds=_DIRECT,
            text="Messages can be answered only within 24 hours of the person's last one.",
        )
    if facts.get("private_reply"):
        yield Condition(
            check=Check.AGE,
            code=Reason.TOO_OLD,
            seconds=facts["private_reply_window_seconds"],
            kinds=_COMMENTS,
            text="A comment can be answered privately only within seven days.",
        )


def _limit(facts: Json) -> tuple[TextLimit, ...]:
    return (_text_limit(facts.get("max_text", 8000)),)


def _text_limit(maximum: int) -> TextLimit:
    return TextLimit(rule=TextRule(unit=TextUnit.CODE_POINTS), maximum=maximum)
