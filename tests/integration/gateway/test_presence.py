"""Who looks at a conversation: checked with the inbox, told over the bus, shown to who may see."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from shared.clock import SystemClock
from shared.http.tokens import TokenVerifier
from shared.ids import new_id
from shared.permissions import Sight
from tests.integration.gateway.conftest import everyone
from tests.integration.gateway.test_live import listening
from tests.support.gateway import GatewayHand, running_gateway, serving, until
from tests.support.service import INTERNAL_KEY

Urls = Mapping[str, str]
PROFILE, TEAM = new_id(), new_id()


class StandInInbox:
    """Shows a conversation to its assignee, and to nobody else."""

    def __init__(self) -> None:
        self.assignees: dict[UUID, UUID] = {}
        self.asked = 0
        self.app = FastAPI()
        self.app.add_api_route("/conversations/{conversation_id}", self.read)

    async def read(self, request: Request, conversation_id: UUID) -> Response:
        self.asked += 1
        verifier = TokenVerifier((INTERNAL_KEY,), SystemClock())
        token = request.headers["authorization"].removeprefix("Bearer ")
        if self.assignees.get(conversation_id) != verifier.verify(token).actor_id:
            return JSONResponse({"status": 404, "code": "inbox.unknown"}, status_code=404)
        told = {"profile_id": PROFILE, "assignee_id": self.assignees[conversation_id]}
        return JSONResponse({"id": str(conversation_id), **{k: str(v) for k, v in told.items()}})


@pytest.fixture(scope="module")
async def inbox() -> StandInInbox:
    return StandInInbox()


@pytest.fixture(scope="module")
async def hand(database_urls: Urls, inbox: StandInInbox) -> AsyncIterator[GatewayHand]:
    async with (
        serving(inbox.app) as url,
        running_gateway(database_urls, inbox_url=url, presence_seconds=3) as running,
    ):
        yield running


async def signal(hand: GatewayHand, token: str, conversation_id: UUID, state: str) -> int:
    body: dict[str, Any] = {"conversation_id": str(conversation_id), "state": state}
    answer = await hand.http.post("/api/v1/presence", json=body, headers=hand.cookie(token))
    return answer.status_code


async def test_presence_reaches_those_who_see_the_conversation(
    hand: GatewayHand, inbox: StandInInbox
) -> None:
    holder = everyone()
    colleague = replace(holder, actor_id=new_id())
    blind = replace(holder, actor_id=new_id(), sight=Sight.ASSIGNED)
    conversation_id = new_id()
    inbox.assignees[conversation_id] = holder.actor_id
    token = hand.directory.admit(holder)
    async with (
        listening(hand, hand.directory.admit(colleague)) as seeing,
        listening(hand, hand.directory.admit(blind)) as not_seeing,
    ):
        for state in ("viewing", "typing", "typing"):
            assert await signal(hand, token, conversation_id, state) == 204
        changes = "gateway.presence_changed"
        await until(lambda: len(seeing.of(changes)) == 2)
        async with listening(hand, hand.directory.admit(colleague)) as later:
            person = str(holder.actor_id)
            here = {"conversation_id": str(conversation_id), "person_id": person}
            assert later.of("gateway.presence") == [[{**here, "state": "typing"}]]
        await until(lambda: len(seeing.of(changes)) == 3)  # Nobody said it again.
    assert [change["state"] for change in seeing.of(changes)] == ["viewing", "typing", "left"]
    assert not_seeing.of(changes) == []
    assert not_seeing.of("gateway.presence") == [[]]
    assert inbox.asked == 1


async def test_nobody_is_present_where_they_may_not_look(
    hand: GatewayHand, inbox: StandInInbox
) -> None:
    outsider = everyone()
    conversation_id = new_id()
    inbox.assignees[conversation_id] = new_id()
    token = hand.directory.admit(outsider)
    async with listening(hand, token) as listener:
        assert await signal(hand, token, conversation_id, "viewing") == 404
        assert await signal(hand, token, conversation_id, "dancing") == 422
        assert await signal(hand, "nobody", conversation_id, "viewing") == 401
    assert listener.of("gateway.presence_changed") == []
