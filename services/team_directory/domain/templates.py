"""The roles that come with Parley: the thirteen of a social media team, and two that run the desk.

What each may do stands here, what each is for in `role_texts`. They are the same in every workspace
and improve with the product; whoever wants another copies one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from services.team_directory.domain.access import Access
from shared.permissions import Level, Module, Right, Sight

OWNER = "owner"
ADMINISTRATOR = "administrator"

_LETTERS = {
    "n": Level.NONE,
    "v": Level.VIEW,
    "e": Level.EDIT,
    "a": Level.APPROVE,
    "m": Level.ADMINISTER,
}

_ANSWERING = frozenset({Right.REPLY_PUBLIC, Right.REPLY_PRIVATE, Right.LIKE, Right.ASSIGN})
_MODERATING = _ANSWERING | {
    Right.HIDE,
    Right.DELETE,
    Right.BLOCK,
    Right.TAKE_OVER,
    Right.BULK,
}
_NOTHING: frozenset[Right] = frozenset()


@dataclass(frozen=True, slots=True)
class Template:
    key: str
    access: Access


def _template(
    key: str, levels: str, rights: frozenset[Right] = _NOTHING, sight: Sight = Sight.ALL
) -> Template:
    """`levels` has one letter for each module, in the order of `Module`."""
    given = {module: _LETTERS[letter] for module, letter in zip(Module, levels, strict=True)}
    return Template(key, Access(levels=given, rights=rights, sight=sight))


# Inbox, moderation, publishing, tickets, analytics, ads,
# directory, profiles, policies, connections.
_ALL = (
    _template(OWNER, "mmmmmmmmmm", frozenset(Right)),
    _template(ADMINISTRATOR, "mmmmmmmmmm", frozenset(Right)),
    _template("social_media_manager", "amaaeeemev", frozenset(Right)),
    _template("head_of_social", "aaaamammmm", frozenset(Right)),
    _template("content_creator", "vneevnvvvn"),
    _template("community_manager", "aevevvvvvn", _MODERATING),
    _template("social_analyst", "vvvvmvvvvn", frozenset({Right.EXPORT})),
    _template("paid_social_specialist", "eeeeemvvvn", _ANSWERING | {Right.HIDE}),
    _template("copywriter", "nnevvnvvvn"),
    _template("graphic_designer", "nnevnnvvvn"),
    _template("video_editor", "nnevnnvvvn"),
    _template("influencer_manager", "eneevnvvvn", _ANSWERING),
    _template("brand_manager", "vvaevvvven"),
    _template("product_manager", "vnvevnvvvn", sight=Sight.ASSIGNED),
    _template(
        "customer_service_representative",
        "envennvvvn",
        _ANSWERING | {Right.TAKE_OVER},
        Sight.TEAM,
    ),
)

TEMPLATES: Mapping[str, Template] = {template.key: template for template in _ALL}
