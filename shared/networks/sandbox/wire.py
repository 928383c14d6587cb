"""Calls to the sandbox network, and what its error codes mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from shared.networks.errors import (
    AuthExpiredError,
    AuthRevokedError,
    DuplicateError,
    GoneError,
    InvalidInputError,
    NetworkError,
    PolicyRejectedError,
    ScopeMissingError,
    UnsupportedError,
    WindowClosedError,
)
from shared.networks.http import (
    Answer,
    Call,
    NetworkHttp,
    content_object,
    error_object,
    failure,
)
from shared.networks.types import Access, Json, RateLimit

_BY_CODE: dict[str, type[NetworkError]] = {
    "token_expired": AuthExpiredError,
    "token_missing": AuthRevokedError,
    "token_invalid": AuthRevokedError,
    "token_revoked": AuthRevokedError,
    "invalid_grant": AuthRevokedError,
    "wrong_access_code": AuthRevokedError,
    "scope_missing": ScopeMissingError,
    "window_closed": WindowClosedError,
    "already_replied": DuplicateError,
    "not_supported": UnsupportedError,
    "blocked": PolicyRejectedError,
    "not_found": GoneError,
    "gone": GoneError,
    "text_too_long": InvalidInputError,
    "invalid_input": InvalidInputError,
    "challenge_failed": InvalidInputError,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    data: Json
    rate: RateLimit | None


class Wire:
    def __init__(self, http: NetworkHttp) -> None:
        self._http = http
        self.clock = http.clock

    async def get(self, access: Access, path: str, **params: Any) -> Reply:
        kept = {name: value for name, value in params.items() if value is not None}
        call = Call(
            method="GET", url=access.account.base_url + path, headers=_headers(access), params=kept
        )
        return await self.send(call)

    async def write(
        self,
        access: Access,
        method: str,
        path: str,
        *,
        json: Json | None = None,
        key: str | None = None,
    ) -> Reply:
        call = Call(
            method=method,
            url=access.account.base_url + path,
            writes=True,
            headers={**_headers(access), **({"idempotency-key": key} if key else {})},
            json=json,
        )
        return await self.send(call)

    async def upload(self, access: Access, path: str, content: bytes, content_type: str) -> Reply:
        """Bytes that have no effect before something refers to them."""
        call = Call(
            method="POST",
            url=access.account.base_url + path,
            headers={**_headers(access), "content-type": content_type},
            content=content,
        )
        return await self.send(call)

    async def form(self, url: str, fields: Mapping[str, str]) -> Reply:
        return await self.send(Call(method="POST", url=url, writes=True, form=fields))

    async def send(self, call: Call) -> Reply:
        answer = await self._http.send(call)
        if not httpx.codes.is_success(answer.status):
            raise _refusal(call, answer)
        return Reply(data=content_object(call, answer), rate=answer.rate)


def _headers(access: Access) -> dict[str, str]:
    token = access.credentials.data["access_token"]
    return {"accept": "application/json", "authorization": f"Bearer {token}"}


def _refusal(call: Call, answer: Answer) -> NetworkError:
    """By the network's code where it is known, else by the status."""
    try:
        error = dict(error_object(answer)["error"])
        code, message = str(error.pop("code")), str(error.pop("message"))
    except (KeyError, TypeError, ValueError):
        return failure(call, answer)
    known = _BY_CODE.get(code)
    if known is not None:
        return known(message, **{**error, "error": code, "status": answer.status})
    return failure(call, answer, message)
