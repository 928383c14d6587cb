"""What the gateway refuses and what it reports of its upstreams, with stable codes."""

from typing import ClassVar

from shared.errors import (
    BusyError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    ParleyError,
    UnauthenticatedError,
    UnavailableError,
)
from shared.http.problems import Problem, problem_of, status_of


class RefusedError(InvalidError):
    """The request is refused as HTTP, before anybody looks at what it wants."""

    status: ClassVar[int] = 400
    code = "gateway.bad_request"
    title = "This is not a request that the gateway passes on."


class BadPathError(RefusedError):
    code = "gateway.bad_path"
    title = "The path holds dot segments, encoded slashes or characters that do not belong there."


class AmbiguousRequestError(RefusedError):
    code = "gateway.ambiguous_request"
    title = "The request says contradictory things about itself."


class UpgradeRefusedError(RefusedError):
    code = "gateway.upgrade_refused"
    title = "Upgrades of the connection are not supported; the live stream is at /api/v1/stream."


class MethodRefusedError(RefusedError):
    status = 405
    code = "gateway.method_refused"
    title = "The gateway does not pass this method on."


class BodyTooSlowError(RefusedError):
    status = 408
    code = "gateway.body_too_slow"
    title = "The body of the request did not arrive in time."


class BodyTooLargeError(RefusedError):
    status = 413
    code = "gateway.body_too_large"
    title = "The body of the request is larger than is allowed here."


class HeadersTooLargeError(RefusedError):
    status = 431
    code = "gateway.headers_too_large"
    title = "The headers of the request are larger than is allowed."


class WorkspaceHeaderError(RefusedError):
    status = 422
    code = "gateway.workspace_header"
    title = "X-Parley-Workspace (or ?workspace=) must be the id of a workspace."


class CrossSiteError(ForbiddenError):
    code = "gateway.cross_site"
    title = "Another web site asked the browser to do this."


class SignInError(UnauthenticatedError):
    code = "gateway.sign_in"
    title = "Sign in first, or send an API key."


class NoSessionError(ForbiddenError):
    code = "gateway.no_session"
    title = "An API key has no session to end."


class ConversationUnseenError(NotFoundError):
    code = "gateway.conversation_unseen"
    title = "There is no such conversation, or you do not see it."


class OtherWorkspaceError(NotFoundError):
    code = "gateway.other_workspace"
    title = "This key belongs to another workspace than the one that was named."


class NoRouteError(NotFoundError):
    code = "gateway.no_route"
    title = "There is nothing at this address."


class RateLimitError(BusyError):
    code = "gateway.rate_limit"
    title = "Too many requests; the RateLimit headers say when to go on."


class TooManyStreamsError(BusyError):
    code = "gateway.too_many_streams"
    title = "This person or address already has as many live streams as are allowed."


class OverloadedError(UnavailableError):
    code = "gateway.overloaded"
    title = "The gateway has as many requests under way as it takes on; try again shortly."


class UpstreamDownError(UnavailableError):
    code = "gateway.upstream_down"
    title = "The part of the platform that answers this is not running; try again shortly."


class UpstreamBusyError(UnavailableError):
    code = "gateway.upstream_busy"
    title = "The part of the platform that answers this is busy; try again shortly."


class UpstreamBrokenError(UnavailableError):
    status: ClassVar[int] = 502
    code = "gateway.upstream_broken"
    title = "The part of the platform that answers this broke off or spoke nonsense."


class UpstreamTimeoutError(UnavailableError):
    status: ClassVar[int] = 504
    code = "gateway.upstream_timeout"
    title = "The part of the platform that answers this took too long."


class ClientGoneError(Exception):
    """The client closed its connection: nobody is left to answer."""


class ResponseCutError(Exception):
    """The answer broke off after its head had been passed on; only closing says so."""


def status_at_gateway(error: type[ParleyError] | ParleyError) -> int:
    """The status of a declared error; the gateway knows a few that services do not."""
    return getattr(error, "status", None) or status_of(error)


def gateway_problem(error: ParleyError) -> Problem:
    problem = problem_of(error)
    problem.status = status_at_gateway(error)
    return problem
