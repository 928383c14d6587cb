"""What a post says on one profile, and whether it can stand there."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from shared.errors import NotFoundError
from shared.events.team_directory import ProfileState
from shared.networks.capabilities import Capabilities
from shared.networks.publishing import Issue, check_post
from shared.networks.types import Account
from shared.profiles.access import Networks

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of the library as a post shows it."""

    asset_id: UUID
    alt: str = ""

    def to_json(self) -> dict[str, str]:
        return {"asset_id": str(self.asset_id), "alt": self.alt}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Picture":
        return cls(asset_id=UUID(data["asset_id"]), alt=data["alt"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    text: str
    pictures: Sequence[Picture] = ()

    @property
    def fingerprint(self) -> str:
        """The same for what a reader would take for the same post."""
        words = " ".join(self.text.casefold().split())
        shown = ",".join(str(picture.asset_id) for picture in self.pictures)
        return hashlib.sha256(f"{words}\n{shown}".encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something about the version for one profile; an error keeps it from being published."""

    profile_id: UUID
    severity: str
    issue: Issue


class Connection(Protocol):
    """The fields of a profile that say what it can take."""

    @property
    def id(self) -> UUID: ...
    @property
    def network(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def account(self) -> dict[str, Any] | None: ...
    @property
    def scopes(self) -> list[str]: ...


def may_publish(state: ProfileState) -> bool:
    """Only a connected profile takes posts; the others say why in their state."""
    return state is ProfileState.CONNECTED


def capabilities_of(networks: Networks, profile: Connection) -> Capabilities | None:
    """What the profile can do; None until its account was read, or when nothing reaches it."""
    if profile.account is None:
        return None
    try:
        connector = networks.get(profile.network)
    except NotFoundError:
        return None
    return connector.capabilities(Account(**profile.account), frozenset(profile.scopes))


def remarks(networks: Networks, profile: Connection, content: Content) -> list[Remark]:
    """What the network would say about this content, counted as the network counts."""
    if not may_publish(ProfileState(profile.state)):
        return [_remark(profile, "not_connected", "This profile is not connected.")]
    able = capabilities_of(networks, profile)
    if able is None:
        return [_remark(profile, "not_ready", "This profile is still being looked at.")]
    issues = check_post(able.publishing, able.scopes, content.text, content.pictures)
    return [Remark(profile_id=profile.id, severity=ERROR, issue=issue) for issue in issues]


def _remark(profile: Connection, code: str, text: str) -> Remark:
    issue = Issue(field="profile", code=code, text=text)
    return Remark(profile_id=profile.id, severity=ERROR, issue=issue)
