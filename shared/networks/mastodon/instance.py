"""What an instance says of itself, and the capabilities that follow from it."""

from datetime import date
from typing import Any

from shared.networks.capabilities import (
    Capabilities,
    Capability,
    Check,
    Condition,
    Reason,
    Source,
    Support,
)
from shared.networks.mastodon.measure import MEASURING
from shared.networks.publishing import ImageLimit, Publishing
from shared.networks.text import TextLimit, TextRule, TextUnit
from shared.networks.types import Account, Action, ItemKind, Json

_DOCS = Source(document="docs.joinmastodon.org, API methods and entities", seen=date(2026, 11, 1))
_INSTANCE = Source(document="/api/v2/instance of this server", seen=date(2026, 11, 1))
_POSTS = frozenset(
    {ItemKind.POST, ItemKind.COMMENT, ItemKind.REPLY, ItemKind.MENTION, ItemKind.QUOTE}
)
_DIRECT = frozenset({ItemKind.DM})
_MAX_CHARACTERS = 500
_URL_LENGTH = 23
_MAX_MEDIA = 4
_IMAGE_SIZE = 8_000_000
_DESCRIPTION = 1500
# An answer starts with the name of whom it answers: at most thirty characters, an @ and a space.
_MENTION = 32


def instance_facts(document: Json) -> dict[str, Any]:
    """The few facts of the instance document that we act on."""
    configuration = document.get("configuration") or {}
    statuses = configuration.get("statuses") or {}
    media = configuration.get("media_attachments") or {}
    return {
        "domain": document.get("domain") or "",
        "version": document.get("version") or "",
        "streaming": (configuration.get("urls") or {}).get("streaming") or "",
        "max_characters": statuses.get("max_characters") or _MAX_CHARACTERS,
        "url_length": statuses.get("characters_reserved_per_url") or _URL_LENGTH,
        "max_media": statuses.get("max_media_attachments") or _MAX_MEDIA,
        "image_size": media.get("image_size_limit") or _IMAGE_SIZE,
        "description_length": media.get("description_limit") or _DESCRIPTION,
    }


def capabilities(account: Account, scopes: frozenset[str]) -> Capabilities:
    facts = account.facts
    rule = TextRule(
        unit=TextUnit.GRAPHEMES,
        url_length=facts.get("url_length", _URL_LENGTH),
        mention_without_domain=True,
    )
    maximum = facts.get("max_characters", _MAX_CHARACTERS) - _MENTION
    limit = (TextLimit(rule=rule, maximum=maximum),)
    answers = [
        Capability(action=action, supported=Support.YES, kinds=kinds, text=limit, source=_INSTANCE)
        for action, kinds in ((Action.REPLY, _POSTS), (Action.SEND_MESSAGE, _DIRECT))
    ]
    whole = TextLimit(rule=rule, maximum=facts.get("max_characters", _MAX_CHARACTERS))
    described = TextLimit(
        rule=TextRule(unit=TextUnit.CODE_POINTS),
        maximum=facts.get("description_length", _DESCRIPTION),
    )
    images = ImageLimit(
        count=facts.get("max_media", _MAX_MEDIA),
        size=facts.get("image_size", _IMAGE_SIZE),
        # Servers shrink what has more pixels than this.
        side=2880,
        alt=described,
    )
    publishing = Publishing(text=(whole,), images=images)
    return _DEFAULTS.refined(*answers, scopes=scopes, publishing=publishing, measuring=MEASURING)


_OWN = Condition(
    check=Check.OWN,
    code=Reason.NOT_SUPPORTED,
    text="Mastodon lets you delete only what you wrote.",
)
_OTHERS = Condition(check=Check.OTHERS, code=Reason.NOT_SUPPORTED, text="This is your own account.")
_NOT_HIDDEN = "Mastodon cannot hide somebody else's post; block the author instead."

_DEFAULTS = Capabilities.of(
    "mastodon",
    reads=[*_POSTS, ItemKind.DM],
    actions=[
        Capability(action=Action.LIKE, supported=Support.YES, source=_DOCS),
        Capability(action=Action.UNLIKE, supported=Support.YES, source=_DOCS),
        Capability(action=Action.HIDE, supported=Support.NO, note=_NOT_HIDDEN, source=_DOCS),
        Capability(action=Action.UNHIDE, supported=Support.NO, note=_NOT_HIDDEN, source=_DOCS),
        Capability(
            action=Action.DELETE, supported=Support.CONDITIONAL, conditions=(_OWN,), source=_DOCS
        ),
        *(
            Capability(
                action=action, supported=Support.CONDITIONAL, conditions=(_OTHERS,), source=_DOCS
            )
            for action in (Action.BLOCK, Action.UNBLOCK)
        ),
    ],
)
