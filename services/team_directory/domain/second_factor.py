"""Codes of an authenticator app (TOTP) and the recovery codes for the day the phone is gone."""

import hmac
import io
import secrets
from base64 import b32encode
from datetime import datetime

import pyotp
import qrcode
from qrcode.image.svg import SvgPathImage

_PERIOD = 30
_RECOVERY_CODES = 10
_RECOVERY_BYTES = 10


def new_secret() -> str:
    return pyotp.random_base32()


def provisioning_uri(secret: str, email: str) -> str:
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="Parley")


def qr_svg(uri: str) -> str:
    picture = io.BytesIO()
    qrcode.make(uri, image_factory=SvgPathImage).save(picture)
    return picture.getvalue().decode()


def accepted_step(secret: str, code: str, now: datetime, last_step: int) -> int | None:
    """The time step of a right code; None when it is wrong or not newer than the last one used.

    The step before and after count too, because clocks differ.
    """
    totp = pyotp.TOTP(secret)
    present = int(now.timestamp()) // _PERIOD
    for step in (present - 1, present, present + 1):
        right = hmac.compare_digest(totp.generate_otp(step).encode(), plain(code).encode())
        if right and step > last_step:
            return step
    return None


def plain(code: str) -> str:
    """A code without the spaces and dashes that people type."""
    return code.replace(" ", "").replace("-", "").upper()


def new_recovery_codes() -> list[str]:
    """Ten codes of 80 bits, in groups of four letters."""
    return [
        _grouped(b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode())
        for _ in range(_RECOVERY_CODES)
    ]


def _grouped(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
