"""What team_directory needs from outside, as protocols; adapters/ and shared/ implement them."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol

from services.team_directory.domain.signer import Signer
from services.team_directory.domain.vault import Vault
from services.team_directory.domain.webhooks import Outcome
from shared.networks.connector import Connector
from shared.networks.refresh import Refresher


class Passwords(Protocol):
    """Slow hashing; raises `TooManyTriesError` when too many are waiting for it."""

    async def hash(self, password: str) -> str: ...

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Whether the password fits; without a hash it takes just as long and is False."""

    def is_outdated(self, password_hash: str) -> bool:
        """Whether the hash was made with weaker parameters than those of today."""


class Networks(Protocol):
    def __iter__(self) -> Iterator[Connector]:
        """Every network that this installation can reach."""

    def get(self, network: str) -> Connector:
        """The connector of a network; raises a NotFound error for an unknown one."""


class Partners(Protocol):
    def admit(self, url: str) -> None:
        """Raise `WebhookAddressError` for an address that must not be called."""

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """Call it once; whatever happens is an outcome."""


class Submission(Protocol):
    async def send(self, message: bytes) -> None:
        """Hand a message to a server that has taken its addresses; raises `MailError`."""


class Mailer(Protocol):
    def open(self, recipient: str) -> AbstractAsyncContextManager[Submission]:
        """A server that has taken sender and recipient; raises `MailError`."""


@dataclass(frozen=True, slots=True)
class MailRoom:
    """How mail leaves; `sender` is what stands in From."""

    mailer: Mailer
    sender: str
    signer: Signer


@dataclass(frozen=True, slots=True)
class Tools:
    """All of it together, as the commands take it; `public_url` is where browsers reach us.

    Without a `mail_room` this installation sends no mail.

    A refresh holds a connection to the database while a network answers, so `refreshing` lets only
    a few run at a time.
    """

    passwords: Passwords
    vault: Vault
    networks: Networks
    refresher: Refresher
    public_url: str
    partners: Partners
    mail_room: MailRoom | None = None
    refreshing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(4))
