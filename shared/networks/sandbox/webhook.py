"""Webhooks of the sandbox: `X-Sandbox-Signature: t=<unix>,v1=<hex HMAC-SHA256 of "t.body">`.

The time is signed but not judged: what is replayed has the same external ids and is stored once.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence

from shared.networks.connector import WebhookRequest
from shared.networks.sandbox.normalize import event_delivery
from shared.networks.types import RawDelivery

SIGNATURE = "x-sandbox-signature"


def verify(request: WebhookRequest, secrets: Sequence[str]) -> bool:
    parts = dict(
        part.strip().partition("=")[::2] for part in request.headers.get(SIGNATURE, "").split(",")
    )
    stated, signed = parts.get("v1", ""), parts.get("t", "").encode() + b"." + request.body
    # Every secret is tried, so that the time taken does not tell which one fitted.
    fits = [
        hmac.compare_digest(
            hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest().encode(),
            stated.encode(),
        )
        for secret in secrets
    ]
    return any(fits)


def parse(body: bytes) -> Sequence[RawDelivery]:
    """Raises `ValueError` for a body that is not a delivery of this network."""
    try:
        return [event_delivery(event) for event in json.loads(body)["events"]]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a sandbox delivery: {error!r}") from error
