"""What routes of team_directory ask for beyond the kernel's: the tools, and who acts from where."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.routing import APIRoute
from starlette.responses import Response
from typing_extensions import override

from services.team_directory.domain.actor import Actor
from services.team_directory.domain.ports import Tools
from shared.db.database import Database
from shared.http.unit_of_work import CurrentIdentity, identify

_IP_LENGTH = 100
_AGENT_LENGTH = 300


class IdentifiedRoute(APIRoute):
    """A route whose command opens its own transactions, because it calls a network or hashes.

    It knows its caller as a `UnitOfWorkRoute` does.
    """

    @override
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def run(request: Request) -> Response:
            request.state.identity = identify(request)
            return await handle(request)

        return run


async def _tools(request: Request) -> Tools:
    tools: Tools = request.app.state.tools
    return tools


async def _database(request: Request) -> Database:
    database: Database = request.app.state.backend.database
    return database


async def _actor(request: Request, identity: CurrentIdentity) -> Actor:
    """The caller, with the address and the browser that the gateway has seen."""
    headers = request.headers
    return Actor(
        identity,
        ip=headers.get("x-parley-client-ip", "")[:_IP_LENGTH] or None,
        user_agent=headers.get("user-agent", "")[:_AGENT_LENGTH] or None,
    )


ToolsDep = Annotated[Tools, Depends(_tools)]
DatabaseDep = Annotated[Database, Depends(_database)]
CurrentActor = Annotated[Actor, Depends(_actor)]
