"""The few fields that ticketing keeps of what team_directory and inbox own."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.ticketing.models.base import Base
from shared.db.model import InWorkspace


class Member(InWorkspace, Base):
    """A person who can be given a ticket; the row of one who left stays, as old tickets name them.

    `profile_ids` None means every profile.
    """

    __tablename__ = "members"

    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text)
    active: Mapped[bool]
    profile_ids: Mapped[list[UUID] | None] = mapped_column(ARRAY(Uuid))


class Team(InWorkspace, Base):
    __tablename__ = "teams"

    name: Mapped[str] = mapped_column(Text)
    active: Mapped[bool]


class Contact(InWorkspace, Base):
    """The name of a customer whose card somebody wrote."""

    __tablename__ = "contacts"

    name: Mapped[str] = mapped_column(Text)


class Conversation(InWorkspace, Base):
    """A conversation of the inbox; `seen_version` is the newest one that we were told of."""

    __tablename__ = "conversations"
    __table_args__ = (Index("ix_conversations_by_contact", "workspace_id", "contact_id"),)

    profile_id: Mapped[UUID]
    network: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    contact_id: Mapped[UUID]
    excerpt: Mapped[str] = mapped_column(Text, default="")
    excerpt_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(Text, default="open")
    assignee_id: Mapped[UUID | None]
    team_id: Mapped[UUID | None]
    seen_version: Mapped[int]


class Message(InWorkspace, Base):
    """The beginning of what was written in a conversation while it has a ticket."""

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_by_ticket", "workspace_id", "ticket_id", "written_at", "id"),
    )

    ticket_id: Mapped[UUID]
    direction: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    excerpt: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
