"""The proxy that one writes with Starlette and httpx; UPSTREAM says where to."""

import os

import httpx
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "upgrade", "host"}
# As many connections as the other proxies may hold open.
_LIMITS = httpx.Limits(max_connections=128, max_keepalive_connections=128)
_client = httpx.AsyncClient(base_url=os.environ["UPSTREAM"], trust_env=False, limits=_LIMITS)


async def _forward(request: Request) -> Response:
    headers = [(name, value) for name, value in request.headers.items() if name not in _HOP_BY_HOP]
    body = request.stream() if "content-length" in request.headers else None
    sent = _client.build_request(request.method, request.url.path, headers=headers, content=body)
    answer = await _client.send(sent, stream=True)
    kept = {name: value for name, value in answer.headers.items() if name not in _HOP_BY_HOP}
    return StreamingResponse(
        answer.aiter_raw(), answer.status_code, kept, background=BackgroundTask(answer.aclose)
    )


app = Starlette(routes=[Route("/{path:path}", _forward, methods=["GET", "POST"])])
