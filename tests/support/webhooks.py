"""A receiver of webhooks over a real socket, which keeps what came and answers as it is told."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tests.support.sockets import listening_socket


@dataclass(frozen=True, slots=True)
class Received:
    headers: dict[str, str]
    body: bytes

    @property
    def events(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.body)["events"]
        return found

    def signed_with(self, secret: str) -> bool:
        """Written out here a second time, so that sender and receiver cannot share a mistake."""
        parts = dict(part.split("=", 1) for part in self.headers["x-sandbox-signature"].split(","))
        signed = parts["t"].encode() + b"." + self.body
        return parts["v1"] == hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


@dataclass(slots=True)
class Receiver:
    url: str
    secret: str = "a-secret-of-the-receiver"
    verify_token: str = "shake"
    statuses: list[int] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def until(self, enough: Callable[[list[Received]], bool]) -> list[Received]:
        async with asyncio.timeout(10), self.arrived:
            await self.arrived.wait_for(lambda: enough(self.received))
            return list(self.received)

    @property
    def texts(self) -> list[str]:
        return [event["data"]["item"]["text"] for call in self.received for event in call.events]

    async def answer(self, request: Request) -> Response:
        if request.method == "GET":
            query = request.query_params
            if query["hub.verify_token"] != self.verify_token:
                return Response(status_code=403)
            return PlainTextResponse(query["hub.challenge"])
        call = Received(dict(request.headers), await request.body())
        async with self.arrived:
            self.received.append(call)
            self.arrived.notify_all()
        return Response(status_code=self.statuses.pop(0) if self.statuses else 200)


@asynccontextmanager
async def receiver() -> AsyncIterator[Receiver]:
    listening = listening_socket()
    running = Receiver(f"http://127.0.0.1:{listening.getsockname()[1]}/hook")
    app = Starlette(routes=[Route("/hook", running.answer, methods=["GET", "POST"])])
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    serving = asyncio.create_task(server.serve([listening]))
    try:
        yield running
    finally:
        server.should_exit = True
        await serving
