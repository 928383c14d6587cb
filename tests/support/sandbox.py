"""The sandbox network on a port of its own inside the test's event loop, over real sockets."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from deploy.sandbox.app import create_app
from deploy.sandbox.server import make_server
from deploy.sandbox.settings import SandboxSettings
from deploy.sandbox.webhooks import Manner
from tests.support.sockets import listening_socket

Json = dict[str, Any]
IMPATIENT = Manner(gather_seconds=0.005, backoff_seconds=0.01, attempts=4, timeout=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxHand:
    """Shapes the network from outside, over HTTP, as any test or demo has to."""

    url: str
    http: httpx.AsyncClient

    async def admin(self, method: str, path: str, body: Json | None = None) -> Any:
        answer = await self.http.request(method, f"/_sandbox{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    async def reset(self, **body: Any) -> Json:
        found: Json = await self.admin("POST", "/reset", body)
        return found

    async def account(self, kind: str = "full", handle: str = "brand", followers: int = 0) -> str:
        body = {"kind": kind, "name": handle.title(), "handle": handle, "followers": followers}
        return str((await self.admin("POST", "/accounts", body))["id"])

    async def person(self, name: str = "Grace Okafor", handle: str = "grace") -> str:
        return str((await self.admin("POST", "/people", {"name": name, "handle": handle}))["id"])

    async def tokens(self, account_id: str, **body: Any) -> Json:
        found: Json = await self.admin("POST", f"/accounts/{account_id}/tokens", body)
        return found

    async def fault(
        self, effect: Mapping[str, Any], *, remaining: int | None = 1, **match: Any
    ) -> str:
        body = {"effect": dict(effect), "remaining": remaining, "match": match}
        return str((await self.admin("POST", "/faults", body))["id"])

    async def injected(self, fault_id: str) -> list[Json]:
        found: list[Json] = await self.admin("GET", f"/faults/log?fault_id={fault_id}")
        return found

    async def advance(self, seconds: float) -> None:
        await self.admin("POST", "/clock", {"advance_seconds": seconds})

    async def say(self, person_id: str, what: str, **body: Any) -> Json:
        found: Json = await self.admin("POST", f"/people/{person_id}/{what}", body)
        return found

    async def items(self, **where: str) -> list[Json]:
        """The truth, read from the network's own books."""
        answer = await self.http.get("/_sandbox/items", params=where)
        found: list[Json] = answer.json()
        return found


@asynccontextmanager
async def running_sandbox(**settings: Any) -> AsyncIterator[SandboxHand]:
    config = SandboxSettings(**{"demo": False, "per_minute": 0, **settings})
    listening = listening_socket()
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    server = make_server(create_app(config, IMPATIENT), config.host, config.port)
    serving = asyncio.create_task(server.serve([listening]))
    try:
        async with httpx.AsyncClient(base_url=url, timeout=10, trust_env=False) as http:
            yield SandboxHand(url=url, http=http)
    finally:
        server.should_exit = True
        await serving
