"""What a request pays for passing the gateway, beside nginx, aiohttp, httpx and no proxy at all."""

import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contest import Contestant, Score, in_turn
from benchmarks.figures import Figure, Target
from benchmarks.people import CALLER, token_of
from benchmarks.programs import asgi, find, running
from benchmarks.world import HOME, INTERNAL_KEY, World
from benchmarks.wrk import Wrk
from deploy.local.ports import HOST, free_ports

# Short turns and many of them, so that a busy moment meets all.
_ROUNDS = 6
_HERE = "benchmarks.scenarios"
_UNLIMITED = "100000000/minute"
DOORS = ("direct", "nginx", "gateway", "aiohttp", "httpx")
API_KEY = {"authorization": "Bearer pk_benchmark"}


@dataclass(frozen=True, slots=True)
class Door:
    """A way to the service: where it begins, what it is asked with, the process that forwards."""

    name: str
    root: str
    headers: Mapping[str, str]
    pid: int

    def contestant(self, path: str, connections: int, upstream: int) -> Contestant:
        load = Wrk(f"{self.root}{path}", connections, self.headers)
        return Contestant(self.name, load.turn, {"door": self.pid, "service": upstream})


async def measure(world: World) -> Sequence[Figure]:
    urls = world.fresh_database("bench_gateway")
    async with doors(urls["bus"], DOORS) as found:
        upstream = found["direct"].pid
        quick = [found[name] for name in ("direct", "nginx", "gateway")]
        bare = [one.contestant("/bare", 32, upstream) for one in quick]
        single = [one.contestant("/kilobyte", 1, upstream) for one in quick]
        routes = [one.contestant("/kilobyte", 32, upstream) for one in found.values()]
        return [
            *_shares(
                "a service's route, 32 connections",
                await in_turn(*routes, rounds=_ROUNDS),
                full=True,
            ),
            *_shares(
                "bare bytes, 32 connections", await in_turn(*bare, rounds=_ROUNDS), full=False
            ),
            *_added(await in_turn(*single, rounds=_ROUNDS)),
        ]


def _shares(what: str, scores: Mapping[str, Score], *, full: bool) -> Sequence[Figure]:
    """Requests a second through the gateway, as a share of what the others let through."""
    gateway = scores["gateway"]
    targets = {"direct": 0.6, "nginx": 0.7, "aiohttp": 2.5} if full else {}
    return [
        Figure(
            name=f"gateway: {what}",
            value=gateway.rate,
            unit="requests/s",
            baseline=name,
            ratio=gateway.rate / score.rate,
            target=Target(targets[name], on_ratio=True) if name in targets else None,
        )
        for name, score in scores.items()
        if name != "gateway"
    ] + [
        Figure(
            name=f"gateway: {what}, processor of the proxy",
            value=gateway.cpu_of("door"),
            unit="µs/request",
            baseline=name,
            ratio=gateway.cpu_of("door") / score.cpu_of("door"),
        )
        for name, score in scores.items()
        if name not in {"gateway", "direct"}
    ]


def _added(scores: Mapping[str, Score]) -> Sequence[Figure]:
    """What one connection waits longer for passing a proxy."""
    direct = scores["direct"].percentile(50)
    ours = scores["gateway"].percentile(50) - direct
    theirs = scores["nginx"].percentile(50) - direct
    return [
        Figure(
            name="gateway: added p50, one connection",
            value=ours,
            unit="ms",
            baseline="nginx",
            ratio=ours / theirs,
            target=Target(1.5, on_ratio=True, at_most=True),
        )
    ]


@asynccontextmanager
async def doors(bus_url: str, names: Sequence[str]) -> AsyncIterator[dict[str, Door]]:
    """The ways of these names; the direct one has to be the first."""
    service, nginx, gateway, aiohttp, httpx = free_ports(5)
    token = {"authorization": f"Bearer {token_of(CALLER)}"}
    upstream = f"http://{HOST}:{service}"
    programs = {
        "direct": (service, asgi(f"{_HERE}.gateway_upstream:app", service), token),
        "nginx": (nginx, _nginx(nginx, service), token),
        "gateway": (gateway, (sys.executable, "-m", "gateway"), API_KEY),
        "aiohttp": (
            aiohttp,
            (sys.executable, "-m", f"{_HERE}.gateway_aiohttp", str(aiohttp), upstream),
            token,
        ),
        "httpx": (httpx, asgi(f"{_HERE}.gateway_httpx:app", httpx), token),
    }
    environ = {"UPSTREAM": upstream, **gateway_environment(gateway, upstream, bus_url)}
    async with AsyncExitStack() as stack:
        found = {}
        for name in names:
            port, command, headers = programs[name]
            pid = await stack.enter_async_context(running(command, port, environ))
            prefix = "/api/v1/inbox" if name == "gateway" else ""
            found[name] = Door(name, f"http://{HOST}:{port}{prefix}", headers, pid)
        yield found


def _nginx(port: int, service: int) -> Sequence[str]:
    text = Path(__file__).with_name("gateway_nginx.conf").read_text()
    words = {"FOLDER": str(HOME), "UPSTREAM": f"{HOST}:{service}", "PORT": str(port)}
    for word, value in words.items():
        text = text.replace(word, value)
    written = HOME / "nginx.conf"
    written.write_text(text)
    return (find("nginx") or "nginx", "-e", str(HOME / "nginx-error.log"), "-c", str(written))


def gateway_environment(port: int, upstream: str, bus_url: str) -> dict[str, str]:
    """Everything on, but for the rates, which a load test is made to exceed."""
    services = ("TEAM_DIRECTORY", "INBOX", "SCHEDULER", "TICKETING", "ANALYTICS")
    return {
        "GATEWAY_PORT": str(port),
        "GATEWAY_READ_RATE": _UNLIMITED,
        "PARLEY_BUS_DATABASE_URL": bus_url,
        "PARLEY_INTERNAL_SECRETS": INTERNAL_KEY,
        **{f"GATEWAY_{service}_URL": upstream for service in services},
    }
