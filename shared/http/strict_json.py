"""Bodies are read by one strict parser: what it lets through, every layer below can hold.

Python's own also reads NaN, halves of surrogate pairs, other encodings and any depth.
"""

from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any, ClassVar

import orjson
from fastapi import HTTPException, Request, Response
from fastapi.routing import APIRoute
from typing_extensions import override

# Nobody writes so much at once, and reading it takes ten times as much memory.
LARGEST = 4 * 1024 * 1024


class StrictRequest(Request):
    largest = LARGEST

    @classmethod
    def of(cls, request: Request, largest: int) -> "StrictRequest":
        """The same one when it is strict already, for it may have read its body."""
        if isinstance(request, cls):
            return request
        strict = cls(request.scope, request.receive)
        strict.largest = largest
        return strict

    @override
    async def stream(self) -> AsyncGenerator[bytes, None]:
        size = 0
        async for part in super().stream():
            size += len(part)
            if size > self.largest:
                # The framework takes any other error here for a body that is not of its form.
                raise HTTPException(413, f"The body has at most {self.largest} bytes.")
            yield part

    @override
    async def json(self) -> Any:
        return orjson.loads(await self.body())


class StrictRoute(APIRoute):
    """A route whose body has at most `largest` bytes and, if it is JSON, is read strictly."""

    largest: ClassVar[int] = LARGEST

    @override
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def run(request: Request) -> Response:
            return await handle(StrictRequest.of(request, self.largest))

        return run
