"""What every route of the public API needs: the world behind it and who is asking."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from deploy.sandbox.audience import Audience
from deploy.sandbox.brands import Brands
from deploy.sandbox.faults import FaultPlane
from deploy.sandbox.grants import Grants
from deploy.sandbox.limits import Limits
from deploy.sandbox.model import Grant
from deploy.sandbox.people import People
from deploy.sandbox.refusals import RefusalError, not_found
from deploy.sandbox.traffic import Traffic
from deploy.sandbox.views import Views
from deploy.sandbox.webhooks import Webhooks
from deploy.sandbox.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Sandbox:
    """All parts of the running network; front ends of other shapes stand on the same ones."""

    world: World
    people: People
    brands: Brands
    views: Views
    audience: Audience
    grants: Grants
    limits: Limits
    plane: FaultPlane
    webhooks: Webhooks
    traffic: Traffic


async def sandbox_of(request: Request) -> Sandbox:
    found = request.app.state.sandbox
    assert isinstance(found, Sandbox)  # noqa: S101 - set by the app factory
    return found


SandboxDep = Annotated[Sandbox, Depends(sandbox_of)]
_bearer = HTTPBearer(auto_error=False)


@dataclass(frozen=True, slots=True)
class Caller:
    """The account in whose name a request acts, and what its owner allowed."""

    grant: Grant
    token: str

    @property
    def account_id(self) -> str:
        return self.grant.account_id

    def must_be(self, account_id: str) -> None:
        if account_id != self.account_id:
            raise not_found("account")

    def needs(self, scope: str) -> None:
        if scope not in self.grant.scopes:
            raise RefusalError(403, "scope_missing", f"The scope {scope} is missing.", scope=scope)


async def caller_of(
    sandbox: SandboxDep,
    response: Response,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Caller:
    """Authenticate, count against the account's limit, and say how much is left."""
    if credentials is None:
        raise RefusalError(401, "token_missing", "Send a bearer token.")
    grant = sandbox.grants.authenticate(credentials.credentials)
    limit = sandbox.world.account(grant.account_id).rate_limit
    response.headers.update(sandbox.limits.count(grant.account_id, limit))
    return Caller(grant, credentials.credentials)


CallerDep = Annotated[Caller, Depends(caller_of)]
