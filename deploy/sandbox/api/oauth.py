"""Consent, tokens, refresh and withdrawal, in the manner of OAuth 2 with PKCE."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from deploy.sandbox.api.context import CallerDep, SandboxDep
from deploy.sandbox.api.pages import consent_page
from deploy.sandbox.api.schemas import AuthorizeQuery, TokenForm
from deploy.sandbox.grants import Consent
from deploy.sandbox.kinds import SCOPES
from deploy.sandbox.refusals import RefusalError

router = APIRouter(prefix="/oauth", tags=["oauth"])


@router.get("/authorize", response_class=Response)
async def authorize(sandbox: SandboxDep, ask: Annotated[AuthorizeQuery, Query()]) -> Response:
    """The owner's consent page; with `account` and `decision` it answers at once."""
    if ask.decision == "deny":
        return _back(ask, error="access_denied")
    if not (ask.account and ask.decision == "approve"):
        return HTMLResponse(consent_page(list(sandbox.world.state.accounts.values()), ask.account))
    known = sandbox.world.state.accounts.get(ask.account)
    consent = Consent(
        account_id=(known or sandbox.world.account_by_handle(ask.account)).id,
        client_id=ask.client_id,
        redirect_uri=ask.redirect_uri,
        scopes=tuple(name for name in ask.scope.split() if name in SCOPES),
        code_challenge=ask.code_challenge,
    )
    return _back(ask, code=sandbox.grants.consent(consent))


def _back(ask: AuthorizeQuery, **answer: str) -> RedirectResponse:
    separator = "&" if "?" in ask.redirect_uri else "?"
    query = urlencode({**answer, "state": ask.state})
    return RedirectResponse(f"{ask.redirect_uri}{separator}{query}", status_code=302)


@router.post("/token")
async def token(sandbox: SandboxDep, form: Annotated[TokenForm, Form()]) -> dict[str, Any]:
    match form.grant_type:
        case "authorization_code":
            return sandbox.grants.exchange(form.code, form.redirect_uri, form.code_verifier)
        case "refresh_token":
            return sandbox.grants.refresh(form.refresh_token)
        case "password":
            return sandbox.grants.password(form.username, form.password, form.client_id)
    raise RefusalError(400, "unsupported_grant_type", "This kind of grant is not offered.")


@router.post("/revoke", status_code=204)
async def revoke(sandbox: SandboxDep, token: Annotated[str, Form()]) -> None:
    sandbox.grants.revoke(token)


@router.get("/inspect")
async def inspect(sandbox: SandboxDep, caller: CallerDep) -> dict[str, Any]:
    return sandbox.grants.describe(caller.grant, caller.token)
