"""Routes about notes for colleagues."""

from uuid import UUID

from fastapi import APIRouter

from services.inbox import errors
from services.inbox.commands import note
from services.inbox.schemas.work import CreatedView, NoteBody, NoteRewriteBody
from shared.http.problems import answers
from shared.http.unit_of_work import CurrentIdentity, UnitOfWorkRoute, WriteTx, requires
from shared.identity import PermissionMissingError
from shared.permissions import Level, Module

router = APIRouter(
    route_class=UnitOfWorkRoute, tags=["inbox"], dependencies=[requires(Module.INBOX, Level.EDIT)]
)


@router.post(
    "/conversations/{conversation_id}/notes",
    operation_id="add_note",
    status_code=201,
    responses=answers(
        PermissionMissingError, errors.ConversationNotFoundError, errors.MentionError
    ),
)
async def add_note(
    tx: WriteTx, identity: CurrentIdentity, conversation_id: UUID, body: NoteBody
) -> CreatedView:
    note_id = await note.add_note(tx, identity, conversation_id, body.body, body.mentions)
    return CreatedView(id=note_id)


@router.put(
    "/notes/{note_id}",
    operation_id="rewrite_note",
    status_code=204,
    responses=answers(
        errors.NoteNotYoursError,
        errors.NoteNotFoundError,
        errors.NoteChangedError,
        errors.MentionError,
    ),
)
async def rewrite_note(
    tx: WriteTx, identity: CurrentIdentity, note_id: UUID, body: NoteRewriteBody
) -> None:
    text = (body.body, body.mentions)
    await note.rewrite_note(tx, identity, note_id, body.expected_version, text)


@router.delete(
    "/notes/{note_id}",
    operation_id="remove_note",
    status_code=204,
    responses=answers(errors.NoteNotYoursError, errors.NoteNotFoundError),
)
async def remove_note(tx: WriteTx, identity: CurrentIdentity, note_id: UUID) -> None:
    await note.remove_note(tx, identity, note_id)
