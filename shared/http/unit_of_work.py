"""One request is one transaction that is committed before the answer leaves.

`UnitOfWorkRoute` opens it around the endpoint: a read-only one for safe methods, a writing one
otherwise. Because it also sees the finished answer, it keeps that under the caller's
`Idempotency-Key` in the same transaction: a repeated request gets the first answer again.
"""

import hashlib
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from sqlalchemy import insert, select, text
from typing_extensions import override

from shared.db.database import Database
from shared.db.kernel_tables import idempotency_keys
from shared.db.transaction import NO_WORKSPACE, ReadTx, Tx
from shared.errors import ConflictError, InvalidError, UnauthenticatedError
from shared.http.problems import MEDIA_TYPE, problem_of
from shared.http.strict_json import StrictRequest, StrictRoute
from shared.http.tokens import TokenVerifier
from shared.identity import ActorKind, Identity
from shared.permissions import Level, Module, Right

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_KEY_LENGTH = 200
_SHOWN_ONCE = "no-store"
_FIRST_ERROR = 400
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")


class KeyReusedError(InvalidError):
    code = "idempotency.key_reused"
    title = "This Idempotency-Key was used for a different request."


class AnswerNotKeptError(ConflictError):
    code = "idempotency.answer_not_kept"
    title = "This was done already; its answer held a secret that is shown only once."


class KeyLengthError(InvalidError):
    code = "idempotency.key_length"
    title = "An Idempotency-Key has 1 to 200 characters."


@dataclass(frozen=True, slots=True)
class Backend:
    """What routes need of the process; the app keeps it as `app.state.backend`."""

    database: Database
    verifier: TokenVerifier


def identify(request: Request) -> Identity | None:
    """The identity in the request's internal token; None without a token."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    backend: Backend = request.app.state.backend
    return backend.verifier.verify(token)


class UnitOfWorkRoute(StrictRoute):
    """A route whose endpoint may ask for `WriteTx` or `Reading`."""

    @override
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def run(request: Request) -> Response:
            request = StrictRequest.of(request)
            request.state.identity = identity = identify(request)
            workspace_id = identity.workspace_id if identity else NO_WORKSPACE
            database: Database = request.app.state.backend.database
            if request.method in _SAFE:
                async with database.read(workspace_id) as read:
                    request.state.read = read
                    return await handle(request)
            # A slow sender must not keep a transaction open.
            await request.body()
            async with database.begin(workspace_id) as tx:
                request.state.tx = tx
                return await _once(request, tx, identity, handle)

        return run


async def _once(
    request: Request,
    tx: Tx,
    identity: Identity | None,
    handle: Callable[[Request], Coroutine[Any, Any, Response]],
) -> Response:
    key = request.headers.get("idempotency-key")
    if key is None or identity is None:
        return await handle(request)
    if not 1 <= len(key) <= _KEY_LENGTH:
        raise KeyLengthError
    fingerprint = await _fingerprint(request)
    await tx.session.execute(_LOCK, {"name": f"idempotency/{identity.actor_id}/{key}"})
    kept = await _kept_answer(tx, identity, key)
    if kept is not None:
        if kept.fingerprint != fingerprint:
            raise KeyReusedError
        return Response(
            kept.body,
            kept.status,
            {"idempotency-replayed": "true"},
            media_type=MEDIA_TYPE if kept.status >= _FIRST_ERROR else "application/json",
        )
    response = await handle(request)
    status, body = _answer_to_keep(response)
    await tx.session.execute(
        insert(idempotency_keys).values(
            workspace_id=identity.workspace_id,
            actor_id=identity.actor_id,
            key=key,
            fingerprint=fingerprint,
            status=status,
            body=body,
            at=tx.now,
        )
    )
    return response


def _answer_to_keep(response: Response) -> tuple[int, bytes]:
    """What a repetition gets: the same answer, unless that held a secret."""
    if response.headers.get("cache-control") != _SHOWN_ONCE:
        return response.status_code, bytes(response.body)
    problem = problem_of(AnswerNotKeptError())
    return problem.status, problem.model_dump_json(exclude_none=True).encode()


async def _kept_answer(tx: Tx, identity: Identity, key: str) -> Any:
    columns = idempotency_keys.c
    kept = await tx.session.execute(
        select(columns.fingerprint, columns.status, columns.body).where(
            columns.workspace_id == identity.workspace_id,
            columns.actor_id == identity.actor_id,
            columns.key == key,
        )
    )
    return kept.first()


async def _fingerprint(request: Request) -> str:
    digest = hashlib.sha256(f"{request.method} {request.url.path}?{request.url.query}\n".encode())
    digest.update(await request.body())
    return digest.hexdigest()


async def _tx(request: Request) -> Tx:
    tx: Tx = request.state.tx
    return tx


async def _read(request: Request) -> ReadTx:
    read: ReadTx = request.state.read
    return read


async def _identity(request: Request) -> Identity:
    identity: Identity | None = request.state.identity
    if identity is None:
        raise UnauthenticatedError
    return identity


WriteTx = Annotated[Tx, Depends(_tx)]
Reading = Annotated[ReadTx, Depends(_read)]
CurrentIdentity = Annotated[Identity, Depends(_identity)]


async def _mark_shown_once(response: Response) -> None:
    response.headers["cache-control"] = _SHOWN_ONCE


# A route dependency: the answer holds a secret, which is kept neither here nor in a cache.
shown_once = Depends(_mark_shown_once)


def requires(module: Module, level: Level, *rights: Right) -> Any:
    """A route dependency: the role must give this level in the module, and these rights."""

    async def check(identity: CurrentIdentity) -> None:
        identity.demand(module, level)
        for right in rights:
            identity.demand_right(right)

    return Depends(check)


def requires_service(*names: str) -> Any:
    """A route dependency for `/internal/`: only these services may call."""

    async def check(identity: CurrentIdentity) -> None:
        if identity.kind is not ActorKind.SERVICE or identity.service not in names:
            raise UnauthenticatedError("Only a service of this installation may call this.")

    return Depends(check)
