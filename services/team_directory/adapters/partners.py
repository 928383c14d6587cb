"""Calls the endpoints of partners: judged addresses only, no redirects, little time, small answers.

Nothing of one call is left for the next, cookies included: the endpoints are strangers to each
other.
"""

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx
from typing_extensions import override

from services.team_directory.domain.ports import Partners
from services.team_directory.domain.webhooks import Outcome
from services.team_directory.errors import WebhookAddressError
from shared.clock import Clock
from shared.networks.errors import InvalidInputError, RemoteTransientError
from shared.networks.limits import parse_moment
from shared.networks.ssrf import ForbiddenAddressError, GuardedTransport, check_url

# As many as all places of the worker can ask for: a slow endpoint takes none from another.
_CONNECTIONS = 1000
_EXCERPT_BYTES = 2000
_EXCERPT_SECONDS = 2.0
_HEADERS = {
    "content-type": "application/json",
    "user-agent": "Parley-Webhooks/1",
    # What is read of an answer is its beginning as it was sent, so nothing is to be unpacked.
    "accept-encoding": "identity",
}

# Why there was no answer, from the particular to the general.
_CODES: tuple[tuple[type[Exception], str], ...] = (
    (ForbiddenAddressError, "forbidden_address"),
    (RemoteTransientError, "unknown_host"),
    (TimeoutError, "timeout"),
    (httpx.TimeoutException, "timeout"),
    (httpx.ConnectError, "unreachable"),
    (httpx.HTTPError, "broken_answer"),
    (httpx.InvalidURL, "invalid_url"),
)
_EXPECTED = tuple(kind for kind, _ in _CODES)


class HttpPartners(Partners):
    def __init__(self, clock: Clock, *, allow_local: bool, seconds: float) -> None:
        self._clock = clock
        self._allow_local = allow_local
        self._seconds = seconds
        self._client = httpx.AsyncClient(
            transport=GuardedTransport(allow_local=allow_local, connections=_CONNECTIONS),
            timeout=seconds,
            follow_redirects=False,
            headers=_HEADERS,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        )

    async def close(self) -> None:
        await self._client.aclose()

    @override
    def admit(self, url: str) -> None:
        try:
            check_url(url, allow_local=self._allow_local)
        except InvalidInputError as error:
            raise WebhookAddressError(error.detail) from error

    @override
    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        started, at = time.perf_counter(), self._clock.now()

        def millis() -> int:
            return round((time.perf_counter() - started) * 1000)

        try:
            async with (
                asyncio.timeout(self._seconds),
                self._client.stream("POST", url, headers=headers, content=body) as response,
            ):
                excerpt = await _beginning(response)
        except _EXPECTED as error:
            return Outcome(at=at, millis=millis(), code=_code(error))
        until = parse_moment(response.headers.get("retry-after", ""), at)
        return Outcome(
            at=at,
            millis=millis(),
            status=response.status_code,
            excerpt=excerpt,
            wait=None if until is None else max(until - at, timedelta(0)),
        )


def _code(error: Exception) -> str:
    return next(code for kind, code in _CODES if isinstance(error, kind))


async def _beginning(response: httpx.Response) -> str:
    """The first part of an answer; the status alone counts, so that a body may be slow or cut."""
    read = b""
    with suppress(TimeoutError, httpx.HTTPError):
        async with asyncio.timeout(_EXCERPT_SECONDS):
            async for part in response.aiter_raw():
                read += part
                if len(read) >= _EXCERPT_BYTES:
                    break
    return read[:_EXCERPT_BYTES].decode(errors="replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
