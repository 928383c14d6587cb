"""A list of fifty from the database: through the gateway, straight from the service, and bare."""

import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import httpx

from benchmarks.contest import Contestant, Score, in_turn
from benchmarks.figures import Figure, Target
from benchmarks.filled_inbox import WORKSPACE, filled_inbox
from benchmarks.inbox import SANDBOX_NOWHERE
from benchmarks.people import CALLER, token_of
from benchmarks.programs import asgi, running
from benchmarks.scenarios.gateway import API_KEY, gateway_environment
from benchmarks.world import Urls, World
from benchmarks.wrk import Wrk
from deploy.local.ports import HOST, free_ports

_ROUNDS = 6
_CONNECTIONS = 16
_SIZE = 50_000
_BARE = "bare ASGI: asyncpg and orjson"


async def measure(world: World) -> Sequence[Figure]:
    urls = await filled_inbox(world, _SIZE)
    async with _doors(urls) as doors:
        for one in doors:
            one.processes["postgres"] = world.server.pid or 0
        scores = await in_turn(
            *(Contestant(one.name, one.load.turn, one.processes) for one in doors), rounds=_ROUNDS
        )
    return _figures(scores)


def _figures(scores: Mapping[str, Score]) -> Sequence[Figure]:
    gateway, direct, bare = (scores[name] for name in ("gateway", "direct", "bare"))
    what = f"list: 50 conversations, {_CONNECTIONS} connections"
    return [
        Figure(
            name=f"{what}, through the gateway",
            value=gateway.rate,
            unit="requests/s",
            baseline="direct",
            ratio=gateway.rate / direct.rate,
            target=Target(0.85, on_ratio=True),
        ),
        Figure(
            name=f"{what}, direct",
            value=direct.rate,
            unit="requests/s",
            baseline=_BARE,
            ratio=direct.rate / bare.rate,
        ),
        *(
            Figure(
                name=f"{what}, direct, processor, {process}",
                value=direct.cpu_of(process),
                unit="µs/request",
                baseline=_BARE,
                ratio=direct.cpu_of(process) / bare.cpu_of(process),
                target=Target(2, on_ratio=True, at_most=True) if process == "program" else None,
            )
            for process in ("program", "postgres")
        ),
    ]


class _Door:
    """A way to the list, and the processes behind it."""

    def __init__(self, name: str, url: str, headers: Mapping[str, str], pid: int) -> None:
        self.name = name
        self.load = Wrk(f"{url}/conversations?limit=50", _CONNECTIONS, headers)
        self.processes = {"program": pid}

    async def demand_fifty(self) -> None:
        async with httpx.AsyncClient(trust_env=False) as client:
            answer = await client.get(self.load.url, headers=dict(self.load.headers))
        if len(answer.raise_for_status().json()["items"]) != 50:
            raise RuntimeError(f"{self.name} does not give a list of fifty.")


@asynccontextmanager
async def _doors(urls: Urls) -> AsyncIterator[list[_Door]]:
    inbox, bare, directory, gateway = free_ports(4)
    environ = {
        **gateway_environment(gateway, f"http://{HOST}:{directory}", urls["bus"]),
        "GATEWAY_INBOX_URL": f"http://{HOST}:{inbox}",
        "INBOX_DATABASE_URL": urls["inbox"],
        "INBOX_PORT": str(inbox),
        "PARLEY_NETWORKS_SANDBOX_URL": SANDBOX_NOWHERE,
        "BARE_DATABASE_URL": urls["admin"],
        "BARE_WORKSPACE": str(WORKSPACE),
    }
    token = {"authorization": f"Bearer {token_of(CALLER)}"}
    programs = {
        "direct": (inbox, asgi("benchmarks.inbox_service:app", inbox), token),
        "bare": (bare, asgi("benchmarks.scenarios.inbox_list_bare:app", bare), {}),
        "directory": (
            directory,
            asgi("benchmarks.scenarios.gateway_upstream:app", directory),
            token,
        ),
        "gateway": (gateway, (sys.executable, "-m", "gateway"), API_KEY),
    }
    async with AsyncExitStack() as stack:
        doors = []
        for name, (port, command, headers) in programs.items():
            pid = await stack.enter_async_context(running(command, port, environ))
            if name != "directory":  # It only tells the gateway who holds the key.
                prefix = "/api/v1/inbox" if name == "gateway" else ""
                doors.append(_Door(name, f"http://{HOST}:{port}{prefix}", headers, pid))
        for door in doors:
            await door.demand_fifty()
        yield doors
