"""What routes of team_directory ask for beyond the kernel's: the tools, and who acts from where."""

from typing import Annotated

from fastapi import Depends, Request

from services.team_directory.domain.actor import Actor
from services.team_directory.domain.ports import Tools
from shared.db.database import Database
from shared.http.unit_of_work import CurrentIdentity

_IP_LENGTH = 100
_AGENT_LENGTH = 300


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
