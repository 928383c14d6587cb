"""The services by a clock that stands in the past: what the team did before the newcomer came.

Nothing is written but by the product's own commands, each with the moment at which it is given, as
if somebody had pressed the button then. Events, histories and numbers follow from them as always.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from shared.clock import Clock, ManualClock
from shared.db.transaction import Tx
from shared.identity import ActorKind, Identity
from shared.permissions import Level, Module, Right
from shared.service import Service
from shared.settings import ServiceSettings, read_settings

S = TypeVar("S", bound=ServiceSettings)


@dataclass(frozen=True, slots=True)
class Workplace:
    """The workspace, and who works there: their ids by their roles."""

    workspace_id: UUID
    people: Mapping[str, UUID]
    team_id: UUID | None = None

    def identity(self, role: str) -> Identity:
        """As somebody of this role; the demo's team lets everybody do everything."""
        return Identity(
            actor_id=self.people[role],
            kind=ActorKind.PERSON,
            workspace_id=self.workspace_id,
            levels=dict.fromkeys(Module, Level.ADMINISTER),
            rights=frozenset(Right),
        )


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


def at(tx: Tx, moment: datetime) -> Tx:
    """The same transaction, at another moment."""
    tx.now = moment
    return tx
