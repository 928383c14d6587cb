"""Webhooks of the networks: no login, but a signature; answered when what came is durable."""

import hmac
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

import structlog
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import PlainTextResponse

from services.inbox.commands.receive import Arrival, Receipt, Source
from services.inbox.domain.outside import HookSecrets
from services.inbox.domain.raw import unparsed
from services.inbox.errors import HookNotFoundError, HookNotSignedError
from services.inbox.queries.readers import find_hook
from shared.db.database import Database
from shared.db.group_commit import GroupCommit
from shared.http.problems import answers
from shared.networks.connector import Connector, Push, WebhookRequest
from shared.profiles.access import Networks

log = structlog.get_logger()

_KNOWN_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Hook:
    """Where a webhook address leads."""

    workspace_id: UUID
    connector: Connector


class HookDesk:
    """Takes in what networks send; `intake` shares one commit among all who wait."""

    def __init__(
        self,
        database: Database,
        networks: Networks,
        secrets: HookSecrets,
        intake: GroupCommit[Arrival, Receipt],
    ) -> None:
        self._database = database
        self._networks = networks
        self._secrets = secrets
        self._intake = intake
        # Profiles never change their workspace or network, so what was found once holds.
        self._known: dict[tuple[str, UUID], Hook] = {}

    async def find(self, network: str, profile_id: UUID) -> Hook:
        known = self._known.get((network, profile_id))
        if known is not None:
            return known
        async with self._database.read() as read:
            found = await find_hook(read, profile_id)
        if found is None or found[1] != network:
            raise HookNotFoundError
        hook = Hook(found[0], self._networks.get(network))
        if hook.connector.manifest.push is not Push.WEBHOOK:
            raise HookNotFoundError
        if len(self._known) >= _KNOWN_LIMIT:
            self._known.clear()
        self._known[network, profile_id] = hook
        return hook

    async def take(self, network: str, profile_id: UUID, request: WebhookRequest) -> None:
        """Store what a signed call brings, readable or not; nothing of an unsigned one is kept."""
        hook = await self.find(network, profile_id)
        if not hook.connector.verify_webhook(request, self._secrets.of(profile_id)):
            raise HookNotSignedError
        try:
            deliveries = hook.connector.parse_webhook(request.body)
        except ValueError as error:
            log.warning("inbox.hook_unreadable", profile_id=str(profile_id), error=str(error))
            deliveries = [unparsed(request.body)]
        arrival = Arrival(profile_id=profile_id, source=Source.WEBHOOK, deliveries=deliveries)
        await self._intake.add(hook.workspace_id, arrival)

    async def shake_hands(self, network: str, profile_id: UUID, token: str) -> None:
        await self.find(network, profile_id)
        if not hmac.compare_digest(token.encode(), self._secrets.handshake(profile_id).encode()):
            raise HookNotSignedError


def hooks_router(desk: HookDesk) -> APIRouter:
    """The two routes of every webhook address."""
    router = APIRouter(prefix="/hooks", tags=["webhooks"])

    @router.get(
        "/{network}/{profile_id}",
        operation_id="answer_webhook_challenge",
        response_class=PlainTextResponse,
        responses=answers(HookNotFoundError, HookNotSignedError),
    )
    async def shake_hands(
        network: str,
        profile_id: UUID,
        token: Annotated[str, Query(alias="hub.verify_token", max_length=200)] = "",
        challenge: Annotated[str, Query(alias="hub.challenge", max_length=1000)] = "",
    ) -> PlainTextResponse:
        await desk.shake_hands(network, profile_id, token)
        return PlainTextResponse(challenge)

    @router.post(
        "/{network}/{profile_id}",
        operation_id="receive_webhook",
        responses=answers(HookNotFoundError, HookNotSignedError),
    )
    async def receive_webhook(network: str, profile_id: UUID, request: Request) -> Response:
        call = WebhookRequest(headers=dict(request.headers), body=await request.body())
        await desk.take(network, profile_id, call)
        return Response(status_code=200)

    return router
