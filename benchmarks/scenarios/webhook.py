"""Signed webhooks of one comment each, acknowledged when durable, beside a bare ASGI program."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from uuid import UUID

import asyncpg
import orjson

from benchmarks.comments import comment_told, signature_of
from benchmarks.contest import Contestant, Score, Turned, in_turn
from benchmarks.figures import Figure, Target
from benchmarks.inbox import SANDBOX_NOWHERE, add_hook
from benchmarks.programs import asgi, running
from benchmarks.world import HOME, INTERNAL_KEY, Urls, World
from benchmarks.wrk import Wrk
from deploy.local.ports import HOST, free_ports
from services.inbox.adapters.hooks import DerivedSecrets

_ROUNDS = 6
_CONNECTIONS = 64
# More than the bare program takes in a turn: what comes twice costs it less.
_A_TURN = 30_000
_BASELINE = "bare ASGI: HMAC, group commit of the same row"
_WORKSPACE, _PROFILE = UUID(int=11), UUID(int=12)


async def measure(world: World) -> Sequence[Figure]:
    urls = world.fresh_database("bench_webhook")
    await _prepare(urls)
    async with _programs(urls) as contestants:
        for one in contestants:
            one.processes["postgres"] = world.server.pid or 0
        scores = await in_turn(
            *(Contestant(one.name, one.turn, one.processes) for one in contestants), rounds=_ROUNDS
        )
    return _figures(scores)


def _figures(scores: Mapping[str, Score]) -> Sequence[Figure]:
    us, them = scores["inbox"], scores["bare"]
    what = f"webhook: {_CONNECTIONS} connections"
    return [
        Figure(
            name=what,
            value=us.rate,
            unit="acknowledged/s",
            baseline=_BASELINE,
            ratio=us.rate / them.rate,
            target=Target(0.5, on_ratio=True),
        ),
        *(
            Figure(
                name=f"{what}, p{percent}",
                value=us.percentile(percent),
                unit="ms",
                baseline=_BASELINE,
                ratio=us.percentile(percent) / them.percentile(percent),
            )
            for percent in (50, 99)
        ),
        *(
            Figure(
                name=f"{what}, processor, {process}",
                value=us.cpu_of(process),
                unit="µs/call",
                baseline=_BASELINE,
                ratio=us.cpu_of(process) / them.cpu_of(process),
            )
            for process in ("program", "postgres")
        ),
    ]


@dataclass(slots=True)
class Program:
    """Something that takes webhooks; each of its turns brings other comments."""

    name: str
    port: int
    secret: str
    processes: dict[str, int]
    comments: Iterator[int] = field(default_factory=count)

    async def turn(self) -> Turned:
        path = f"/hooks/sandbox/{_PROFILE}"
        file = HOME / f"webhook-{self.name}.requests"
        file.write_bytes(b"".join(self._request(path, next(self.comments)) for _ in range(_A_TURN)))
        script = (str(Path(__file__).with_name("webhook_requests.lua")), str(file))
        load = Wrk(f"http://{HOST}:{self.port}{path}", _CONNECTIONS, script=script)
        turned = await load.turn()
        if turned.operations + _CONNECTIONS > _A_TURN:
            raise RuntimeError(f"{self.name} took all {_A_TURN} requests of a turn: make more.")
        return turned

    def _request(self, path: str, number: int) -> bytes:
        body = orjson.dumps({"events": [comment_told(number)]})
        signature = signature_of(body, self.secret)
        return (
            b"POST %b HTTP/1.1\r\nhost: %b\r\ncontent-type: application/json\r\n"
            b"x-sandbox-signature: %b\r\ncontent-length: %d\r\n\r\n%b\0"
            % (path.encode(), HOST.encode(), signature.encode(), len(body), body)
        )


async def _prepare(urls: Urls) -> None:
    """The address of a profile, and an empty copy of the table for the bare program."""
    connection = await asyncpg.connect(urls["admin"])
    await add_hook(connection, _WORKSPACE, _PROFILE)
    await connection.execute("CREATE SCHEMA bare")
    await connection.execute("CREATE TABLE bare.deliveries (LIKE inbox.deliveries INCLUDING ALL)")
    await connection.close()


@asynccontextmanager
async def _programs(urls: Urls) -> AsyncIterator[list[Program]]:
    ports = dict(zip(("inbox", "bare"), free_ports(2), strict=True))
    secret = DerivedSecrets([INTERNAL_KEY]).of(_PROFILE)[0]
    environ = {
        "INBOX_DATABASE_URL": urls["inbox"],
        "INBOX_PORT": str(ports["inbox"]),
        "PARLEY_BUS_DATABASE_URL": urls["bus"],
        "PARLEY_INTERNAL_SECRETS": INTERNAL_KEY,
        "PARLEY_NETWORKS_SANDBOX_URL": SANDBOX_NOWHERE,
        "BARE_DATABASE_URL": urls["admin"],
        "BARE_SECRET": secret,
    }
    modules = {"inbox": "benchmarks.inbox_service", "bare": "benchmarks.scenarios.webhook_bare"}
    async with AsyncExitStack() as stack:
        programs = []
        for name, port in ports.items():
            command = asgi(f"{modules[name]}:app", port)
            pid = await stack.enter_async_context(running(command, port, environ))
            programs.append(Program(name, port, secret, {"program": pid}))
        yield programs
