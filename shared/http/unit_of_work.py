"""One request is one transaction that is committed before the answer leaves.

`UnitOfWorkRoute` opens it around the endpoint: a read-only one for safe methods, a writing one
otherwise. Because it also sees the finished answer, it keeps that under the caller's
`Idempotency-Key` in the same transaction (`idempotency.py`).
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from typing_extensions import override

from shared.db.database import Database
from shared.db.transaction import NO_WORKSPACE, ReadTx, Tx
from shared.errors import UnauthenticatedError
from shared.http.idempotency import SHOWN_ONCE, once_around, once_within
from shared.http.strict_json import StrictRequest, StrictRoute
from shared.http.tokens import TokenVerifier
from shared.identity import ActorKind, Identity
from shared.permissions import Level, Module, Right

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


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
            request = StrictRequest.of(request, self.largest)
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
                return await once_within(request, tx, identity, handle)

        return run


class LongRoute(StrictRoute):
    """A route whose command opens its own transactions, because it calls outside or hashes.

    It knows its caller, and keeps answers under an `Idempotency-Key`, as a `UnitOfWorkRoute` does.
    """

    @override
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def run(request: Request) -> Response:
            request = StrictRequest.of(request, self.largest)
            request.state.identity = identity = identify(request)
            if request.method in _SAFE:
                return await handle(request)
            return await once_around(request, request.app.state.backend.database, identity, handle)

        return run


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
    response.headers["cache-control"] = SHOWN_ONCE


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
