"""How long the demo waits for what other processes do, and how it says that this did not come."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

_LOOK_AGAIN_SECONDS = 0.3


class UnfinishedError(Exception):
    """Why the demo is incomplete; the message is what the person reads."""


def patience_seconds() -> float:
    """For each single wait; a slow machine may be given more."""
    return float(os.environ.get("PARLEY_DEMO_PATIENCE_SECONDS", "120"))


async def wait_for(look: Callable[[], Awaitable[T | None]], otherwise: str) -> T:
    """What `look` finds; when it finds nothing in time, the demo ends with these words."""
    seconds = patience_seconds()
    deadline = time.monotonic() + seconds
    while (found := await look()) is None:
        if time.monotonic() > deadline:
            raise UnfinishedError(f"{otherwise} within {seconds:g} s.")
        await asyncio.sleep(_LOOK_AGAIN_SECONDS)
    return found
