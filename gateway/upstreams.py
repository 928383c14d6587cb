"""The services behind the gateway: their pools, their health, and what the gateway asks them."""

import asyncio
import time
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from gateway.forward import Forwarder
from gateway.settings import GatewaySettings
from gateway.upstream.address import parse_address
from gateway.upstream.pool import Pool
from gateway.upstream.sweeper import Sweeper
from shared.errors import ParleyError, UnavailableError

_OK = 200
_KEPT_SECONDS = 1.0


class Upstreams:
    def __init__(self, settings: GatewaySettings) -> None:
        self.pools: Mapping[str, Pool] = {
            name: Pool(
                name,
                parse_address(url),
                limit=settings.upstream_connections,
                queue=settings.upstream_queue,
                queue_seconds=settings.upstream_queue_seconds,
            )
            for name, url in settings.upstream_urls.items()
        }
        self.sweeper = Sweeper(self.pools.values(), settings.upstream_idle_seconds)
        self.forwarder = Forwarder(self.sweeper)
        self._health: dict[str, str] = {}
        self._health_until = 0.0
        self._looking = asyncio.Lock()

    @property
    def names(self) -> Iterable[str]:
        return self.pools.keys()

    async def get(self, name: str, target: bytes) -> tuple[int, bytes]:
        """Ask one service in the gateway's own name, without an identity."""
        return await self.forwarder.fetch(self.pools[name], target, [])

    async def get_as(self, name: str, target: bytes, token: bytes) -> Any:
        """Ask one service in the name of a person; raises `UnavailableError` unless it answers."""
        headers = [(b"authorization", b"Bearer " + token)]
        status, body = await self.forwarder.fetch(self.pools[name], target, headers)
        if status != _OK:
            raise UnavailableError(f"{name} does not say what the gateway needs to know.")
        return orjson.loads(body)

    async def health(self) -> dict[str, str]:
        """`ok` or the reason, for each service; asked at most once a second."""
        async with self._looking:
            if self._health_until < time.monotonic():
                states = await asyncio.gather(*(self._state(name) for name in self.names))
                self._health = dict(zip(self.names, states, strict=True))
                self._health_until = time.monotonic() + _KEPT_SECONDS
        return self._health

    def close(self) -> None:
        for pool in self.pools.values():
            pool.close()

    async def _state(self, name: str) -> str:
        try:
            status, _ = await self.get(name, b"/internal/ready")
        except ParleyError as error:
            return error.detail
        return "ok" if status == _OK else f"{name} is not ready."
