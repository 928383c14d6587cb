"""The HTTP server around the app, which lends its sockets to the fault plane."""

import asyncio

import uvicorn
from fastapi import FastAPI


class ServerConnections:
    """Finds the transport behind a request by the address it came from."""

    def __init__(self, server: uvicorn.Server) -> None:
        self._server = server

    def transport(self, client: tuple[str, int]) -> asyncio.Transport | None:
        for connection in self._server.server_state.connections:
            if getattr(connection, "client", None) == tuple(client):
                transport = connection.transport
                return transport if isinstance(transport, asyncio.Transport) else None
        return None


def make_server(app: FastAPI, host: str, port: int) -> uvicorn.Server:
    config = uvicorn.Config(app, host=host, port=port, log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    app.state.connections = ServerConnections(server)
    return server
