"""Calls to AT Protocol servers, and what their error names mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from shared.networks.errors import (
    AuthExpiredError,
    AuthRevokedError,
    GoneError,
    NetworkError,
    PolicyRejectedError,
    RemoteTransientError,
    ScopeMissingError,
    UnsupportedError,
)
from shared.networks.http import Answer, Call, NetworkHttp, content_object, error_object, failure
from shared.networks.types import Access, Json, RateLimit

_BY_NAME: dict[str, type[NetworkError]] = {
    # Both come with status 400, not 401.
    "ExpiredToken": AuthExpiredError,
    "InvalidToken": AuthExpiredError,
    "AuthMissing": AuthRevokedError,
    "AuthenticationRequired": AuthRevokedError,
    "AuthFactorTokenRequired": AuthRevokedError,
    "AccountTakedown": AuthRevokedError,
    "AccountDeactivated": AuthRevokedError,
    "AccountSuspended": AuthRevokedError,
    "RecordNotFound": GoneError,
    "NotFound": GoneError,
    "RepoNotFound": GoneError,
    "BlockedActor": PolicyRejectedError,
    "BlockedByActor": PolicyRejectedError,
    "MessagesDisabled": PolicyRejectedError,
    "MethodNotImplemented": UnsupportedError,
    "XRPCNotSupported": UnsupportedError,
    # Somebody else changed the record between our read and our write: nothing was done.
    "InvalidSwap": RemoteTransientError,
}
# A token that is valid but not privileged enough has no error name of its own.
_TOO_LITTLE = ("Bad token scope", "Bad token method")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    data: Json
    rate: RateLimit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Whom to call, as whom, and through which proxied service."""

    url: str
    token: str | None = None
    proxy: str | None = None

    def headers(self) -> dict[str, str]:
        headers = {"accept": "application/json"}
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        if self.proxy:
            headers["atproto-proxy"] = self.proxy
        return headers


def server_of(access: Access, proxy: str | None = None) -> Server:
    token = str(access.credentials.data["accessJwt"])
    return Server(url=access.account.base_url, token=token, proxy=proxy)


class Xrpc:
    def __init__(self, http: NetworkHttp) -> None:
        self._http = http

    async def query(
        self, server: Server, method: str, params: Mapping[str, Any] | None = None
    ) -> Reply:
        return await self._send(
            Call(method="GET", url=_url(server, method), headers=server.headers(), params=params)
        )

    async def procedure(
        self, server: Server, method: str, body: Any = None, *, writes: bool = True
    ) -> Reply:
        """`writes=False` is for sessions, which may be asked for again without harm."""
        return await self._send(
            Call(
                method="POST",
                url=_url(server, method),
                headers=server.headers(),
                json=body,
                writes=writes,
            )
        )

    async def upload(self, server: Server, content: bytes, content_type: str) -> Reply:
        """A blob, which is dropped again unless a record refers to it."""
        headers = {**server.headers(), "content-type": content_type}
        url = _url(server, "com.atproto.repo.uploadBlob")
        return await self._send(Call(method="POST", url=url, headers=headers, content=content))

    async def _send(self, call: Call) -> Reply:
        answer = await self._http.send(call)
        if answer.status != HTTPStatus.OK:
            raise refusal(call, answer)
        return Reply(data=content_object(call, answer), rate=answer.rate)


def refusal(call: Call, answer: Answer) -> NetworkError:
    """By the error's name where it is known, else by the status."""
    body = error_object(answer)
    name = str(body.get("error") or "")
    message = str(body.get("message") or name) or None
    if name == "InvalidToken" and message in _TOO_LITTLE:
        return ScopeMissingError(message, error=name)
    known = _BY_NAME.get(name)
    if known is not None:
        return known(message, error=name, status=answer.status)
    return failure(call, answer, message)


def _url(server: Server, method: str) -> str:
    return f"{server.url.rstrip('/')}/xrpc/{method}"
