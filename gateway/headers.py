"""Which headers pass: nothing that belongs to one connection, nothing that a client forged."""

from gateway.inbound import Headers, Inbound

HOP_BY_HOP = frozenset(
    {
        b"connection",
        b"keep-alive",
        b"proxy-authenticate",
        b"proxy-authorization",
        b"proxy-connection",
        b"te",
        b"trailer",
        b"transfer-encoding",
        b"upgrade",
    }
)
# Said anew by the gateway, or nobody's business behind it.
_REPLACED = frozenset(
    {
        b"content-length",
        b"cookie",
        b"expect",
        b"forwarded",
        b"host",
        b"traceparent",
        b"x-forwarded-for",
        b"x-forwarded-host",
        b"x-forwarded-proto",
        b"x-real-ip",
        b"x-request-id",
    }
)
_DROPPED = HOP_BY_HOP | _REPLACED
_OWN = b"x-parley-"
# What a Connection header must not name: these say how the message is read, or who sends it.
_KEPT_ANYWAY = frozenset({b"content-length", b"content-type", b"host", b"authorization"})


def request_headers(inbound: Inbound, token: bytes | None, traceparent: str | None) -> Headers:
    """What the upstream sees; `token` replaces whatever the client said about itself."""
    named = inbound.named
    claimed = connection_named(named.get(b"connection"))
    dropped = _DROPPED | claimed if claimed else _DROPPED
    passed = [
        header
        for header in inbound.headers
        if header[0] not in dropped
        and not header[0].startswith(_OWN)
        and (token is None or header[0] != b"authorization")
    ]
    if token is not None:
        passed.append((b"authorization", b"Bearer " + token))
    if traceparent is not None:
        passed.append((b"traceparent", traceparent.encode()))
    passed.append((b"x-request-id", inbound.request_id))
    passed.append((b"x-parley-client-ip", inbound.client_ip.encode()))
    passed.append((b"x-forwarded-host", named.get(b"host", b"")))
    passed.append((b"x-forwarded-proto", inbound.scheme.encode()))
    return passed


# The gateway says these itself, the same for every answer.
_ANSWER_DROPPED = HOP_BY_HOP | frozenset(
    {
        b"date",
        b"referrer-policy",
        b"server",
        b"strict-transport-security",
        b"x-content-type-options",
        b"x-frame-options",
        b"x-request-id",
    }
)


def response_headers(headers: Headers, status: int) -> Headers:
    """What the client sees of an upstream's headers."""
    dropped = _ANSWER_DROPPED
    for name, value in headers:
        if name == b"connection":
            dropped = dropped | connection_named(value)
    if status in (204, 304):  # The server refuses a length where no body follows.
        dropped = dropped | {b"content-length"}
    return [header for header in headers if header[0] not in dropped]


def connection_named(value: bytes | None) -> frozenset[bytes]:
    """The headers that a Connection header claims for this hop."""
    if value is None or value in (b"keep-alive", b"close"):
        return frozenset()
    return frozenset(word.strip().lower() for word in value.split(b",")) - _KEPT_ANYWAY
