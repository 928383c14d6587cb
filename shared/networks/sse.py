"""Server-sent events over the connectors' client: an open connection that is read line by line."""

from collections.abc import AsyncIterable, AsyncIterator

import httpx
from httpx_sse import EventSource, ServerSentEvent, SSEError
from typing_extensions import override

from shared.networks.errors import RemoteTransientError, UnsupportedError
from shared.networks.http import MAX_BODY, Answer, Call, NetworkHttp, coding, failure

# Servers send a heartbeat every fifteen seconds or so; longer silence is a dead connection.
_SILENCE = 90.0
# Events are not packed, so that nothing can swell while it is read.
_HEADERS = {
    "accept": "text/event-stream",
    "accept-encoding": "identity",
    "cache-control": "no-store",
}


class _Weighed(httpx.AsyncByteStream):
    """A stream that breaks off where it goes on and on without an event; `since` counts bytes."""

    def __init__(self, stream: AsyncIterable[bytes]) -> None:
        self._stream = stream
        self.since = 0

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            self.since += len(part)
            if self.since > MAX_BODY:
                raise httpx.ReadError("An event without an end.")
            yield part


async def events(http: NetworkHttp, call: Call) -> AsyncIterator[ServerSentEvent]:
    """Events until the server closes; raises what a failed call raises."""
    http.admit(call)
    timeout = httpx.Timeout(_SILENCE, connect=http.client.timeout.connect)
    headers = {**(call.headers or {}), **_HEADERS}
    try:
        async with http.client.stream(
            call.method, call.url, headers=headers, params=call.params, timeout=timeout
        ) as response:
            if not response.is_success:
                raise failure(call, _empty(http, response))
            if "text/event-stream" not in response.headers.get("content-type", ""):
                raise UnsupportedError("This server offers no stream.")
            async for event in _read(response):
                yield event
    except (httpx.HTTPError, SSEError) as error:
        raise RemoteTransientError("The stream broke off.") from error


async def _read(response: httpx.Response) -> AsyncIterator[ServerSentEvent]:
    if coding(response) != "identity":
        raise httpx.DecodingError("Nobody asked for a stream that is packed.")
    weighed = _Weighed(response.aiter_raw())
    plain = httpx.Response(response.status_code, headers=response.headers, stream=weighed)
    async for event in EventSource(plain).aiter_sse():
        weighed.since = 0
        yield event


def _empty(http: NetworkHttp, response: httpx.Response) -> Answer:
    status, now = response.status_code, http.clock.now()
    return Answer(status=status, headers=response.headers, body=b"", at=now)
