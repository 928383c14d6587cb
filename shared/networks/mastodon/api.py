"""Calls to a Mastodon API, and what its refusals mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from shared.networks.errors import (
    AuthRevokedError,
    NetworkError,
    PolicyRejectedError,
    ScopeMissingError,
)
from shared.networks.http import Answer, Call, NetworkHttp, content, error_object, failure
from shared.networks.types import Access, Json, RateLimit


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    data: Any
    rate: RateLimit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """An instance, and as whom to call it."""

    url: str
    token: str | None = None

    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"} if self.token else {}


def server_of(access: Access) -> Server:
    return Server(url=access.account.base_url, token=access.credentials.data["access_token"])


class Api:
    def __init__(self, http: NetworkHttp) -> None:
        self.http = http

    async def get(
        self, server: Server, path: str, params: Mapping[str, Any] | None = None
    ) -> Reply:
        url = f"{server.url}{path}"
        return await self._send(
            Call(method="GET", url=url, headers=server.headers(), params=params)
        )

    async def post(
        self, server: Server, path: str, form: Json | None = None, key: str | None = None
    ) -> Reply:
        headers = {**server.headers(), **({"idempotency-key": key} if key else {})}
        url = f"{server.url}{path}"
        return await self._send(
            Call(method="POST", url=url, headers=headers, form=form, writes=True)
        )

    async def upload(
        self, server: Server, path: str, file: tuple[str, bytes, str], form: Json
    ) -> tuple[int, Reply]:
        """A file that nobody sees before a post refers to it; 202 means that it is not ready."""
        headers, url = server.headers(), f"{server.url}{path}"
        return await self._exchange(
            Call(method="POST", url=url, headers=headers, form=form, files={"file": file})
        )

    async def look(self, server: Server, path: str) -> tuple[int, Reply]:
        """An answer whose status among the successes matters."""
        return await self._exchange(
            Call(method="GET", url=f"{server.url}{path}", headers=server.headers())
        )

    async def ask(self, server: Server, path: str, form: Json) -> Reply:
        """A form that may be sent again without harm: registering an app, getting a token."""
        return await self._send(Call(method="POST", url=f"{server.url}{path}", form=form))

    async def delete(self, server: Server, path: str) -> Reply:
        url = f"{server.url}{path}"
        return await self._send(
            Call(method="DELETE", url=url, headers=server.headers(), writes=True)
        )

    async def _send(self, call: Call) -> Reply:
        return (await self._exchange(call))[1]

    async def _exchange(self, call: Call) -> tuple[int, Reply]:
        answer = await self.http.send(call)
        if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
            raise refusal(call, answer)
        return answer.status, Reply(data=content(call, answer), rate=answer.rate)


def refusal(call: Call, answer: Answer) -> NetworkError:
    """By status; Mastodon has no error codes, only OAuth's at its token endpoint."""
    body = error_object(answer)
    error = str(body.get("error") or "")
    message = str(body.get("error_description") or error)
    if error in ("invalid_grant", "invalid_client", "access_denied"):
        return AuthRevokedError(message, status=answer.status)
    if answer.status == HTTPStatus.FORBIDDEN:
        # The only sign of a missing permission is this sentence.
        scope = "outside the authorized scopes" in message
        known = ScopeMissingError if scope else PolicyRejectedError
        return known(message or None, status=answer.status)
    return failure(call, answer, message or None)
