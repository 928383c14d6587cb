"""Connecting a sandbox account: by its consent page, or by an access code like an app password."""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlencode

from shared.networks.connector import Connected, Inspection, Redirect
from shared.networks.errors import AuthExpiredError, AuthRevokedError, InvalidInputError
from shared.networks.refresh import renewed
from shared.networks.sandbox.wire import Wire
from shared.networks.types import Access, Account, Credentials, Json

CLIENT = "parley"


class Grants:
    def __init__(self, wire: Wire, url: str) -> None:
        self._wire = wire
        self._url = url.rstrip("/")

    async def begin(self, answers: Mapping[str, str], return_url: str) -> Connected | Redirect:
        handle = answers.get("handle", "").strip().removeprefix("@")
        code = answers.get("access_code", "").strip()
        if not code:
            return self._consent_page(handle, return_url)
        if not handle:
            raise InvalidInputError("An access code needs its handle.", field="handle")
        return await self._connected(
            {"grant_type": "password", "username": handle, "password": code}
        )

    def _consent_page(self, handle: str, return_url: str) -> Redirect:
        state, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
        digest = hashlib.sha256(verifier.encode()).digest()
        query = {
            "client_id": CLIENT,
            "redirect_uri": return_url,
            "state": state,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "account": handle,
        }
        return Redirect(
            url=f"{self._url}/oauth/authorize?{urlencode(query)}",
            state=state,
            pending={"state": state, "verifier": verifier, "return_url": return_url},
        )

    async def finish(self, pending: Json, answers: Mapping[str, str]) -> Connected:
        if answers.get("error"):
            raise AuthRevokedError("The owner of the account did not agree.")
        if not secrets.compare_digest(answers.get("state", ""), str(pending["state"])):
            raise InvalidInputError("This answer belongs to another attempt to connect.")
        return await self._connected(
            {
                "grant_type": "authorization_code",
                "code": answers.get("code", ""),
                "redirect_uri": pending["return_url"],
                "code_verifier": pending["verifier"],
            }
        )

    async def refresh(self, credentials: Credentials) -> Credentials:
        fields = {
            "grant_type": "refresh_token",
            "refresh_token": credentials.data["refresh_token"],
        }
        return self._credentials(credentials.data, await self._token(fields))

    async def inspect(self, access: Access) -> Inspection:
        grant = await self._wire.get(access, "/oauth/inspect")
        return Inspection(
            account=await self._describe(access.account.external_id, access.credentials),
            scopes=frozenset(grant.data["scope"].split()),
            expires_at=access.credentials.expires_at,
        )

    async def revoke(self, access: Access) -> None:
        fields = {"token": access.credentials.data["refresh_token"]}
        try:
            await self._wire.form(f"{access.account.base_url}/oauth/revoke", fields)
        except (AuthExpiredError, AuthRevokedError):
            return

    async def _token(self, fields: Mapping[str, str]) -> Json:
        fields = {**fields, "client_id": CLIENT}
        return (await self._wire.form(f"{self._url}/oauth/token", fields)).data

    async def _connected(self, fields: Mapping[str, str]) -> Connected:
        granted = await self._token(fields)
        credentials = self._credentials({}, granted)
        return Connected(
            account=await self._describe(granted["account_id"], credentials),
            credentials=credentials,
            scopes=frozenset(granted["scope"].split()),
        )

    def _credentials(self, old: Json, granted: Json) -> Credentials:
        new = {name: granted.get(name) for name in ("access_token", "refresh_token")}
        return Credentials(
            data=renewed(old, new),
            expires_at=self._wire.clock.now() + timedelta(seconds=granted["expires_in"]),
            refreshable=True,
        )

    async def _describe(self, account_id: str, credentials: Credentials) -> Account:
        """The account as the network shows it; its capabilities become the account's facts."""
        bare = Account(external_id=account_id, handle="", base_url=self._url)
        access = Access(account=bare, credentials=credentials)
        profile = (await self._wire.get(access, f"/v1/accounts/{account_id}")).data
        facts = (await self._wire.get(access, f"/v1/accounts/{account_id}/capabilities")).data
        return Account(
            external_id=account_id,
            handle=profile["handle"],
            base_url=self._url,
            display_name=profile["name"],
            avatar_url=self._url + profile["avatar_path"],
            facts=facts,
        )
