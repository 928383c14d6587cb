"""Secrets that are shown once and kept only as a digest.

They carry 256 bits of chance, so a fast digest is enough; passwords go through Argon2 instead.
"""

import hashlib
import secrets
import string

_PREFIX_LETTERS = string.ascii_lowercase + string.digits


def new_token() -> str:
    return secrets.token_urlsafe(32)


def new_api_key() -> tuple[str, str]:
    """A key and the part of it by which people recognise it."""
    prefix = "".join(secrets.choice(_PREFIX_LETTERS) for _ in range(8))
    return f"pk_{prefix}_{new_token()}", f"pk_{prefix}"


def digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
