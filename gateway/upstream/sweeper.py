"""One coarse clock for all exchanges, because a timer for each request costs more than the request.

Every tick it closes idle connections and counts how long nothing has moved in an exchange.
"""

import asyncio
from collections.abc import Iterable

from gateway.upstream.exchange import Exchange
from gateway.upstream.pool import Pool

TICK_SECONDS = 0.25
_WATCH_AFTER_TICKS = 2


class Sweeper:
    """`idle_seconds`: how long a kept-alive connection waits for its next request."""

    def __init__(self, pools: Iterable[Pool], idle_seconds: float) -> None:
        self._pools = tuple(pools)
        self._idle_ticks = round(idle_seconds / TICK_SECONDS)
        self._limits: dict[Exchange, int] = {}

    def add(self, exchange: Exchange, seconds: float) -> None:
        """Fail the exchange when no byte moves for so long."""
        self._limits[exchange] = max(1, round(seconds / TICK_SECONDS))

    def discard(self, exchange: Exchange) -> None:
        self._limits.pop(exchange, None)

    async def run(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            self.tick()

    def tick(self) -> None:
        for exchange, limit in list(self._limits.items()):
            exchange.idle_ticks += 1
            if exchange.idle_ticks > limit:
                exchange.cancel(exchange.blame())
            elif exchange.idle_ticks >= _WATCH_AFTER_TICKS and exchange.on_idle is not None:
                watch, exchange.on_idle = exchange.on_idle, None
                watch()
        for pool in self._pools:
            pool.sweep(self._idle_ticks)
