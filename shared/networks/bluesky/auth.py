"""Connecting a Bluesky account with an app password, and keeping its session."""

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from shared.networks.bluesky.xrpc import Server, Xrpc, server_of
from shared.networks.connector import Connected, Inspection
from shared.networks.errors import (
    AuthExpiredError,
    AuthRevokedError,
    InvalidInputError,
    NetworkError,
)
from shared.networks.refresh import renewed
from shared.networks.types import Access, Account, Credentials, Json

POSTS = "posts"
MESSAGES = "messages"
_PLAIN_APP_PASSWORD = "com.atproto.appPass"  # noqa: S105 -- the name of a scope, not a password.


class Sessions:
    def __init__(self, xrpc: Xrpc, default_url: str) -> None:
        self._xrpc = xrpc
        self._default_url = default_url

    async def create(self, answers: Mapping[str, str]) -> Connected:
        service = _service_url(answers.get("service") or self._default_url)
        identifier = answers.get("identifier", "").strip().removeprefix("@")
        password = answers.get("password", "").strip()
        if not identifier or not password:
            raise InvalidInputError("A handle and an app password are needed.")
        body = {"identifier": identifier, "password": password}
        reply = await self._xrpc.procedure(
            Server(url=service), "com.atproto.server.createSession", body, writes=False
        )
        credentials = _credentials({**reply.data, "service": _pds(reply.data) or service})
        account = await self._describe(credentials, reply.data)
        return Connected(account=account, credentials=credentials, scopes=scopes(credentials))

    async def refresh(self, credentials: Credentials) -> Credentials:
        data = credentials.data
        server = Server(url=data["service"], token=data["refreshJwt"])
        try:
            reply = await self._xrpc.procedure(
                server, "com.atproto.server.refreshSession", writes=False
            )
        except AuthExpiredError as error:
            # The refresh token itself is over, or was revoked: nothing is left to refresh with.
            raise AuthRevokedError(error.detail, **error.data) from error
        return _credentials(renewed(data, {**reply.data, "service": data["service"]}))

    async def inspect(self, access: Access) -> Inspection:
        reply = await self._xrpc.query(server_of(access), "com.atproto.server.getSession")
        return Inspection(
            account=await self._describe(access.credentials, reply.data),
            scopes=scopes(access.credentials),
            expires_at=access.credentials.expires_at,
            problems=() if reply.data.get("active", True) else ("The account is not active.",),
        )

    async def revoke(self, access: Access) -> None:
        data = access.credentials.data
        server = Server(url=data["service"], token=data["refreshJwt"])
        try:
            await self._xrpc.procedure(server, "com.atproto.server.deleteSession", writes=False)
        except (AuthExpiredError, AuthRevokedError):
            return

    async def _describe(self, credentials: Credentials, session: Json) -> Account:
        server = Server(url=credentials.data["service"], token=credentials.data["accessJwt"])
        try:
            params = {"actor": session["did"]}
            reply = await self._xrpc.query(server, "app.bsky.actor.getProfile", params)
            profile = reply.data
        except NetworkError:
            # The profile only decorates: an app view that is down must not prevent connecting.
            profile = {}
        return Account(
            external_id=session["did"],
            handle=profile.get("handle") or session["handle"],
            base_url=credentials.data["service"],
            display_name=profile.get("displayName") or "",
            avatar_url=profile.get("avatar"),
            profile_url=f"https://bsky.app/profile/{session['did']}",
        )


def scopes(credentials: Credentials) -> frozenset[str]:
    """What the password allows: only a privileged one opens direct messages."""
    plain = _claims(credentials.data["accessJwt"]).get("scope") == _PLAIN_APP_PASSWORD
    return frozenset({POSTS} if plain else {POSTS, MESSAGES})


def _credentials(data: Json) -> Credentials:
    kept = {name: data[name] for name in ("did", "accessJwt", "refreshJwt", "service")}
    expires = _claims(kept["accessJwt"]).get("exp")
    return Credentials(
        data=kept,
        expires_at=datetime.fromtimestamp(expires, UTC) if expires else None,
        refreshable=True,
    )


def _claims(token: str) -> Json:
    """The claims of a token, unverified: they are our own session's, read for its life time."""
    try:
        part = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (IndexError, ValueError, binascii.Error):
        return {}
    return claims if isinstance(claims, dict) else {}


def _pds(session: Json) -> str | None:
    """The server that holds the account; the one that logs people in may be another."""
    for service in (session.get("didDoc") or {}).get("service", ()):
        if str(service.get("id", "")).endswith("#atproto_pds"):
            return str(service["serviceEndpoint"]).rstrip("/")
    return None


def _service_url(text: str) -> str:
    text = text.strip().rstrip("/")
    url = text if "://" in text else f"https://{text}"
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise InvalidInputError("This is not the address of a server.", field="service")
    return url
