"""A team_directory with people in it, made the way they come about: setup, invitation, joining."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from services.team_directory.app import build
from services.team_directory.settings import TeamDirectorySettings
from shared.clock import Clock
from shared.db.transaction import NO_WORKSPACE
from shared.http.tokens import identity_from_claims
from shared.identity import Identity
from shared.networks.registry import NetworkSettings
from tests.support.service import ServiceHand, platform_settings

Json = dict[str, Any]
PASSWORD = "correct horse battery"
OWNER = {
    "name": "Ada Owner",
    "email": "ada@acme.test",
    "password": PASSWORD,
    "workspace_name": "Acme",
    "time_zone": "Europe/Berlin",
    "locale": "en",
    "ip": "203.0.113.7",
    "user_agent": "Firefox",
}


def said(answer: httpx.Response) -> tuple[int, str]:
    """The status and the code of a refusal."""
    return answer.status_code, answer.json()["code"]


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who has signed in: the token of their session and who they are by it."""

    id: UUID
    token: str
    identity: Identity

    @property
    def workspace_id(self) -> UUID:
        return self.identity.workspace_id


@dataclass(frozen=True, slots=True)
class DirectoryHand(ServiceHand):
    async def gateway(
        self, method: str, path: str, body: Mapping[str, Any] | None = None
    ) -> httpx.Response:
        """A call of the gateway, which knows nobody yet."""
        async with self.neighbour("gateway", NO_WORKSPACE) as gateway:
            return await gateway.request(method, f"/internal{path}", json=body)

    async def set_up(self, **changed: Any) -> Somebody:
        answer = await self.gateway("POST", "/setup", {**OWNER, **changed})
        assert answer.status_code == 201, answer.text
        return await self.signed_in(answer.json())

    async def signed_in(self, session: Json, workspace_id: UUID | None = None) -> Somebody:
        identity = await self.identity(session["token"], workspace_id)
        return Somebody(UUID(session["person"]["id"]), session["token"], identity)

    async def identity(self, token: str, workspace_id: UUID | None = None) -> Identity:
        answer = await self.resolve(token, workspace_id)
        assert answer.status_code == 200, answer.text
        return identity_from_claims(answer.json()["identity"])

    async def resolve(self, token: str, workspace_id: UUID | None = None) -> httpx.Response:
        where = None if workspace_id is None else str(workspace_id)
        body = {"token": token, "workspace_id": where, "ip": "203.0.113.7"}
        return await self.gateway("POST", "/sessions/resolve", body)

    async def log_in(self, email: str = "ada@acme.test", **changed: Any) -> httpx.Response:
        body = {"email": email, "password": PASSWORD, "ip": "203.0.113.7", **changed}
        return await self.gateway("POST", "/sessions", body)

    async def call(
        self, somebody: Somebody | Identity, method: str, path: str, body: Any = None
    ) -> httpx.Response:
        """A call in the name of a person, as the gateway passes it on."""
        identity = somebody if isinstance(somebody, Identity) else somebody.identity
        async with self.client(identity) as client:
            return await client.request(
                method,
                path,
                json=body,
                headers={"x-parley-client-ip": "198.51.100.4", "user-agent": "Safari"},
            )

    async def roles(self, somebody: Somebody) -> dict[str, UUID]:
        """The id of each role that comes with Parley, by its key, and of others by name."""
        answer = await self.call(somebody, "GET", "/roles")
        assert answer.status_code == 200, answer.text
        return {it["template"] or it["name"]["en"]: UUID(it["id"]) for it in answer.json()}

    async def invite(
        self, host: Somebody, email: str, roles: Sequence[str], **changed: Any
    ) -> Json:
        known = await self.roles(host)
        body = {"emails": [email], "role_ids": [str(known[role]) for role in roles], **changed}
        answer = await self.call(host, "POST", "/invitations", body)
        assert answer.status_code == 201, answer.text
        found: Json = answer.json()[0]
        return found

    async def accept(self, token: str, name: str = "Ben", **changed: Any) -> httpx.Response:
        body = {"name": name, "password": PASSWORD, "ip": "203.0.113.9", **changed}
        return await self.gateway("POST", f"/invitations/{token}/accept", body)

    async def join(
        self, host: Somebody, *roles: str, email: str = "ben@acme.test", **changed: Any
    ) -> Somebody:
        """Somebody new with these roles in the workspace of `host`."""
        invitation = await self.invite(host, email, roles, **changed)
        answer = await self.accept(invitation["token"], name=email.partition("@")[0].title())
        assert answer.status_code == 200, answer.text
        return await self.signed_in(answer.json(), host.workspace_id)

    async def audit(self, somebody: Somebody, query: str = "") -> list[Json]:
        answer = await self.call(somebody, "GET", f"/audit{query}")
        assert answer.status_code == 200, answer.text
        found: list[Json] = answer.json()["items"]
        return found


@asynccontextmanager
async def running_directory(
    urls: Mapping[str, str],
    clock: Clock,
    *,
    sandbox_url: str = "",
    keep: bool = False,
    **changed: Any,
) -> AsyncIterator[DirectoryHand]:
    """A team_directory that reaches the sandbox; hashing is as cheap as it can be.

    It is empty unless it is to `keep` what there is, as a second or a later process does.
    """
    settings = TeamDirectorySettings.model_validate(
        {
            "database_url": urls["team_directory"],
            "port": 0,
            "pool_size": 5,
            "credential_keys": "a-key-for-tests-only-of-some-length",
            "password_memory_kib": 32,
            "password_rounds": 1,
            "public_url": "https://desk.acme.test",
            "platform": platform_settings(urls),
            "webhook_allow_local": True,
            "networks": NetworkSettings(allow_local=True, sandbox_url=sandbox_url),
            **changed,
        }
    )
    service = build(settings, clock)
    hand = DirectoryHand(service, urls["team_directory_owner"])
    if not keep:
        await hand.empty()
    try:
        yield hand
    finally:
        for close in service.parts.closers:
            await close()
        await service.database.close()
