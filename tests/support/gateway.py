"""The gateway over real sockets in the test's event loop, before a stand-in for the services."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from gateway.app import Gateway, build
from gateway.server import make_server
from gateway.settings import GatewaySettings
from shared.clock import SystemClock
from shared.http.tokens import TokenVerifier, identity_to_claims
from shared.identity import ActorKind, Identity
from shared.ids import new_id
from tests.support.service import INTERNAL_KEY, platform_settings
from tests.support.sockets import listening_socket

Json = dict[str, Any]
PASSWORD = "correct horse battery staple"
FAST = {"heartbeat_seconds": 0.2, "read_rate": "100000/minute", "write_rate": "100000/minute"}


@asynccontextmanager
async def serving(app: Any, *, at_rest: bool = False) -> AsyncIterator[str]:
    """An ASGI app on a port of the system's choice; its URL. `at_rest`: its loops do not run."""
    listening = listening_socket()
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        timeout_keep_alive=75,
        lifespan="off" if at_rest else "auto",
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve([listening]))
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


@dataclass(slots=True)
class StandInDirectory:
    """The internal routes of team_directory as far as the gateway calls them."""

    people: dict[str, Identity] = field(default_factory=dict)
    rotations: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    hold: asyncio.Event | None = None
    verifier: TokenVerifier = field(
        default_factory=lambda: TokenVerifier((INTERNAL_KEY,), SystemClock())
    )

    def admit(self, identity: Identity, token: str | None = None) -> str:
        """A session token (or API key) of this identity."""
        token = token or f"session-{new_id()}"
        self.people[token] = identity
        return token

    def session(self, token: str) -> Json:
        person = {
            "id": str(self.people[token].actor_id),
            "name": "Ada",
            "email": "ada@example.com",
            "locale": "en",
            "time_zone": "UTC",
        }
        workspace = {"id": str(self.people[token].workspace_id), "name": "Acme"}
        expires = (datetime.now(UTC) + timedelta(days=1)).isoformat()
        return {
            "token": token,
            "expires_at": expires,
            "person": person,
            "workspaces": [workspace],
        }

    def app(self) -> FastAPI:
        app = FastAPI()
        app.add_api_route("/internal/sessions/resolve", self.resolve, methods=["POST"])
        app.add_api_route("/internal/api-keys/resolve", self.resolve, methods=["POST"])
        app.add_api_route("/internal/sessions", self.log_in, methods=["POST"])
        app.add_api_route("/internal/sessions/end", self.end, methods=["POST"])
        app.add_api_route("/account", self.account, methods=["GET"])
        app.add_api_route("/workspaces", self.workspaces, methods=["GET"])
        app.add_api_route("/internal/setup", self.needs_setup, methods=["GET"])
        app.add_api_route("/internal/ready", self.needs_setup, methods=["GET"])
        return app

    async def resolve(self, request: Request) -> Response:
        self._check_caller(request)
        body = await request.json()
        token = body.get("token") or body["key"]
        self.asked.append(token)
        if self.hold is not None:
            await self.hold.wait()
        identity = self.people.get(token)
        if identity is None:
            problem = {"status": 401, "code": "directory.session_unknown", "title": "Unknown."}
            return JSONResponse({**problem, "detail": "Unknown."}, status_code=401)
        wanted = body.get("workspace_id")
        if wanted:
            identity = replace(identity, workspace_id=UUID(wanted))
        session = self.session(token)
        return JSONResponse(
            {
                "identity": identity_to_claims(identity),
                "expires_at": session["expires_at"],
                "rotated_token": self.rotations.get(token),
            }
        )

    async def log_in(self, request: Request) -> Response:
        body = await request.json()
        if body["password"] != PASSWORD:
            problem = {"status": 401, "code": "directory.login_failed", "title": "Wrong."}
            return JSONResponse({**problem, "detail": "Wrong."}, status_code=401)
        token = next(iter(self.people))
        return JSONResponse(self.session(token))

    async def end(self, request: Request) -> Response:
        self.people.pop((await request.json())["token"], None)
        return Response(status_code=204)

    async def account(self, request: Request) -> Any:
        return self.session(self._token_of(request))["person"]

    async def workspaces(self, request: Request) -> Any:
        return self.session(self._token_of(request))["workspaces"]

    def _token_of(self, request: Request) -> str:
        """The session of the person in whose name the gateway asks."""
        token = request.headers["authorization"].removeprefix("Bearer ")
        actor_id = self.verifier.verify(token).actor_id
        return next(key for key, known in self.people.items() if known.actor_id == actor_id)

    async def needs_setup(self) -> Json:
        return {"needed": not self.people}

    def _check_caller(self, request: Request) -> None:
        token = request.headers["authorization"].removeprefix("Bearer ")
        caller = self.verifier.verify(token)
        assert caller.kind is ActorKind.SERVICE
        assert caller.service == "gateway"


async def echo(request: Request) -> Response:
    """Says what reached the upstream."""
    body = await request.body()
    return JSONResponse(
        {
            "method": request.method,
            "target": request.scope["raw_path"].decode(),
            "query": request.url.query,
            "headers": [[name.decode(), value.decode()] for name, value in request.headers.raw],
            "body": body.decode("latin-1"),
        }
    )


def echo_app() -> FastAPI:
    app = FastAPI(openapi_url=None)
    methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    app.add_api_route("/{path:path}", echo, methods=methods)
    return app


@dataclass(slots=True)
class GatewayHand:
    """What a test does with a running gateway."""

    url: str
    gateway: Gateway
    http: httpx.AsyncClient
    directory: StandInDirectory
    stop: Callable[[], Coroutine[Any, Any, None]]

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])

    def cookie(self, token: str) -> dict[str, str]:
        return {"cookie": f"parley_session={token}"}

    async def raw(self, *pieces: bytes) -> bytes:
        """Send bytes, read until the gateway closes; end with `connection: close`."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
            async with asyncio.timeout(10):
                return await reader.read()
        finally:
            writer.close()


@asynccontextmanager
async def running_gateway(
    urls: Mapping[str, str],
    directory: StandInDirectory | None = None,
    upstream: str | None = None,
    **settings: Any,
) -> AsyncIterator[GatewayHand]:
    """Every service but team_directory is `upstream`, an echo unless told otherwise."""
    directory = directory or StandInDirectory()
    async with serving(directory.app()) as directory_url, serving(echo_app()) as echo_url:
        told = {f"{name}_url": upstream or echo_url for name in _BEHIND}
        config = GatewaySettings.model_validate(
            {
                "port": 0,
                "team_directory_url": directory_url,
                "platform": platform_settings(urls),
                **told,
                **FAST,
                **settings,
            }
        )
        gateway = build(config, SystemClock())
        listening = listening_socket()
        server = make_server(gateway, config)
        task = asyncio.create_task(server.serve([listening]))
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"

        async def stop() -> None:
            server.should_exit = True
            await task

        try:
            async with httpx.AsyncClient(base_url=url, timeout=20, trust_env=False) as http:
                async with asyncio.timeout(20):
                    await gateway.feed.following.wait()
                yield GatewayHand(url, gateway, http, directory, stop)
        finally:
            await stop()


_BEHIND = ("inbox", "scheduler", "ticketing", "analytics")


async def until(condition: Callable[[], Awaitable[bool] | bool], seconds: float = 10) -> None:
    """Wait for a condition, with a deadline."""
    async with asyncio.timeout(seconds):
        while True:
            held = condition()
            if held if isinstance(held, bool) else await held:
                return
            await asyncio.sleep(0.01)
