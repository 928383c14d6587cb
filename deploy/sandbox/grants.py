"""Who may act for an account: consent codes, access tokens that expire, refresh tokens that rotate.

A refresh token works once. Presenting a used one again revokes the whole grant, as networks with
rotation do, so a product that refreshes twice at once loses its connection here and not in public.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from deploy.sandbox.kinds import SCOPES
from deploy.sandbox.model import Grant
from deploy.sandbox.refusals import RefusalError
from deploy.sandbox.world import World

CODE_LIFE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What an owner agreed to; worth one exchange while it lives."""

    account_id: str
    client_id: str
    redirect_uri: str
    scopes: tuple[str, ...] = SCOPES
    code_challenge: str = ""


def _invalid_grant(message: str) -> RefusalError:
    return RefusalError(400, "invalid_grant", message)


class Grants:
    def __init__(self, world: World, token_life: timedelta = timedelta(hours=2)) -> None:
        self._world = world
        self.token_life = token_life
        self._codes: dict[str, tuple[Consent, datetime]] = {}

    def _secret(self, prefix: str) -> str:
        """Repeatable like everything here, which is why this must never guard anything real."""
        digest = hashlib.sha256(self._world.new_id(prefix).encode()).hexdigest()
        return f"sbx_{prefix}_{digest[:40]}"

    def consent(self, consent: Consent) -> str:
        self._world.account(consent.account_id)
        code = self._secret("code")
        self._codes[code] = (consent, self._world.clock.now() + CODE_LIFE)
        return code

    def exchange(self, code: str, redirect_uri: str, verifier: str = "") -> dict[str, Any]:
        consent, expires_at = self._codes.pop(code, (None, self._world.clock.now()))
        if consent is None or self._world.clock.now() > expires_at:
            raise _invalid_grant("This code is unknown, used or too old.")
        if consent.redirect_uri != redirect_uri:
            raise _invalid_grant("The return address is another one than at the start.")
        if consent.code_challenge and consent.code_challenge != _challenge(verifier):
            raise _invalid_grant("The verifier does not fit the challenge.")
        return self.issue(consent.account_id, consent.client_id, list(consent.scopes))

    def password(self, handle: str, access_code: str, client_id: str) -> dict[str, Any]:
        account = self._world.account_by_handle(handle)
        if account.access_code != access_code:
            raise RefusalError(401, "wrong_access_code", "Handle and access code do not match.")
        return self.issue(account.id, client_id, list(SCOPES))

    def issue(self, account_id: str, client_id: str, scopes: list[str]) -> dict[str, Any]:
        self._world.account(account_id)
        grant = Grant(
            id=self._world.new_id("grt"),
            account_id=account_id,
            client_id=client_id,
            scopes=scopes,
            refresh_token=self._secret("rt"),
        )
        self._world.state.grants[grant.id] = grant
        return self._answer(grant)

    def refresh(self, refresh_token: str) -> dict[str, Any]:
        for grant in self._world.state.grants.values():
            if refresh_token in grant.used_refresh_tokens:
                grant.revoked = True
                self._world.keep()
                raise _invalid_grant("This refresh token was used before; the grant is revoked.")
            if refresh_token == grant.refresh_token and not grant.revoked:
                grant.used_refresh_tokens.append(refresh_token)
                grant.refresh_token = self._secret("rt")
                return self._answer(grant)
        raise _invalid_grant("This refresh token is not valid.")

    def revoke(self, token: str) -> None:
        for grant in self._world.state.grants.values():
            if token in grant.access_tokens or token == grant.refresh_token:
                grant.revoked = True
        self._world.keep()

    def expire(self, token: str) -> None:
        """End an access token now, as the fault plane does."""
        for grant in self._world.state.grants.values():
            if token in grant.access_tokens:
                grant.access_tokens[token] = self._world.clock.now() - timedelta(seconds=1)

    def drop_scope(self, token: str, scope: str) -> None:
        for grant in self._world.state.grants.values():
            if token in grant.access_tokens and scope in grant.scopes:
                grant.scopes.remove(scope)

    def account_of(self, token: str) -> str | None:
        """Whose token this is, valid or not; the fault plane matches on it."""
        for grant in self._world.state.grants.values():
            if token in grant.access_tokens:
                return grant.account_id
        return None

    def authenticate(self, token: str) -> Grant:
        for grant in self._world.state.grants.values():
            if token not in grant.access_tokens:
                continue
            if grant.revoked:
                raise RefusalError(401, "token_revoked", "The owner withdrew this access.")
            if self._world.clock.now() >= grant.access_tokens[token]:
                raise RefusalError(401, "token_expired", "This access token has expired.")
            return grant
        raise RefusalError(401, "token_invalid", "This access token is not known.")

    def describe(self, grant: Grant, token: str) -> dict[str, Any]:
        return {
            "account_id": grant.account_id,
            "client_id": grant.client_id,
            "scope": " ".join(grant.scopes),
            "expires_at": grant.access_tokens[token],
        }

    def _answer(self, grant: Grant) -> dict[str, Any]:
        token = self._secret("at")
        now = self._world.clock.now()
        alive = {name: at for name, at in grant.access_tokens.items() if at > now - self.token_life}
        grant.access_tokens = {**alive, token: now + self.token_life}
        self._world.keep()
        return {
            "access_token": token,
            "refresh_token": grant.refresh_token,
            "token_type": "bearer",
            "expires_in": int(self.token_life.total_seconds()),
            "scope": " ".join(grant.scopes),
            "account_id": grant.account_id,
        }


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
