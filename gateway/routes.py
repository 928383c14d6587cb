"""The routing table as data: which path goes to which service, and under what conditions."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

_MEGABYTE = 1024 * 1024


class RateClass(StrEnum):
    """What a request is counted as; each class has its own rate."""

    READ = "read"
    WRITE = "write"
    ANONYMOUS = "anonymous"
    LOGIN = "login"
    HOOK = "hook"


@dataclass(frozen=True, slots=True)
class Route:
    """`prefix` is cut off when `cut`; `signed_in` asks for a session or an API key.

    `seconds`: how long nothing may move before the gateway gives up.
    """

    prefix: str
    upstream: str
    cut: bool = True
    signed_in: bool = True
    body_limit: int = 10 * _MEGABYTE
    seconds: float = 30


ROUTES = (
    Route("/api/v1/team", "team_directory"),
    Route("/api/v1/inbox", "inbox"),
    Route("/api/v1/publishing", "scheduler", body_limit=512 * _MEGABYTE, seconds=60),
    Route("/api/v1/tickets", "ticketing", body_limit=64 * _MEGABYTE),
    Route("/api/v1/analytics", "analytics", seconds=120),
    # Raw: a webhook's signature covers its exact bytes, and the network cannot sign in.
    Route("/hooks", "inbox", cut=False, signed_in=False, body_limit=8 * _MEGABYTE),
)

# Paths of a service that nobody outside may reach, whatever prefix they come under.
_PRIVATE = ("internal", "hooks")


class RouteTable:
    def __init__(self, routes: tuple[Route, ...] = ROUTES) -> None:
        self._routes = {route.prefix.encode(): route for route in routes}
        self._depths = sorted({prefix.count(b"/") for prefix in self._routes}, reverse=True)

    def find(self, path: bytes) -> tuple[Route, bytes] | None:
        """The route of a raw path, and the raw path that the upstream sees.

        None also for what is private: nobody shall learn whether it exists.
        """
        parts = path.split(b"/")
        for depth in self._depths:
            route = self._routes.get(b"/".join(parts[: depth + 1]))
            if route is not None:
                if not route.cut:
                    return route, path
                rest = b"/" + b"/".join(parts[depth + 1 :])
                return None if _is_private(rest) else (route, rest)
        return None


def _is_private(path: bytes) -> bool:
    first = path.split(b"/", 2)[1].decode("latin-1")
    if "%" in first:  # The upstream decodes the path before it routes; so must this.
        first = unquote(first)
    return first.casefold() in _PRIVATE
