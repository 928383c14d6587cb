"""Token refresh: one at a time per credential, and never losing a refresh token.

A second use of a rotating refresh token disconnects the account, so callers that arrive together
share one refresh. Between processes the caller holds a lock in its database.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable

from shared.networks.types import Credentials, Json


def renewed(old: Json, new: Json) -> dict[str, object]:
    """Credential data after a refresh: an empty value never replaces one that we have."""
    return {**old, **{name: value for name, value in new.items() if value not in (None, "")}}


class Refresher:
    """Runs `refresh` once for all who ask while it runs."""

    def __init__(self) -> None:
        self._running: dict[Hashable, asyncio.Task[Credentials]] = {}

    async def refresh(
        self, key: Hashable, refresh: Callable[[], Awaitable[Credentials]]
    ) -> Credentials:
        task = self._running.get(key)
        if task is None:
            task = asyncio.ensure_future(_run(refresh))
            self._running[key] = task
            task.add_done_callback(lambda _: self._running.pop(key, None))
        # One caller that gives up must not cancel the refresh that others wait for.
        return await asyncio.shield(task)


async def _run(refresh: Callable[[], Awaitable[Credentials]]) -> Credentials:
    return await refresh()
