"""What Bluesky offers, as data."""

from datetime import date

from shared.networks.bluesky.auth import MESSAGES
from shared.networks.bluesky.measure import MEASURING
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
from shared.networks.text import TextLimit, TextRule, TextUnit
from shared.networks.types import Action, ItemKind

_LEXICON = Source(document="AT Protocol lexicons, @atproto/api", seen=date(2026, 11, 1))
_POSTS = frozenset(
    {ItemKind.POST, ItemKind.COMMENT, ItemKind.REPLY, ItemKind.MENTION, ItemKind.QUOTE}
)
_DIRECT = frozenset({ItemKind.DM})


def _limits(graphemes: int, size: int) -> tuple[TextLimit, ...]:
    return (
        TextLimit(rule=TextRule(unit=TextUnit.GRAPHEMES), maximum=graphemes),
        TextLimit(rule=TextRule(unit=TextUnit.BYTES), maximum=size),
    )


def for_scopes(scopes: frozenset[str]) -> Capabilities:
    """The document for what an app password allows: without its consent no message is read."""
    known = _DEFAULTS.refined(scopes=scopes)
    if MESSAGES in scopes:
        return known
    return known.model_copy(update={"reads": known.reads - _DIRECT})


_OWN_THREAD = Condition(
    check=Check.OWN_THREAD,
    code=Reason.NOT_SUPPORTED,
    text="On Bluesky replies can be hidden only below your own posts.",
)

_DEFAULTS = Capabilities.of(
    "bluesky",
    reads=[*_POSTS, ItemKind.DM],
    actions=[
        Capability(
            action=Action.REPLY,
            supported=Support.YES,
            kinds=_POSTS,
            text=_limits(300, 3000),
            source=_LEXICON,
        ),
        Capability(
            action=Action.SEND_MESSAGE,
            supported=Support.CONDITIONAL,
            kinds=_DIRECT,
            text=_limits(1000, 10000),
            conditions=(
                Condition(
                    check=Check.SCOPE,
                    code=Reason.SCOPE_MISSING,
                    scope=MESSAGES,
                    text="The app password does not allow direct messages; connect with one"
                    " that does.",
                ),
            ),
            source=_LEXICON,
        ),
        Capability(action=Action.LIKE, supported=Support.YES, kinds=_POSTS, source=_LEXICON),
        Capability(action=Action.UNLIKE, supported=Support.YES, kinds=_POSTS, source=_LEXICON),
        Capability(
            action=Action.HIDE,
            supported=Support.CONDITIONAL,
            kinds=_POSTS,
            conditions=(_OWN_THREAD,),
            source=_LEXICON,
        ),
        Capability(
            action=Action.UNHIDE,
            supported=Support.CONDITIONAL,
            kinds=_POSTS,
            conditions=(_OWN_THREAD,),
            source=_LEXICON,
        ),
        Capability(
            action=Action.DELETE,
            supported=Support.CONDITIONAL,
            kinds=_POSTS,
            conditions=(
                Condition(
                    check=Check.OWN,
                    code=Reason.NOT_SUPPORTED,
                    text="Bluesky lets you delete only what you wrote; hide it instead.",
                ),
            ),
            source=_LEXICON,
        ),
        *(
            Capability(
                action=action,
                supported=Support.CONDITIONAL,
                conditions=(
                    Condition(
                        check=Check.OTHERS,
                        code=Reason.NOT_SUPPORTED,
                        text="This is your own account.",
                    ),
                ),
                source=_LEXICON,
            )
            for action in (Action.BLOCK, Action.UNBLOCK)
        ),
    ],
).refined(
    publishing=Publishing(
        text=_limits(300, 3000),
        # Newer servers take two million bytes, older ones one.
        images=ImageLimit(count=4, size=1_000_000, side=2000, alt=_limits(2000, 20_000)[0]),
    ),
    measuring=MEASURING,
)
