"""The proxy that one writes with aiohttp: its server, its client, bodies streamed through.

`python -m benchmarks.scenarios.gateway_aiohttp PORT UPSTREAM`
"""

import sys
from collections.abc import AsyncIterator

import uvloop
from aiohttp import ClientSession, TCPConnector, web

from deploy.local.ports import HOST

_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "upgrade", "host", "content-length"}
_CLIENT = web.AppKey("client", ClientSession)


async def _forward(request: web.Request) -> web.StreamResponse:
    headers = {
        name: value for name, value in request.headers.items() if name.lower() not in _HOP_BY_HOP
    }
    body = request.content if request.can_read_body else None
    client = request.app[_CLIENT]
    url = sys.argv[2] + request.raw_path
    async with client.request(request.method, url, headers=headers, data=body) as answer:
        kept = {
            name: value for name, value in answer.headers.items() if name.lower() not in _HOP_BY_HOP
        }
        response = web.StreamResponse(status=answer.status, headers=kept)
        response.content_length = answer.content_length
        await response.prepare(request)
        async for chunk in answer.content.iter_any():
            await response.write(chunk)
        return response


async def _client(app: web.Application) -> AsyncIterator[None]:
    async with ClientSession(
        connector=TCPConnector(limit=128), auto_decompress=False, skip_auto_headers={"user-agent"}
    ) as app[_CLIENT]:
        yield


def main() -> None:
    uvloop.install()
    app = web.Application()
    app.cleanup_ctx.append(_client)
    app.router.add_route("*", "/{path:.*}", _forward)
    web.run_app(app, host=HOST, port=int(sys.argv[1]), access_log=None, print=None)


main()
