"""The services by a clock that stands in the past: what the team did before the newcomer came.

Nothing is written but by the product's own commands, each with the moment at which it is given, as
if somebody had pressed the button then. Events, histories and numbers follow from them as always.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from services.team_directory.domain.templates import TEMPLATES
from shared.clock import Clock, ManualClock
from shared.db.database import Database
from shared.db.transaction import Tx
from shared.identity import ActorKind, Identity
from shared.service import Service
from shared.settings import ServiceSettings, read_settings

S = TypeVar("S", bound=ServiceSettings)
T = TypeVar("T")

CARERS = ("community_manager", "customer_service_representative")
"""The roles of the team that answers customers."""

TOGETHER = 40
"""How many conversations or tickets are one transaction: a commit for each would cost seconds."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """The workspace, and who works there: their ids by their roles."""

    workspace_id: UUID
    people: Mapping[str, UUID]
    team_id: UUID | None = None

    def identity(self, role: str) -> Identity:
        """As somebody of this role, who may do and see what the role allows."""
        access = TEMPLATES[role].access
        return Identity(
            actor_id=self.people[role],
            kind=ActorKind.PERSON,
            workspace_id=self.workspace_id,
            levels=access.levels,
            rights=access.rights,
            sight=access.sight,
            team_ids=self._teams_of(role),
        )

    def _teams_of(self, role: str) -> frozenset[UUID]:
        if self.team_id is None or role not in CARERS:
            return frozenset()
        return frozenset({self.team_id})


@asynccontextmanager
async def opened(
    build: Callable[[S, Clock], Service], settings: type[S], at: datetime
) -> AsyncIterator[Service]:
    """A service without its loops, whose clock stands at a moment."""
    service = build(read_settings(settings), ManualClock(at))
    try:
        yield service
    finally:
        for close in service.parts.closers:
            await close()
        await service.database.close()


@asynccontextmanager
async def opened_database(name: str, settings: type[S], at: datetime) -> AsyncIterator[Database]:
    """The database of a service, for commands that need nothing else of it."""
    url = read_settings(settings).database_url
    database = Database(url, producer=name, clock=ManualClock(at))
    try:
        yield database
    finally:
        await database.close()


def batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many at a time as make one transaction."""
    for begin in range(0, len(items), TOGETHER):
        yield items[begin : begin + TOGETHER]


def at(tx: Tx, moment: datetime) -> Tx:
    """The same transaction, at another moment."""
    tx.now = moment
    return tx
