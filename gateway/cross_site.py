"""Which other web sites may use the gateway from a browser: none, unless the settings name them."""

from urllib.parse import urlsplit

from gateway.errors import CrossSiteError
from gateway.inbound import Headers, Inbound

_ALLOWED_METHODS = b"GET, HEAD, POST, PUT, PATCH, DELETE"
_ALLOWED_HEADERS = (
    b"Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-Parley-Workspace"
)
_EXPOSED = b"X-Request-ID, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"


class CrossSite:
    """`own` is the configured public origin, if any."""

    def __init__(self, origins: tuple[str, ...], own: str) -> None:
        self._origins = frozenset(origins)
        self._own = own.rstrip("/")

    def headers(self, inbound: Inbound) -> Headers:
        """The CORS headers of an answer; none for an origin that is not allowed."""
        if not self._origins:
            return []
        vary: Headers = [(b"vary", b"Origin")]
        origin = inbound.text(b"origin")
        if origin not in self._origins or origin is None:
            return vary
        return [
            *vary,
            (b"access-control-allow-origin", origin.encode()),
            (b"access-control-allow-credentials", b"true"),
            (b"access-control-expose-headers", _EXPOSED),
        ]

    def preflight(self, inbound: Inbound) -> Headers | None:
        """The answer to a browser that asks first; None for any other request."""
        asked = inbound.method == "OPTIONS" and (
            b"access-control-request-method" in inbound.named
            and inbound.text(b"origin") in self._origins
        )
        if not asked:
            return None
        return [
            (b"access-control-allow-methods", _ALLOWED_METHODS),
            (b"access-control-allow-headers", _ALLOWED_HEADERS),
            (b"access-control-max-age", b"600"),
        ]

    def check(self, inbound: Inbound) -> None:
        """Refuse a change that another site makes a browser send along with our cookie.

        Browsers say `Sec-Fetch-Site` or `Origin` with every such request; what says neither is no
        browser and carries no cookie against somebody's will.
        """
        if inbound.safe or b"authorization" in inbound.named:
            return
        origin = inbound.text(b"origin")
        if origin is not None and (origin in self._origins or origin == self._own):
            return
        site = inbound.text(b"sec-fetch-site")
        if site is not None:
            if site not in ("same-origin", "none"):
                raise CrossSiteError
        elif origin is not None and urlsplit(origin).netloc != inbound.text(b"host"):
            raise CrossSiteError
