"""Bodies are read by one strict parser: what it lets through, every layer below can hold.

Python's own also reads NaN, halves of surrogate pairs, other encodings and any depth.
"""

from collections.abc import Callable, Coroutine
from typing import Any

import orjson
from fastapi import Request, Response
from fastapi.routing import APIRoute
from typing_extensions import override


class StrictRequest(Request):
    @classmethod
    def of(cls, request: Request) -> "StrictRequest":
        """The same one when it is strict already, for it may have read its body."""
        return request if isinstance(request, cls) else cls(request.scope, request.receive)

    @override
    async def json(self) -> Any:
        return orjson.loads(await self.body())


class StrictRoute(APIRoute):
    """A route whose body, if it is JSON, is read strictly."""

    @override
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def run(request: Request) -> Response:
            return await handle(StrictRequest.of(request))

        return run
