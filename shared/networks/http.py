"""The one HTTP client of all connectors: time-outs, size caps, and what a failure means.

What matters most is whether a request may have had an effect. A connection that was never made had
none; once a writing request went out, silence or a server error leaves it open.
"""

import asyncio
import json
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx

from shared.clock import Clock
from shared.networks.errors import (
    AmbiguousError,
    AuthRevokedError,
    GoneError,
    InvalidInputError,
    NetworkError,
    PolicyRejectedError,
    RateLimitedError,
    RemoteTransientError,
    UnsupportedError,
)
from shared.networks.limits import rate_limit, wait_seconds
from shared.networks.ssrf import GuardedTransport
from shared.networks.types import Json, RateLimit

USER_AGENT = "Parley/0.1"
_UNREADABLE = "The network answered something unreadable."
MAX_BODY = 8 * 1024 * 1024
_GZIP = zlib.MAX_WBITS | 16  # As zlib calls it.
_WHOLE = 3  # A call as a whole may take so many times its limit, however slowly the answer drips.

# httpx raises these before a byte of the request has left.
_NOTHING_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A response of any status, read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    at: datetime

    @property
    def rate(self) -> RateLimit | None:
        return rate_limit(self.headers, self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request. `writes` says that it changes something, so that no answer settles nothing."""

    method: str
    url: str
    writes: bool = False
    headers: Mapping[str, str] | None = None
    params: Mapping[str, Any] | None = None
    json: Any = None
    form: Mapping[str, Any] | None = None
    content: bytes | None = None
    files: Mapping[str, tuple[str, bytes, str]] | None = None


class NetworkHttp:
    """Sends calls and reads whole answers; redirects are never followed.

    `trusted` are addresses from the operator's configuration, never from a person: they may lie in
    a private network and speak http.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        time_limit: float = 20,
        allow_local: bool = False,
        trusted: Collection[str] = (),
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.clock = clock
        self._whole = _WHOLE * time_limit
        self._allow_local = allow_local
        self._trusted = frozenset(origin(url) for url in trusted)
        places = [(host, port) for _, host, port in self._trusted]
        self.client = httpx.AsyncClient(
            transport=transport or GuardedTransport(allow_local=allow_local, trusted=places),
            timeout=httpx.Timeout(time_limit, connect=min(10, time_limit)),
            headers={"user-agent": USER_AGENT, "accept-encoding": "gzip"},
            follow_redirects=False,
            # Many profiles share this client: what a server notes of one must not go with another.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        )

    async def close(self) -> None:
        await self.client.aclose()

    def admit(self, call: Call) -> None:
        """Refuses what would carry a token in the clear."""
        if self._allow_local or call.url.startswith("https://"):
            return
        if origin(call.url) not in self._trusted:
            raise InvalidInputError("A network is spoken to over https only.")

    async def send(self, call: Call) -> Answer:
        """The answer, whatever its status; raises only when there is none."""
        self.admit(call)
        try:
            async with (
                asyncio.timeout(self._whole),
                self.client.stream(
                    call.method,
                    call.url,
                    headers=dict(call.headers or {}),
                    params=call.params,
                    json=call.json,
                    data=call.form,
                    content=call.content,
                    files=call.files,
                ) as response,
            ):
                body = await _read(response)
        except _NOTHING_SENT as error:
            raise RemoteTransientError(f"{call.url.split('?')[0]} cannot be reached.") from error
        except httpx.InvalidURL as error:
            raise InvalidInputError("This is not an address.") from error
        except (httpx.HTTPError, TimeoutError) as error:
            raise no_answer(call) from error
        return Answer(
            status=response.status_code,
            headers=response.headers,
            body=body,
            at=self.clock.now(),
        )


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of an address."""
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise InvalidInputError("This is not an address.") from error
    return parsed.scheme, parsed.host, parsed.port or (443 if parsed.scheme == "https" else 80)


def coding(response: httpx.Response) -> str:
    """How the body is packed."""
    return (response.headers.get("content-encoding") or "identity").lower()


async def _read(response: httpx.Response) -> bytes:
    """The body, weighed while it is unpacked: httpx would unpack each part of a bomb whole."""
    if coding(response) not in ("identity", "gzip"):
        raise httpx.DecodingError("Nobody asked for an answer that is packed in this way.")
    packed = zlib.decompressobj(_GZIP) if coding(response) == "gzip" else None
    body, sent = bytearray(), 0
    async for part in response.aiter_raw():
        sent += len(part)
        body += _unpacked(packed, part, MAX_BODY + 1 - len(body)) if packed else part
        if max(sent, len(body)) > MAX_BODY:
            raise httpx.ReadError("The answer is too large.")
    return bytes(body)


def _unpacked(packed: "zlib._Decompress", part: bytes, room: int) -> bytes:
    try:
        return packed.decompress(part, room)
    except zlib.error as error:
        raise httpx.DecodingError("The answer cannot be unpacked.") from error


def no_answer(call: Call, why: str = "The network did not answer in time.") -> NetworkError:
    return AmbiguousError() if call.writes else RemoteTransientError(why)


def content(call: Call, answer: Answer) -> Any:
    """The JSON of a success; one that cannot be read leaves open what a write did."""
    if not answer.body:
        return {}
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise no_answer(call, _UNREADABLE) from error


def content_object(call: Call, answer: Answer) -> Json:
    data = content(call, answer)
    if not isinstance(data, dict):
        raise no_answer(call, _UNREADABLE)
    return data


def error_object(answer: Answer) -> Json:
    """What a refusal says in JSON; nothing where it says none."""
    try:
        data = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


_BY_STATUS: dict[int, type[NetworkError]] = {
    400: InvalidInputError,
    401: AuthRevokedError,
    403: PolicyRejectedError,
    404: GoneError,
    405: UnsupportedError,
    408: RemoteTransientError,
    410: GoneError,
    413: InvalidInputError,
    422: InvalidInputError,
    425: RemoteTransientError,
    501: UnsupportedError,
}


def failure(call: Call, answer: Answer, detail: str | None = None) -> NetworkError:
    """What an unsuccessful answer means where the network's own code does not say more."""
    data: dict[str, Any] = {"status": answer.status}
    if answer.status == httpx.codes.TOO_MANY_REQUESTS:
        return RateLimitedError(detail, wait=wait_seconds(answer.headers, answer.at), **data)
    known = _BY_STATUS.get(answer.status)
    if known is not None:
        return known(detail, **data)
    if httpx.codes.is_redirect(answer.status):
        detail = f"This address forwards to {answer.headers.get('location', 'another')}."
        return InvalidInputError(detail, **data)
    if answer.status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return AmbiguousError(**data) if call.writes else RemoteTransientError(detail, **data)
    return InvalidInputError(detail or f"The network answered {answer.status}.", **data)
