"""Server-sent events over the connectors' client: an open connection that is read line by line."""

from collections.abc import AsyncIterator

import httpx
from httpx_sse import EventSource, ServerSentEvent, SSEError

from shared.networks.errors import RemoteTransientError, UnsupportedError
from shared.networks.http import Answer, Call, NetworkHttp, failure

# Servers send a heartbeat every fifteen seconds or so; longer silence is a dead connection.
_SILENCE = 90.0


async def events(http: NetworkHttp, call: Call) -> AsyncIterator[ServerSentEvent]:
    """Events until the server closes; raises what a failed call raises."""
    http.admit(call)
    timeout = httpx.Timeout(_SILENCE, connect=http.client.timeout.connect)
    headers = {**(call.headers or {}), "accept": "text/event-stream", "cache-control": "no-store"}
    try:
        async with http.client.stream(
            call.method, call.url, headers=headers, params=call.params, timeout=timeout
        ) as response:
            if not response.is_success:
                raise failure(call, _empty(http, response))
            if "text/event-stream" not in response.headers.get("content-type", ""):
                raise UnsupportedError("This server offers no stream.")
            async for event in EventSource(response).aiter_sse():
                yield event
    except (httpx.HTTPError, SSEError) as error:
        raise RemoteTransientError("The stream broke off.") from error


def _empty(http: NetworkHttp, response: httpx.Response) -> Answer:
    status, now = response.status_code, http.clock.now()
    return Answer(status=status, headers=response.headers, body=b"", at=now)
