"""The gateway's own routes: sessions, the first start, invitations."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import BaseModel, SecretStr

from gateway.authentication import Authenticator, Credential, SignedIn, read_credential
from gateway.directory import Directory
from gateway.errors import NoSessionError, SignInError
from gateway.inbound import Inbound
from gateway.schemas import (
    FirstOwner,
    ForgottenPassword,
    InvitationView,
    InvitedPerson,
    Login,
    NewPassword,
    SessionView,
    SetupView,
    WhoView,
)
from gateway.session_cookie import ended_cookie, session_cookie
from gateway.upstreams import Upstreams
from shared.errors import (
    BusyError,
    ConflictError,
    InvalidError,
    NotFoundError,
    UnauthenticatedError,
)
from shared.http.problems import answers
from shared.http.strict_json import StrictRoute
from shared.identity import ActorKind

router = APIRouter(prefix="/api/v1", route_class=StrictRoute)
_AGENT_LENGTH = 500

LinkToken = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{8,256}$")]


async def _inbound(request: Request) -> Inbound:
    inbound: Inbound = request.scope["state"]["inbound"]
    return inbound


async def _directory(request: Request) -> Directory:
    directory: Directory = request.app.state.directory
    return directory


async def _authenticator(request: Request) -> Authenticator:
    authenticator: Authenticator = request.app.state.authenticator
    return authenticator


TheInbound = Annotated[Inbound, Depends(_inbound)]
TheDirectory = Annotated[Directory, Depends(_directory)]
TheAuthenticator = Annotated[Authenticator, Depends(_authenticator)]


async def _signed_in(
    request: Request, inbound: TheInbound, authenticator: TheAuthenticator
) -> SignedIn:
    signed = await authenticator.identify(read_credential(inbound))
    if signed.rotated is not None:
        cookie = session_cookie(signed.rotated, signed.expires_at, secure=_secure(request))
        inbound.answer_headers.append((b"set-cookie", cookie))
    return signed


CurrentActor = Annotated[SignedIn, Depends(_signed_in)]


@router.get("/setup", operation_id="read_setup", tags=["session"])
async def read_setup(directory: TheDirectory) -> SetupView:
    return SetupView(needed=await directory.needs_setup())


@router.post(
    "/setup",
    status_code=201,
    operation_id="set_up",
    tags=["session"],
    responses=answers(ConflictError, InvalidError),
)
async def set_up(
    request: Request, response: Response, directory: TheDirectory, body: FirstOwner
) -> SessionView:
    return _begin(request, response, await directory.set_up(_from_browser(request, body)))


@router.post(
    "/session",
    status_code=201,
    operation_id="log_in",
    tags=["session"],
    responses=answers(UnauthenticatedError, BusyError),
)
async def log_in(
    request: Request, response: Response, directory: TheDirectory, body: Login
) -> SessionView:
    return _begin(request, response, await directory.log_in(_from_browser(request, body)))


@router.get("/session", operation_id="who_am_i", tags=["session"], responses=answers(SignInError))
async def who_am_i(request: Request, actor: CurrentActor) -> WhoView:
    identity = actor.identity
    upstreams: Upstreams = request.app.state.upstreams
    person, workspaces = None, []
    if identity.kind is ActorKind.PERSON:
        person = await upstreams.get_as("team_directory", b"/account", actor.token)
        workspaces = await upstreams.get_as("team_directory", b"/workspaces", actor.token)
    return WhoView(
        actor_id=identity.actor_id,
        kind=identity.kind,
        workspace_id=identity.workspace_id,
        person=person,
        workspaces=workspaces,
        levels=dict(identity.levels),
        rights=sorted(identity.rights),
        sight=identity.sight,
        team_ids=sorted(identity.team_ids),
        profile_ids=None if identity.profile_ids is None else sorted(identity.profile_ids),
    )


@router.delete(
    "/session",
    status_code=204,
    operation_id="log_out",
    tags=["session"],
    responses=answers(NoSessionError),
)
async def log_out(
    request: Request,
    inbound: TheInbound,
    directory: TheDirectory,
    authenticator: TheAuthenticator,
) -> Response:
    credential = read_credential(inbound)
    if credential is not None:
        await _end(credential, directory, authenticator, everywhere=False)
    return Response(status_code=204, headers=_forget(request))


@router.delete(
    "/session/everywhere",
    status_code=204,
    operation_id="log_out_everywhere",
    tags=["session"],
    responses=answers(SignInError, NoSessionError),
)
async def log_out_everywhere(
    request: Request,
    inbound: TheInbound,
    directory: TheDirectory,
    authenticator: TheAuthenticator,
) -> Response:
    credential = read_credential(inbound)
    if credential is None:
        raise SignInError
    await _end(credential, directory, authenticator, everywhere=True)
    return Response(status_code=204, headers=_forget(request))


@router.get(
    "/invitations/{token}",
    operation_id="read_invitation",
    tags=["session"],
    responses=answers(NotFoundError),
)
async def read_invitation(directory: TheDirectory, token: LinkToken) -> InvitationView:
    return InvitationView.model_validate(await directory.invitation(token))


@router.post(
    "/invitations/{token}",
    status_code=201,
    operation_id="accept_invitation",
    tags=["session"],
    responses=answers(NotFoundError, ConflictError, InvalidError, BusyError),
)
async def accept_invitation(
    request: Request,
    response: Response,
    directory: TheDirectory,
    token: LinkToken,
    body: InvitedPerson,
) -> SessionView:
    accepted = await directory.accept_invitation(token, _from_browser(request, body))
    return _begin(request, response, accepted)


@router.post(
    "/password-resets",
    status_code=204,
    operation_id="ask_for_password_reset",
    tags=["session"],
    responses=answers(InvalidError, BusyError),
)
async def ask_for_password_reset(
    request: Request, directory: TheDirectory, body: ForgottenPassword
) -> None:
    """Mail a link to a new password, if there is such an account; nothing says whether."""
    await directory.ask_for_password_reset(_from_browser(request, body))


@router.post(
    "/password-resets/{token}",
    status_code=204,
    operation_id="reset_password",
    tags=["session"],
    responses=answers(NotFoundError, InvalidError),
)
async def reset_password(
    request: Request, directory: TheDirectory, token: LinkToken, body: NewPassword
) -> None:
    await directory.reset_password(token, _from_browser(request, body))


def _begin(request: Request, response: Response, session: dict[str, Any]) -> SessionView:
    """Put the token into the cookie and the rest into the body."""
    view = SessionView.model_validate(session)
    cookie = session_cookie(session["token"], view.expires_at, secure=_secure(request))
    response.headers["set-cookie"] = cookie.decode("latin-1")
    return view


async def _end(
    credential: Credential, directory: Directory, authenticator: Authenticator, *, everywhere: bool
) -> None:
    if not credential.by_cookie:
        raise NoSessionError
    await directory.log_out(credential.secret, everywhere=everywhere)
    authenticator.forget_credential(credential)


def _forget(request: Request) -> dict[str, str]:
    return {"set-cookie": ended_cookie(secure=_secure(request)).decode("latin-1")}


def _secure(request: Request) -> bool:
    inbound: Inbound = request.scope["state"]["inbound"]
    return bool(request.app.state.secure) or inbound.scheme == "https"


def _from_browser(request: Request, body: BaseModel) -> dict[str, Any]:
    """The fields as team_directory reads them, passwords included, and where they come from."""
    inbound: Inbound = request.scope["state"]["inbound"]
    fields = {
        name: value.get_secret_value() if isinstance(value, SecretStr) else value
        for name, value in body
    }
    agent = inbound.text(b"user-agent") or ""
    return {**fields, "ip": inbound.client_ip, "user_agent": agent[:_AGENT_LENGTH]}
