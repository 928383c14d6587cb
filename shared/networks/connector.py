"""The protocol that every network is reached through: connect, read, act, publish, measure.

Reading always yields raw deliveries, which the caller stores before it asks `normalize` what they
mean. Whatever can be decided without the network is a plain function of its arguments.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from shared.networks.capabilities import Capabilities
from shared.networks.errors import UnsupportedError
from shared.networks.measures import PostMeasures, ProfileMeasures
from shared.networks.publishing import PostDraft, Sought
from shared.networks.types import (
    Access,
    Account,
    ActionResult,
    Change,
    Command,
    Credentials,
    Item,
    Json,
    Known,
    Page,
    RawDelivery,
    Settlement,
    Target,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing to ask a person for in order to connect a profile."""

    name: str
    label: str
    help: str = ""
    secret: bool = False
    required: bool = True


class Push(StrEnum):
    """How a network tells us what is new; polling works beside each of them."""

    NONE = "none"
    STREAM = "stream"  # We hold a connection open and read from it.
    WEBHOOK = "webhook"  # The network calls us.


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What is true of a network for every account. `streams` are what `poll` can be asked for."""

    network: str
    label: str
    fields: Sequence[Field]
    streams: Sequence[str]
    push: Push


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """The profile is connected; `scopes` are what was granted."""

    account: Account
    credentials: Credentials
    scopes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """Send the person to `url`. `pending` is a secret to keep until the browser comes back.

    `state` comes back with the browser and must be the one that was given out.
    """

    url: str
    state: str
    pending: Json = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """The result of a self-test: the account as it is now, and what is wrong with it."""

    account: Account
    scopes: frozenset[str] = frozenset()
    expires_at: datetime | None = None
    problems: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRequest:
    """An inbound call: its body untouched, as signatures are over bytes; header names lowered."""

    headers: Mapping[str, str]
    body: bytes


class Connector(Protocol):
    """One network. Stateless: all it needs of an account is in `Access`.

    Every coroutine raises the errors of `shared.networks.errors` and no others for an expected
    failure. A network that has no consent page, no webhooks or no stream leaves those methods out.
    """

    manifest: Manifest

    def capabilities(self, account: Account, scopes: frozenset[str]) -> Capabilities:
        """The capability document, resolved for this account."""

    # Connecting

    async def connect(self, answers: Mapping[str, str], return_url: str) -> Connected | Redirect:
        """Start with what the person filled in; where no consent page is needed, this is all."""

    async def finish(self, pending: Json, answers: Mapping[str, str]) -> Connected:
        """Complete a redirect with the query that the browser brought back."""
        raise UnsupportedError(f"{self.manifest.label} is connected in one step.")

    async def refresh(self, credentials: Credentials) -> Credentials:
        """New credentials for old; go through `refresh.Refresher`, which runs one at a time."""

    async def inspect(self, access: Access) -> Inspection: ...

    async def revoke(self, access: Access) -> None:
        """Make the credentials useless; already useless ones are no failure."""

    # Reading

    async def subscribe(
        self, access: Access, url: str, secret: str, handshake: str | None = None
    ) -> None:
        """Have the network call `url`, signed with `secret`; doing so again replaces the secret.

        A `handshake` is shown to `url` first, which must answer the challenge that comes with it.
        """
        raise UnsupportedError(f"{self.manifest.label} sends no webhooks.")

    def verify_webhook(self, request: WebhookRequest, secrets: Sequence[str]) -> bool:
        """Whether any of the secrets signed this (several while a secret is being rotated)."""
        raise UnsupportedError(f"{self.manifest.label} sends no webhooks.")

    def parse_webhook(self, body: bytes) -> Sequence[RawDelivery]:
        raise UnsupportedError(f"{self.manifest.label} sends no webhooks.")

    async def poll(self, access: Access, stream: str, cursor: str | None) -> Page:
        """What is new since `cursor`; without one, the recent past (back-fill)."""

    def stream(self, access: Access) -> AsyncIterator[RawDelivery]:
        """Deliveries as they happen. Ends or raises when the connection ends: poll, then reopen."""
        raise UnsupportedError(f"{self.manifest.label} is polled.")

    async def thread(self, access: Access, item: Target, known: Known) -> Sequence[RawDelivery]:
        """The conversation that `item` is part of: what is there, and which of `known` are gone."""

    def normalize(self, delivery: RawDelivery, account: Account) -> Sequence[Change]:
        """What a delivery means. Pure; raises `ValueError` for a body that makes no sense."""

    # Acting

    async def act(self, access: Access, command: Command) -> ActionResult:
        """Do it. Repeating a command with the same key has one effect where the network can."""

    async def find_sent(self, access: Access, command: Command, since: datetime) -> Settlement:
        """Read back whether a command, first sent at `since`, took effect."""

    # Publishing

    async def publish(self, access: Access, draft: PostDraft) -> ActionResult:
        """Publish a post. The same key has one effect where the network can tell."""
        raise UnsupportedError(f"{self.manifest.label} takes no posts.")

    async def find_published(self, access: Access, sought: Sought) -> Settlement:
        """Read back whether a post stands on the network."""
        raise UnsupportedError(f"{self.manifest.label} takes no posts.")

    # Measuring

    async def recent_posts(self, access: Access) -> Sequence[Item]:
        """What the account published last for everybody, by whatever way, the newest first."""
        raise UnsupportedError(f"{self.manifest.label} lists no posts.")

    async def measure_profile(self, access: Access) -> ProfileMeasures:
        """What the account counts now."""
        raise UnsupportedError(f"{self.manifest.label} gives no measures.")

    async def measure_posts(self, access: Access, external_ids: Sequence[str]) -> PostMeasures:
        """What these posts of ours count now: at most `Measuring.posts_at_once` of them."""
        raise UnsupportedError(f"{self.manifest.label} gives no measures.")
