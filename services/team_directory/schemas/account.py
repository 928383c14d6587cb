"""Bodies of a person's own account: password, second factor, sessions."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from services.team_directory.schemas.common import Body, Code, Password


class AccountView(BaseModel):
    """The person who is signed in; `member_version` is named when they describe themselves anew."""

    id: UUID
    name: str
    email: str
    locale: str
    time_zone: str
    second_factor: bool
    recovery_codes_left: int
    member_version: int


class ChangePasswordBody(Body):
    present: Password
    new: Password


class CodeBody(Body):
    code: Code


class EnrolmentView(BaseModel):
    """What an authenticator app reads; `qr_svg` is a picture of `uri`."""

    secret: str
    uri: str
    qr_svg: str


class RecoveryCodesView(BaseModel):
    """Shown once; each works once."""

    codes: list[str]


class OwnSessionView(BaseModel):
    id: UUID
    device: str
    ip: str
    created_at: datetime
    seen_at: datetime
    ends_at: datetime
    current: bool
