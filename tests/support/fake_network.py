"""A network in memory that fails exactly as it is told, and a directory that opens it.

It keeps its own ledger of what took effect, so that a test can compare it with ours.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from typing_extensions import override

from shared.clock import Clock
from shared.networks.capabilities import (
    Capabilities,
    Capability,
    Condition,
    Reason,
    Source,
    Support,
)
from shared.networks.capabilities import Check as When
from shared.networks.connector import (
    Connected,
    Connector,
    Inspection,
    Manifest,
    Push,
    Redirect,
)
from shared.networks.errors import AmbiguousError, AuthRevokedError
from shared.networks.text import TextLimit, TextRule, TextUnit
from shared.networks.types import (
    Access,
    Account,
    Action,
    ActionResult,
    Change,
    Command,
    Credentials,
    Found,
    ItemKind,
    Known,
    NotFound,
    Page,
    RawDelivery,
    Settlement,
    Target,
)
from shared.profiles.access import Directory, Networks, Opened

_SOURCE = Source(document="tests", seen=datetime(2026, 1, 1, tzinfo=UTC).date())
_LIMIT = TextLimit(rule=TextRule(unit=TextUnit.GRAPHEMES), maximum=100)


@dataclass(frozen=True, slots=True)
class Before:
    """Fails although nothing was done."""

    error: Exception


@dataclass(frozen=True, slots=True)
class After:
    """Does it, and then fails."""

    error: Exception


@dataclass(frozen=True, slots=True)
class Late:
    """Says nothing, and does it only after a while."""

    delay: timedelta


@dataclass(frozen=True, slots=True)
class Hang:
    """Never answers, so that the worker can be ended in the middle of its call."""

    with_effect: bool


Manner = Before | After | Late | Hang


class FakeConnector(Connector):
    """`script` is what happens to the next calls of `act`; when it is empty, all goes well.

    `hanging` is set while a call hangs. An effect happens at most once for each call.
    """

    manifest = Manifest(
        network="fake", label="Fake", fields=(), streams=("events",), push=Push.NONE
    )

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.script: list[Manner] = []
        self.hanging = asyncio.Event()
        self._coming: list[tuple[datetime, UUID]] = []
        self.findings: list[Settlement | Exception] = []
        self.effects: Counter[UUID] = Counter()
        self.commands: list[Command] = []
        self.tokens: list[str] = []

    @override
    def capabilities(self, account: Account, scopes: frozenset[str]) -> Capabilities:
        window = Condition(
            check=When.WINDOW, code=Reason.WINDOW_CLOSED, text="Too late.", seconds=86_400
        )
        own = Condition(check=When.OWN, code=Reason.NOT_SUPPORTED, text="Only your own.")
        public = frozenset({ItemKind.COMMENT, ItemKind.MENTION, ItemKind.REPLY})
        yes = set(Action) - {Action.REPLY, Action.SEND_MESSAGE, Action.DELETE}
        simple = [
            Capability(action=action, supported=Support.YES, source=_SOURCE) for action in yes
        ]
        return Capabilities.of(
            "fake",
            reads=(),
            actions=[
                *simple,
                Capability(
                    action=Action.REPLY,
                    supported=Support.YES,
                    source=_SOURCE,
                    kinds=public,
                    text=(_LIMIT,),
                ),
                Capability(
                    action=Action.SEND_MESSAGE,
                    supported=Support.CONDITIONAL,
                    source=_SOURCE,
                    conditions=(window,),
                    text=(_LIMIT,),
                ),
                Capability(
                    action=Action.DELETE,
                    supported=Support.CONDITIONAL,
                    source=_SOURCE,
                    conditions=(own,),
                ),
            ],
        )

    @override
    async def act(self, access: Access, command: Command) -> ActionResult:
        self.commands.append(command)
        self.tokens.append(access.credentials.data["token"])
        match self.script.pop(0) if self.script else None:
            case Before(error):
                raise error
            case After(error):
                self.effects[command.key] += 1
                raise error
            case Late(delay):
                self._coming.append((self._clock.now() + delay, command.key))
                raise AmbiguousError
            case Hang(with_effect):
                self.effects[command.key] += with_effect
                self.hanging.set()
                await asyncio.Event().wait()
        self.effects[command.key] += 1
        return self._result(command)

    @override
    async def find_sent(self, access: Access, command: Command, since: datetime) -> Settlement:
        if self.findings:
            found = self.findings.pop(0)
            if isinstance(found, Exception):
                raise found
            return found
        now = self._clock.now()
        for one in [one for one in self._coming if one[0] <= now]:
            self._coming.remove(one)
            self.effects[one[1]] += 1
        if self.effects[command.key]:
            return Found(result=self._result(command))
        return NotFound()

    @override
    async def connect(self, answers: Mapping[str, str], return_url: str) -> Connected | Redirect:
        raise NotImplementedError

    @override
    async def refresh(self, credentials: Credentials) -> Credentials:
        raise NotImplementedError

    @override
    async def inspect(self, access: Access) -> Inspection:
        raise NotImplementedError

    @override
    async def revoke(self, access: Access) -> None:
        raise NotImplementedError

    @override
    async def poll(self, access: Access, stream: str, cursor: str | None) -> Page:
        raise NotImplementedError

    @override
    async def thread(self, access: Access, item: Target, known: Known) -> Sequence[RawDelivery]:
        raise NotImplementedError

    @override
    def normalize(self, delivery: RawDelivery, account: Account) -> Sequence[Change]:
        raise NotImplementedError

    def _result(self, command: Command) -> ActionResult:
        made = command.action in (Action.REPLY, Action.SEND_MESSAGE)
        return ActionResult(
            external_id=f"sent-{command.key}" if made else None,
            at=self._clock.now(),
            permalink="https://fake.example/1" if made else None,
        )


@dataclass(slots=True)
class FakeOutside(Networks, Directory):
    """One network, and a directory that opens every profile of it, with `access` where given."""

    connector: Connector
    clock: Clock
    access: Access | None = None
    scopes: frozenset[str] = frozenset()
    renewals: int = 0
    refuses: bool = False
    reports: list[tuple[UUID, str]] = field(default_factory=list)

    @override
    def get(self, network: str) -> Connector:
        known: Mapping[str, Connector] = {self.connector.manifest.network: self.connector}
        return known[network]

    @override
    async def open(self, workspace_id: UUID, profile_id: UUID, *, fresh: bool = False) -> Opened:
        account = Account(external_id="brand", handle="brand", base_url="https://fake.example")
        credentials = Credentials(data={"token": f"token-{self.renewals}"})
        return Opened(
            access=self.access or Access(account=account, credentials=credentials),
            scopes=self.scopes,
            renewed_at=self.clock.now(),
        )

    @override
    async def reopen(self, workspace_id: UUID, profile_id: UUID, stale: Opened) -> Opened:
        if self.refuses:
            raise AuthRevokedError
        self.renewals += 1
        return await self.open(workspace_id, profile_id)

    @override
    async def report(self, workspace_id: UUID, profile_id: UUID, code: str, reason: str) -> None:
        self.reports.append((profile_id, code))
