"""team_directory over its internal routes; credentials are kept in memory, and only briefly."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from typing_extensions import override

from shared.clock import Clock
from shared.errors import ConflictError, NotFoundError, ParleyError
from shared.http.client import InternalClient
from shared.networks.errors import AuthExpiredError, AuthRevokedError, RateLimitedError
from shared.networks.types import Access, Account, Credentials
from shared.profiles.access import Directory, Opened

_KEPT = timedelta(seconds=30)
_LIMIT = 5_000
_ACCOUNT = TypeAdapter(Account)
_CREDENTIALS = TypeAdapter(Credentials)
_MOMENT = TypeAdapter(datetime)

Key = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class _Kept:
    opened: Opened
    until: datetime


class TeamDirectory(Directory):
    def __init__(self, client: InternalClient, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._kept: dict[Key, _Kept] = {}

    @override
    async def open(self, workspace_id: UUID, profile_id: UUID, *, fresh: bool = False) -> Opened:
        kept = self._kept.get((workspace_id, profile_id))
        if kept is not None and not fresh and self._clock.now() < kept.until:
            return kept.opened
        return await self._ask("GET", "credentials", (workspace_id, profile_id))

    @override
    async def reopen(self, workspace_id: UUID, profile_id: UUID, stale: Opened) -> Opened:
        key = (workspace_id, profile_id)
        kept = self._kept.get(key)
        if kept is not None and kept.opened.renewed_at > stale.renewed_at:
            return kept.opened
        body = {"if_older_than": stale.renewed_at.isoformat()}
        return await self._ask("POST", "refresh", key, body)

    @override
    async def report(self, workspace_id: UUID, profile_id: UUID, code: str, reason: str) -> None:
        self._kept.pop((workspace_id, profile_id), None)
        await self._client.call(
            "POST",
            f"/internal/profiles/{profile_id}/report",
            workspace_id=workspace_id,
            body={"state": "needs_person", "code": code[:100], "reason": reason[:1000]},
        )

    async def _ask(self, method: str, what: str, key: Key, body: Any = None) -> Opened:
        workspace_id, profile_id = key
        path = f"/internal/profiles/{profile_id}/{what}"
        self._kept.pop(key, None)
        try:
            found = await self._client.call(method, path, workspace_id=workspace_id, body=body)
        except ParleyError as error:
            raise _as_network_error(error) from error
        opened = Opened(
            access=Access(
                account=_ACCOUNT.validate_python(found["account"]),
                credentials=_CREDENTIALS.validate_python(found["credentials"]),
            ),
            scopes=frozenset(found["scopes"]),
            renewed_at=_MOMENT.validate_python(found["renewed_at"]),
        )
        if len(self._kept) >= _LIMIT:
            self._kept.clear()
        self._kept[key] = _Kept(opened, self._clock.now() + _KEPT)
        return opened


def _as_network_error(error: ParleyError) -> ParleyError:
    """What team_directory heard from the network, as if we had heard it ourselves."""
    if error.code == RateLimitedError.code:
        return RateLimitedError(error.detail, wait=float(error.data.get("retry_after", 60)))
    if error.code in (AuthExpiredError.code, AuthRevokedError.code):
        return AuthRevokedError(error.detail)
    if isinstance(error, ConflictError | NotFoundError):
        return AuthRevokedError(f"Nothing opens this profile: {error.detail}")
    return error
