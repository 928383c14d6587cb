"""Connecting a Mastodon account: an app on the person's instance, then OAuth with PKCE."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from shared.networks.connector import Connected, Inspection, Redirect
from shared.networks.errors import (
    AuthRevokedError,
    GoneError,
    InvalidInputError,
    PolicyRejectedError,
    UnsupportedError,
)
from shared.networks.mastodon.api import Api, Server, server_of
from shared.networks.mastodon.instance import instance_facts
from shared.networks.types import Access, Account, Credentials, Json

SCOPES = (
    "read",
    "write:statuses",
    "write:favourites",
    "write:blocks",
    "write:media",
)
_APP_NAME = "Parley"


class Sessions:
    def __init__(self, api: Api) -> None:
        self._api = api

    async def begin(self, answers: Mapping[str, str], return_url: str) -> Redirect:
        instance = instance_url(answers.get("instance", ""))
        form = {
            "client_name": _APP_NAME,
            "redirect_uris": return_url,
            "scopes": " ".join(SCOPES),
        }
        await self._probe(Server(url=instance))
        app = (await self._api.ask(Server(url=instance), "/api/v1/apps", form)).data
        state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
        query = {
            "response_type": "code",
            "client_id": app["client_id"],
            "redirect_uri": return_url,
            "scope": " ".join(SCOPES),
            "state": state,
            "code_challenge": challenge(verifier),
            "code_challenge_method": "S256",
        }
        pending = {
            "instance": instance,
            "client_id": app["client_id"],
            "client_secret": app["client_secret"],
            "return_url": return_url,
            "verifier": verifier,
            "state": state,
        }
        url = f"{instance}/oauth/authorize?{urlencode(query)}"
        return Redirect(url=url, state=state, pending=pending)

    async def _probe(self, server: Server) -> None:
        """Says what is wrong with an address before anything is registered there."""
        try:
            document = (await self._api.get(server, "/api/v2/instance")).data
        except (GoneError, UnsupportedError, PolicyRejectedError, AuthRevokedError) as error:
            raise _not_an_instance(server) from error
        if not isinstance(document, dict) or "version" not in document:
            raise _not_an_instance(server)

    async def finish(self, pending: Json, answers: Mapping[str, str]) -> Connected:
        if not hmac.compare_digest(answers.get("state", ""), pending["state"]):
            raise InvalidInputError("This answer does not belong to the connection just begun.")
        if answers.get("error") or not answers.get("code"):
            raise AuthRevokedError("The permission was not given.", error=answers.get("error"))
        form = {
            "grant_type": "authorization_code",
            "code": answers["code"],
            "client_id": pending["client_id"],
            "client_secret": pending["client_secret"],
            "redirect_uri": pending["return_url"],
            "code_verifier": pending["verifier"],
            "scope": " ".join(SCOPES),
        }
        server = Server(url=pending["instance"])
        token = (await self._api.ask(server, "/oauth/token", form)).data
        data = {
            "access_token": token["access_token"],
            "client_id": pending["client_id"],
            "client_secret": pending["client_secret"],
        }
        credentials = Credentials(data=data)
        account = await self._describe(Server(url=server.url, token=token["access_token"]))
        granted = frozenset(str(token.get("scope", "")).split())
        return Connected(account=account, credentials=credentials, scopes=granted)

    async def inspect(self, access: Access) -> Inspection:
        account = await self._describe(server_of(access))
        app = (await self._api.get(server_of(access), "/api/v1/apps/verify_credentials")).data
        scopes = app.get("scopes") or []
        return Inspection(account=account, scopes=frozenset(map(str, scopes)))

    async def revoke(self, access: Access) -> None:
        data = access.credentials.data
        form = {
            "token": data["access_token"],
            "client_id": data["client_id"],
            "client_secret": data["client_secret"],
        }
        try:
            await self._api.ask(Server(url=access.account.base_url), "/oauth/revoke", form)
        except AuthRevokedError:
            return

    async def _describe(self, server: Server) -> Account:
        me = (await self._api.get(server, "/api/v1/accounts/verify_credentials")).data
        facts = instance_facts((await self._api.get(server, "/api/v2/instance")).data)
        return Account(
            external_id=str(me["id"]),
            handle=f"{me['username']}@{facts.get('domain') or urlsplit(server.url).hostname}",
            base_url=server.url,
            display_name=me.get("display_name") or "",
            avatar_url=me.get("avatar"),
            profile_url=me.get("url"),
            facts=facts,
        )


def _not_an_instance(server: Server) -> InvalidInputError:
    host = urlsplit(server.url).hostname
    return InvalidInputError(f"There is no Mastodon server at {host}.", field="instance")


def challenge(verifier: str) -> str:
    """PKCE, method S256."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def instance_url(text: str) -> str:
    """The address of an instance from what people type: a name, an address, or their handle."""
    scheme, found, rest = text.strip().rpartition("://")
    host = rest.split("/")[0].rpartition("@")[2]
    try:
        parts = urlsplit(f"//{host}")
        name, port = parts.hostname, parts.port
    except ValueError:
        name, port = None, None
    if not name or (found and scheme not in ("http", "https")):
        raise InvalidInputError("This is not the address of an instance.", field="instance")
    return f"{scheme or 'https'}://{name.lower()}{f':{port}' if port else ''}"
