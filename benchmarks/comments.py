"""Comments as the sandbox network tells of them, each another one."""

import hashlib
import hmac
import time
from datetime import UTC, datetime, timedelta
from typing import Any

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)
_TEXT = "Where is my parcel? It should have been here on Monday. " * 3


def comment_told(number: int, *, authors: int = 5_000, posts: int = 200) -> dict[str, Any]:
    """The event of one comment, one second after the one before."""
    author = {
        "id": f"acc_{number % authors}",
        "handle": "ada",
        "name": "Ada",
        "avatar_path": "/a",
    }
    item = {
        "id": f"item_{number}",
        "revision": 1,
        "kind": "comment",
        "thread_id": f"post_{number % posts}",
        "thread_kind": "post",
        "author": author,
        "text": _TEXT,
        "created_at": (BEGIN + timedelta(seconds=number)).isoformat(),
        "permalink": f"/items/{number}",
    }
    return {"id": f"event_{number}", "type": "item.created", "data": {"item": item}}


def signature_of(body: bytes, secret: str) -> str:
    """What the network puts in the header of a webhook, at this moment."""
    moment = b"%d" % time.time()
    signed = hmac.new(secret.encode(), moment + b"." + body, hashlib.sha256).hexdigest()
    return f"t={moment.decode()},v1={signed}"
