"""The cookie that holds a session: out of reach of scripts, and of other sites."""

from datetime import UTC, datetime
from email.utils import format_datetime

from gateway.authentication import COOKIE


def session_cookie(token: str, expires_at: datetime | None, *, secure: bool) -> bytes:
    """A Set-Cookie value; without `expires_at` the browser forgets it at its end."""
    parts = [f"{COOKIE}={token}", "Path=/", "HttpOnly", "SameSite=Lax"]
    if expires_at is not None:
        parts.append(f"Expires={format_datetime(expires_at.astimezone(UTC), usegmt=True)}")
    if secure:
        parts.append("Secure")
    return "; ".join(parts).encode("latin-1")


def ended_cookie(*, secure: bool) -> bytes:
    """Make the browser forget the session."""
    end = f"{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
    return f"{end}; Secure".encode() if secure else end.encode()
