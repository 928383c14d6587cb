"""Bodies of mail."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from services.team_directory.domain.mail import MailKind, MailState


class MailView(BaseModel):
    """One mail; `unknown`: the mail server did not say whether it took it. Nothing is resent."""

    id: UUID
    kind: MailKind
    recipient: str
    state: MailState
    code: str | None
    detail: str | None
    attempts: int
    created_at: datetime
    settled_at: datetime | None


class UnsubscribeView(BaseModel):
    """Which mail ends by a link."""

    workspace_name: str
    locale: str
