"""The gateway as a process: uvicorn, and an end that lets browsers come back to the next one."""

import asyncio
import socket
from typing import Any

import orjson
import uvicorn
from typing_extensions import override

from gateway.app import Gateway, build
from gateway.guard import GuardedProtocol
from gateway.openapi import PREFIXES, Document, merge
from gateway.settings import GatewaySettings
from shared.clock import SystemClock
from shared.collector import calm_collector
from shared.errors import UnavailableError

_TICKS_A_SWEEP = 5  # A tick is a tenth of a second.


class Server(uvicorn.Server):
    """Ends the live streams first: a server waits for its connections, and they would never end."""

    def __init__(self, config: uvicorn.Config, gateway: Gateway, head_seconds: float) -> None:
        super().__init__(config)
        self._gateway = gateway
        self._head_seconds = head_seconds

    @override
    async def on_tick(self, counter: int) -> bool:
        if counter % _TICKS_A_SWEEP == 0:
            for connection in list(self.server_state.connections):
                if isinstance(connection, GuardedProtocol):
                    connection.close_if_slow(self._head_seconds)
        return await super().on_tick(counter)

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._gateway.hub.close()
        await super().shutdown(sockets)


def make_server(gateway: Gateway, settings: GatewaySettings, **options: Any) -> Server:
    """The server, not yet running; requests under way are finished at its end."""
    config = uvicorn.Config(
        gateway,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http=GuardedProtocol,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=10,
        **options,
    )
    return Server(config, gateway, settings.head_seconds)


def serve(settings: GatewaySettings) -> None:
    """Serve until SIGTERM."""

    async def run() -> None:
        server = make_server(build(settings, SystemClock()), settings)
        calm_collector()
        await server.serve()

    factory = uvicorn.Config("", loop="uvloop").get_loop_factory()
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(run())


async def merged_document(settings: GatewaySettings) -> Document:
    """The merged OpenAPI document; raises `UnavailableError` unless every service answers."""
    gateway = build(settings, SystemClock())
    documents: dict[str, Document] = {"gateway": gateway.own.openapi()}
    try:
        for name in PREFIXES:
            if name in gateway.upstreams.names:
                documents[name] = await _document_of(gateway, name)
    finally:
        gateway.upstreams.close()
    return merge(documents)


async def _document_of(gateway: Gateway, name: str) -> Document:
    status, body = await gateway.upstreams.get(name, b"/internal/openapi.json")
    if status != 200:  # noqa: PLR2004 -- OK.
        raise UnavailableError(f"{name} does not give its OpenAPI document.")
    document: Document = orjson.loads(body)
    return document
