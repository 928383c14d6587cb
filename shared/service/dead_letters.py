"""The routes by which every service shows its dead letters and replays them."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from shared.http.problems import answers
from shared.http.unit_of_work import Reading, UnitOfWorkRoute, WriteTx, requires
from shared.messaging.dead_letters import (
    DeadLetterNotFoundError,
    list_dead_letters,
    replay_dead_letter,
    settle_dead_letter,
)
from shared.messaging.dispatch import Dispatcher
from shared.permissions import Level, Module


class DeadLetterView(BaseModel):
    """A record that could not be handled, and why."""

    id: UUID
    topic: str
    key: str
    type: str
    code: str
    detail: str
    at: datetime


def dead_letter_router(service: str, dispatcher: Dispatcher) -> APIRouter:
    """List, replay and discard; for those who administer the connections."""
    router = APIRouter(
        prefix="/dead-letters",
        tags=["dead letters"],
        route_class=UnitOfWorkRoute,
        dependencies=[requires(Module.CONNECTIONS, Level.ADMINISTER)],
    )

    @router.get("", operation_id=f"list_{service}_dead_letters", responses=answers())
    async def list_open(read: Reading) -> list[DeadLetterView]:
        letters = await list_dead_letters(read)
        return [DeadLetterView.model_validate(letter, from_attributes=True) for letter in letters]

    @router.post(
        "/{letter_id}/replay",
        status_code=204,
        operation_id=f"replay_{service}_dead_letter",
        responses=answers(DeadLetterNotFoundError),
    )
    async def replay(tx: WriteTx, letter_id: UUID) -> None:
        await replay_dead_letter(tx, letter_id, dispatcher)

    @router.delete(
        "/{letter_id}",
        status_code=204,
        operation_id=f"discard_{service}_dead_letter",
        responses=answers(DeadLetterNotFoundError),
    )
    async def discard(tx: WriteTx, letter_id: UUID) -> None:
        await settle_dead_letter(tx, letter_id, "discarded")

    return router
