"""A repeated request gets the first answer again: what is kept under an `Idempotency-Key`.

Where the request is one transaction, the answer is kept in it, and the effect happens once. Where
the command opens its own transactions, because it calls the outside, the key is claimed first: a
repetition is told to wait, and only when the process died meanwhile is the command run again.
"""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from fastapi import Request, Response
from sqlalchemy import delete, select, text
from sqlalchemy.dialects.postgresql import insert

from shared.db.database import Database
from shared.db.kernel_tables import idempotency_keys
from shared.db.transaction import Tx
from shared.errors import ConflictError, InvalidError
from shared.http.problems import MEDIA_TYPE, problem_of
from shared.identity import Identity

# Longer than any command may take.
CLAIMED = timedelta(minutes=2)
_KEY_LENGTH = 200
SHOWN_ONCE = "no-store"
_FIRST_ERROR = 400
_NO_ANSWER_YET = 0
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")

Handle = Callable[[Request], Awaitable[Response]]
_columns = idempotency_keys.c


class KeyReusedError(InvalidError):
    code = "idempotency.key_reused"
    title = "This Idempotency-Key was used for a different request."


class AnswerNotKeptError(ConflictError):
    code = "idempotency.answer_not_kept"
    title = "This was done already; its answer held a secret that is shown only once."


class KeyLengthError(InvalidError):
    code = "idempotency.key_length"
    title = "An Idempotency-Key has 1 to 200 characters."


class InProgressError(ConflictError):
    code = "idempotency.in_progress"
    title = "A request under this Idempotency-Key is being worked on; ask again shortly."


async def once_within(
    request: Request, tx: Tx, identity: Identity | None, handle: Handle
) -> Response:
    """Handle a request that is this one transaction."""
    key = _key_of(request)
    if key is None or identity is None:
        return await handle(request)
    fingerprint = await _fingerprint(request)
    kept = await _find(tx, identity, key, fingerprint)
    if kept is not None:
        return _again(kept)
    response = await handle(request)
    await _keep(tx, identity, key, fingerprint, response)
    return response


async def once_around(
    request: Request, database: Database, identity: Identity | None, handle: Handle
) -> Response:
    """Handle a request whose command opens its own transactions."""
    key = _key_of(request)
    if key is None or identity is None:
        return await handle(request)
    fingerprint = await _fingerprint(request)
    async with database.begin(identity.workspace_id) as tx:
        kept = await _find(tx, identity, key, fingerprint)
        if kept is not None and kept.status != _NO_ANSWER_YET:
            return _again(kept)
        if kept is not None and kept.at > tx.now - CLAIMED:
            raise InProgressError(retry_after=1)
        await _write(tx, identity, key, fingerprint, (_NO_ANSWER_YET, b""))
    try:
        response = await handle(request)
    except Exception:
        # What was refused or failed may be tried again under its key.
        async with database.begin(identity.workspace_id) as tx:
            await tx.session.execute(delete(idempotency_keys).where(*_place(identity, key)))
        raise
    async with database.begin(identity.workspace_id) as tx:
        await _keep(tx, identity, key, fingerprint, response)
    return response


def _key_of(request: Request) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is not None and not 1 <= len(key) <= _KEY_LENGTH:
        raise KeyLengthError
    return key


async def _fingerprint(request: Request) -> str:
    digest = hashlib.sha256(f"{request.method} {request.url.path}?{request.url.query}\n".encode())
    digest.update(await request.body())
    return digest.hexdigest()


def _place(identity: Identity, key: str) -> tuple[Any, ...]:
    return (
        _columns.workspace_id == identity.workspace_id,
        _columns.actor_id == identity.actor_id,
        _columns.key == key,
    )


async def _find(tx: Tx, identity: Identity, key: str, fingerprint: str) -> Any:
    """What is kept under this key, which is locked until the transaction ends."""
    await tx.session.execute(_LOCK, {"name": f"idempotency/{identity.actor_id}/{key}"})
    found = await tx.session.execute(
        select(_columns.fingerprint, _columns.status, _columns.body, _columns.at).where(
            *_place(identity, key)
        )
    )
    kept = found.first()
    if kept is not None and kept.fingerprint != fingerprint:
        raise KeyReusedError
    return kept


def _again(kept: Any) -> Response:
    return Response(
        kept.body,
        kept.status,
        {"idempotency-replayed": "true"},
        media_type=MEDIA_TYPE if kept.status >= _FIRST_ERROR else "application/json",
    )


async def _keep(tx: Tx, identity: Identity, key: str, fingerprint: str, response: Response) -> None:
    """What a repetition gets: the same answer, unless that held a secret."""
    answer = response.status_code, bytes(response.body)
    if response.headers.get("cache-control") == SHOWN_ONCE:
        problem = problem_of(AnswerNotKeptError())
        answer = problem.status, problem.model_dump_json(exclude_none=True).encode()
    await _write(tx, identity, key, fingerprint, answer)


async def _write(
    tx: Tx, identity: Identity, key: str, fingerprint: str, answer: tuple[int, bytes]
) -> None:
    status, body = answer
    told = {"fingerprint": fingerprint, "status": status, "body": body, "at": tx.now}
    place = {"workspace_id": identity.workspace_id, "actor_id": identity.actor_id, "key": key}
    statement = insert(idempotency_keys).values(**place, **told)
    await tx.session.execute(statement.on_conflict_do_update(index_elements=list(place), set_=told))
