"""Whether an action is possible on an item now: rights, the profile, the item, the network."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from services.inbox.domain.action import NETWORK_ACTION, RIGHT
from shared.errors import NotFoundError
from shared.events.inbox import ActionKind
from shared.events.team_directory import ProfileState
from shared.identity import Identity
from shared.networks.capabilities import Capabilities, Refused
from shared.networks.types import Account, Action, Author, ItemKind, Target, Visibility
from shared.profiles.access import Networks

Json = Mapping[str, Any]


class Written(Protocol):
    """The fields of a stored interaction that say what can be done to it."""

    @property
    def external_id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def direction(self) -> str: ...
    @property
    def visibility(self) -> str: ...
    @property
    def author(self) -> Json: ...
    @property
    def handle(self) -> Json: ...
    @property
    def written_at(self) -> datetime: ...
    @property
    def removed_at(self) -> datetime | None: ...
    @property
    def hidden_at(self) -> datetime | None: ...
    @property
    def liked_at(self) -> datetime | None: ...


class Connection(Protocol):
    """The fields of a profile that say what it can do."""

    @property
    def network(self) -> str: ...
    @property
    def external_id(self) -> str: ...
    @property
    def handle(self) -> str: ...
    @property
    def base_url(self) -> str | None: ...
    @property
    def state(self) -> str: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def account(self) -> Json | None: ...
    @property
    def scopes(self) -> list[str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an item stands, and what is true of its author."""

    thread_id: str
    last_inbound_at: datetime | None
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    code: str
    text: str


_NO_RIGHT = Refusal("permission_missing", "Your role does not allow this.")
_REMOVED = Refusal("removed", "This is no longer on the network.")

ITEM_ACTIONS = tuple(kind for kind in ActionKind if kind is not ActionKind.MESSAGE)


def account_of(profile: Connection) -> Account:
    """The account as the network described it, or what is known before it did."""
    known = profile.account or {}
    return Account(
        external_id=profile.external_id,
        handle=profile.handle,
        base_url=profile.base_url or known.get("base_url", ""),
        facts=known.get("facts", {}),
    )


def capabilities_of(networks: Networks, profile: Connection) -> Capabilities:
    """What the account can do; nothing on a network that this installation does not reach."""
    try:
        connector = networks.get(profile.network)
    except NotFoundError:
        return Capabilities.of(profile.network, reads=(), actions=())
    return connector.capabilities(account_of(profile), frozenset(profile.scopes))


def target_of(item: Written, place: Place) -> Target:
    done = {
        Action.LIKE: item.liked_at is not None,
        Action.UNLIKE: item.liked_at is None,
        Action.HIDE: item.hidden_at is not None,
        Action.UNHIDE: item.hidden_at is None,
        Action.DELETE: item.removed_at is not None,
        Action.BLOCK: place.blocked,
        Action.UNBLOCK: not place.blocked,
    }
    return Target(
        external_id=item.external_id,
        kind=ItemKind(item.kind),
        thread_id=place.thread_id,
        created_at=item.written_at,
        handle=item.handle,
        visibility=Visibility(item.visibility),
        outbound=item.direction == "outbound",
        author=_author(item.author),
        last_inbound_at=place.last_inbound_at,
        done=frozenset(action for action, is_done in done.items() if is_done),
    )


def _author(known: Json) -> Author:
    return Author(
        external_id=known.get("external_id", ""),
        handle=known.get("handle", ""),
        display_name=known.get("display_name", ""),
        avatar_url=known.get("avatar_url"),
        profile_url=known.get("profile_url"),
    )


def reply_kind(item: Written, *, private: bool) -> ActionKind:
    """In a private thread an answer is a message; in public it may be public or private."""
    if item.visibility == Visibility.PRIVATE:
        return ActionKind.MESSAGE
    return ActionKind.PRIVATE_REPLY if private else ActionKind.REPLY


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges the items of one profile for one person."""

    identity: Identity
    profile: Connection
    capabilities: Capabilities
    now: datetime

    def refusal(self, kind: ActionKind, item: Written, place: Place) -> Refusal | None:
        """Why it cannot be done; None when it can."""
        if RIGHT[kind] not in self.identity.rights:
            return _NO_RIGHT
        if self.profile.state != ProfileState.CONNECTED:
            reason = self.profile.reason or "This profile is not connected."
            return Refusal("profile_not_connected", reason)
        if item.removed_at is not None:
            return _REMOVED
        verdict = self.capabilities.can(NETWORK_ACTION[kind], target_of(item, place), self.now)
        return Refusal(verdict.code, verdict.text) if isinstance(verdict, Refused) else None

    def closes_at(self, kind: ActionKind, item: Written, place: Place) -> datetime | None:
        """When time alone will make it impossible."""
        return self.capabilities.closes_at(NETWORK_ACTION[kind], target_of(item, place))

    def text_refusal(self, kind: ActionKind, text: str) -> Refusal | None:
        verdict = self.capabilities.check_text(NETWORK_ACTION[kind], text)
        return Refusal(verdict.code, verdict.text) if isinstance(verdict, Refused) else None
