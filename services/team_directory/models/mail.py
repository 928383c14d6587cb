"""The ledger of mail: every message that goes out, and what became of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.team_directory.models.base import Base
from shared.db.model import InWorkspace


class Mail(InWorkspace, Base):
    """One message; what it says is put together when it leaves, from what is true then.

    `secret` is the encrypted end of the link that it carries, gone as soon as it is settled.
    `about_id` is the invitation. The Message-ID is made of the id and never changes.
    """

    __tablename__ = "mails"
    __table_args__ = (Index("ix_mails_created_at", "created_at"),)

    kind: Mapped[str] = mapped_column(Text)
    recipient: Mapped[str] = mapped_column(Text)
    person_id: Mapped[UUID | None]
    about_id: Mapped[UUID | None]
    secret: Mapped[bytes | None]
    locale: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    code: Mapped[str | None] = mapped_column(Text)
    detail: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
