"""The body of a request to the own routes: small, and read before the framework sees it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from gateway.errors import BodyTooLargeError, BodyTooSlowError, ClientGoneError
from gateway.inbound import Inbound

LIMIT = 64 * 1024
_SECONDS = 10.0


async def read_small(inbound: Inbound, receive: Any) -> bytes:
    """The whole body; raises when it is large or slow."""
    body = b""
    length = inbound.content_length or 0
    try:
        async with asyncio.timeout(_SECONDS):
            more = True
            while more:
                if max(length, len(body)) > LIMIT:
                    raise BodyTooLargeError(limit=LIMIT)
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientGoneError
                body += message["body"]
                more = message["more_body"]
    except TimeoutError:
        raise BodyTooSlowError from None
    return body


def replay(body: bytes, receive: Any) -> Callable[[], Awaitable[Any]]:
    """A `receive` that gives the body at once and then what comes next."""
    message: Any = {"type": "http.request", "body": body, "more_body": False}

    async def again() -> Any:
        nonlocal message
        if message is not None:
            first, message = message, None
            return first
        return await receive()

    return again
