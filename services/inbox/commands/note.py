"""Notes for colleagues: adding, rewriting, removing; whoever is mentioned is told by the event."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from services.inbox.commands.about import about
from services.inbox.errors import (
    ConversationNotFoundError,
    MentionError,
    NoteChangedError,
    NoteNotFoundError,
    NoteNotYoursError,
)
from services.inbox.models import Conversation, Member, Note
from services.inbox.repository.desk import Desk
from services.inbox.repository.history import record
from shared.db.transaction import Tx
from shared.events.inbox import NoteAdded, NoteChanged
from shared.identity import Identity
from shared.permissions import Level, Module


async def add_note(
    tx: Tx, identity: Identity, conversation_id: UUID, body: str, mentions: Sequence[UUID]
) -> UUID:
    conversation = await Desk(tx, identity).conversation(conversation_id)
    await _demand_members(tx, mentions)
    note = Note(
        workspace_id=tx.workspace_id,
        id=tx.new_id(),
        conversation_id=conversation.id,
        author_id=identity.actor_id,
        body=body,
        mentions=list(dict.fromkeys(mentions)),
        created_at=tx.now,
    )
    tx.session.add(note)
    _line(tx, conversation, "note_added", identity, note)
    event = NoteAdded(
        **about(conversation), note_id=note.id, by=identity.actor_id, mentions=tuple(note.mentions)
    )
    await tx.publish(event)
    return note.id


async def rewrite_note(
    tx: Tx,
    identity: Identity,
    note_id: UUID,
    expected_version: int,
    text: tuple[str, Sequence[UUID]],
) -> None:
    """Write a note anew; `text` is its body and whom it mentions."""
    note, conversation = await _own_note(tx, identity, note_id)
    if note.version != expected_version:
        raise NoteChangedError(version=note.version)
    body, mentions = text
    await _demand_members(tx, mentions)
    new = tuple(person for person in dict.fromkeys(mentions) if person not in note.mentions)
    note.body, note.mentions, note.edited_at = body, list(dict.fromkeys(mentions)), tx.now
    note.version += 1
    _line(tx, conversation, "note_changed", identity, note)
    event = NoteChanged(**about(conversation), note_id=note.id, by=identity.actor_id, mentions=new)
    await tx.publish(event)


async def remove_note(tx: Tx, identity: Identity, note_id: UUID) -> None:
    note, conversation = await _own_note(tx, identity, note_id)
    await tx.session.delete(note)
    _line(tx, conversation, "note_removed", identity, note)
    event = NoteChanged(**about(conversation), note_id=note.id, by=identity.actor_id, removed=True)
    await tx.publish(event)


async def _own_note(tx: Tx, identity: Identity, note_id: UUID) -> tuple[Note, Conversation]:
    """The note with its conversation locked: one's own, or anybody's for who moderates."""
    where = (Note.workspace_id == tx.workspace_id, Note.id == note_id)
    conversation_id = await tx.session.scalar(select(Note.conversation_id).where(*where))
    if conversation_id is None:
        raise NoteNotFoundError
    try:
        conversation = await Desk(tx, identity).conversation(conversation_id)
    except ConversationNotFoundError:
        # In the same words as for a note that there is not, so that nobody learns that there is.
        raise NoteNotFoundError from None
    note = await tx.session.scalar(select(Note).where(*where).with_for_update())
    if note is None:
        raise NoteNotFoundError
    may_moderate = identity.may(Module.INBOX, Level.ADMINISTER)
    if note.author_id != identity.actor_id and not may_moderate:
        raise NoteNotYoursError
    return note, conversation


async def _demand_members(tx: Tx, people: Sequence[UUID]) -> None:
    if not people:
        return
    statement = select(Member.id).where(
        Member.workspace_id == tx.workspace_id, Member.id.in_(people), Member.active
    )
    missing = set(people) - set(await tx.session.scalars(statement))
    if missing:
        raise MentionError(people=sorted(missing))


def _line(tx: Tx, conversation: Conversation, kind: str, identity: Identity, note: Note) -> None:
    conversation.version += 1
    record(tx, conversation, kind, identity.actor_id, {}, {"note": note.id})
