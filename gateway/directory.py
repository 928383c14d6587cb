"""What the gateway asks team_directory: who is behind a credential; begin and end sessions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx

from gateway.upstream.address import parse_address
from shared.clock import Clock
from shared.http.client import InternalClient
from shared.http.tokens import identity_from_claims
from shared.identity import Identity

_NO_WORKSPACE = UUID(int=0)
API_KEY_PREFIX = "pk_"


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who is behind a credential; `rotated` is the token that replaces the one asked about."""

    identity: Identity
    expires_at: datetime | None
    rotated: str | None


def internal_client(url: str, key: str, clock: Clock) -> InternalClient:
    """A client for the `/internal/` routes of one upstream."""
    address = parse_address(url)
    transport = httpx.AsyncHTTPTransport(uds=address.path) if address.path else None
    return InternalClient(
        address.base_url, service="gateway", key=key, clock=clock, transport=transport
    )


class Directory:
    def __init__(self, client: InternalClient) -> None:
        self._client = client

    async def resolve(self, credential: str, workspace_id: UUID | None, ip: str) -> Resolved:
        """The identity of an API key or a session token; raises `UnauthenticatedError`."""
        if credential.startswith(API_KEY_PREFIX):
            answer = await self._post("/internal/api-keys/resolve", {"key": credential, "ip": ip})
        else:
            wanted = str(workspace_id) if workspace_id else None
            body = {"token": credential, "workspace_id": wanted, "ip": ip}
            answer = await self._post("/internal/sessions/resolve", body)
        expires = answer.get("expires_at")
        return Resolved(
            identity=identity_from_claims(answer["identity"]),
            expires_at=datetime.fromisoformat(expires) if expires else None,
            rotated=answer.get("rotated_token"),
        )

    async def needs_setup(self) -> bool:
        answer = await self._call("GET", "/internal/setup")
        return bool(answer["needed"])

    async def set_up(self, body: dict[str, Any]) -> dict[str, Any]:
        """Create the owner and the first workspace; the new session."""
        return await self._begin("/internal/setup", body)

    async def log_in(self, body: dict[str, Any]) -> dict[str, Any]:
        return await self._begin("/internal/sessions", body)

    async def log_out(self, token: str, *, everywhere: bool) -> None:
        await self._post("/internal/sessions/end", {"token": token, "everywhere": everywhere})

    async def invitation(self, token: str) -> dict[str, Any]:
        answer: dict[str, Any] = await self._call("GET", f"/internal/invitations/{token}")
        return answer

    async def accept_invitation(self, token: str, body: dict[str, Any]) -> dict[str, Any]:
        return await self._begin(f"/internal/invitations/{token}/accept", body)

    async def ask_for_password_reset(self, body: dict[str, Any]) -> None:
        await self._post("/internal/password-resets", body)

    async def reset_password(self, token: str, body: dict[str, Any]) -> None:
        await self._post(f"/internal/password-resets/{token}", body)

    async def mail_of(self, token: str) -> dict[str, Any]:
        """Which mail a link to unsubscribe ends."""
        answer: dict[str, Any] = await self._call("GET", f"/internal/unsubscribe/{token}")
        return answer

    async def stop_mail(self, token: str) -> None:
        await self._call("POST", f"/internal/unsubscribe/{token}")

    async def _begin(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """The session that has just begun, its token included."""
        session: dict[str, Any] = await self._post(path, body)
        return session

    async def _post(self, path: str, body: dict[str, Any]) -> Any:
        return await self._call("POST", path, body)

    async def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        return await self._client.call(method, path, workspace_id=_NO_WORKSPACE, body=body)
