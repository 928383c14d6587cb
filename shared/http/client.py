"""Calls from one process of the installation to another, signed with an internal token."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import httpx

from shared.clock import Clock
from shared.errors import (
    BusyError,
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    ParleyError,
    UnauthenticatedError,
    UnavailableError,
)
from shared.http.tokens import service_identity, sign
from shared.observability.tracing import current_traceparent

_KINDS: Mapping[int, type[ParleyError]] = {
    401: UnauthenticatedError,
    403: ForbiddenError,
    404: NotFoundError,
    409: ConflictError,
    422: InvalidError,
    429: BusyError,
}


def remote_error(response: httpx.Response) -> ParleyError:
    """The declared error inside another process's problem+json."""
    kind = _KINDS.get(response.status_code, UnavailableError)
    try:
        problem = response.json()
    except ValueError:
        problem = {}
    error = kind(problem.get("detail"), **(problem.get("data") or {}))
    error.code = problem.get("code", kind.code)  # type: ignore[misc]  # The remote's own code.
    error.title = problem.get("title", kind.title)  # type: ignore[misc]  # The remote's own.
    return error


class InternalClient:
    """Talks to the `/internal/` routes of one other process; errors come back as declared."""

    def __init__(
        self,
        base_url: str,
        *,
        service: str,
        key: str,
        clock: Clock,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._service = service
        self._key = key
        self._clock = clock
        self._http = httpx.AsyncClient(
            base_url=base_url, timeout=httpx.Timeout(10, connect=2), transport=transport
        )

    async def call(self, method: str, path: str, *, workspace_id: UUID, body: Any = None) -> Any:
        """The decoded answer; raises the other side's declared error, or `UnavailableError`."""
        token = sign(service_identity(self._service, workspace_id), self._key, self._clock.now())
        headers = {"authorization": f"Bearer {token}"}
        if (traceparent := current_traceparent()) is not None:
            headers["traceparent"] = traceparent
        try:
            response = await self._http.request(method, path, json=body, headers=headers)
        except httpx.HTTPError as error:
            raise UnavailableError(f"{path} does not answer: {error!r}") from error
        if response.is_error:
            raise remote_error(response)
        return response.json() if response.content else None

    async def close(self) -> None:
        await self._http.aclose()
