"""What numbers are made from: the events that were consumed, and whose they are."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from services.analytics.models.base import Base
from shared.db.model import InWorkspace


class KeptEvent(Base):
    """An event that numbers depend on; everything that is counted can be counted again from these.

    `subject_id` is the conversation, publication or ticket that it tells of, or the workspace.
    """

    __tablename__ = "kept_events"

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    type: Mapped[str] = mapped_column(Text)
    body: Mapped[bytes]


class Subject(InWorkspace, Base):
    """A conversation, publication or ticket, and who may see it, as was told last."""

    __tablename__ = "subjects"

    profile_id: Mapped[UUID]
    assignee_id: Mapped[UUID]
    team_id: Mapped[UUID]
    version: Mapped[int]
