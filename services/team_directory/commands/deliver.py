"""Telling one endpoint what is due: take a few messages, post them, write down how it went.

The endpoint's work item carries the lease. Whoever loses it writes nothing down, and the messages
are sent again under the same `webhook-id`: at least once, and recognisably so.
"""

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.team_directory.commands.judge_endpoint import judge
from services.team_directory.commands.webhook_secrets import open_secrets
from services.team_directory.domain.ports import Tools
from services.team_directory.domain.public_events import PING
from services.team_directory.domain.webhooks import (
    LONGEST_WAIT,
    DeliveryState,
    EndpointState,
    Outcome,
    next_wait,
    signed_headers,
)
from services.team_directory.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from services.team_directory.repository.webhooks import DueMessage, Endpoints, Log
from shared.db.database import Database
from shared.db.transaction import Tx, WorkItem
from shared.observability.metrics import WEBHOOK_ATTEMPTS

# How many messages an endpoint is sent at the same time.
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class _Round:
    """What one endpoint is sent at once."""

    url: str
    keys: Sequence[str]
    due: Sequence[DueMessage]


async def deliver(database: Database, tools: Tools, item: WorkItem) -> None:
    endpoint_id = UUID(item.key)
    async with database.begin(item.workspace_id) as tx:
        now = await _round(tx, tools, endpoint_id)
    outcomes = await asyncio.gather(*(_post(database, tools, now, message) for message in now.due))
    results = {
        message.delivery_id: outcome for message, outcome in zip(now.due, outcomes, strict=True)
    }

    async def settle(tx: Tx) -> None:
        await _settle(tx, item, results)

    await database.insist(item.workspace_id, settle)


async def _round(tx: Tx, tools: Tools, endpoint_id: UUID) -> _Round:
    endpoint = await Endpoints(tx).find(endpoint_id)
    if endpoint is None:
        return _Round("", (), ())
    resting = endpoint.rest_until is not None and endpoint.rest_until > tx.now
    off = endpoint.state != EndpointState.ENABLED
    due = await Log(tx, endpoint).due(AT_ONCE, only_pings=off or resting)
    return _Round(endpoint.url, await open_secrets(tx, tools, endpoint_id), due)


async def _post(database: Database, tools: Tools, now: _Round, message: DueMessage) -> Outcome:
    headers = signed_headers(now.keys, message.message_id, message.body, database.clock.now())
    outcome = await tools.partners.post(now.url, headers, message.body)
    WEBHOOK_ATTEMPTS.labels("delivered" if outcome.delivered else "failed").inc()
    return outcome


async def _settle(tx: Tx, item: WorkItem, results: Mapping[UUID, Outcome]) -> None:
    """Keep what came of it, and say when the endpoint's next turn is."""
    await tx.hold(item)
    endpoint = await Endpoints(tx).find(UUID(item.key))
    if endpoint is None:
        await tx.finish(item)
        return
    log = Log(tx, endpoint)
    found = await log.locked(results.keys())
    for delivery_id, delivery in found.items():
        _note(tx, log, delivery, results[delivery_id])
    await judge(tx, endpoint, [(found[key], it) for key, it in results.items() if key in found])
    await tx.session.flush()
    due_at = await _next_turn(log, endpoint)
    if due_at is None:
        await tx.finish(item)
    else:
        await tx.repeat(item, due_at=due_at)


def _note(tx: Tx, log: Log, delivery: WebhookDelivery, outcome: Outcome) -> None:
    """The attempt goes into the log, the delivery to its next state."""
    log.add_attempt(
        WebhookAttempt(
            workspace_id=tx.workspace_id,
            id=tx.new_id(),
            delivery_id=delivery.id,
            at=outcome.at,
            millis=outcome.millis,
            status=outcome.status,
            code=outcome.code,
            excerpt=outcome.excerpt,
        )
    )
    delivery.last_status = outcome.status
    delivery.last_code = outcome.code
    if outcome.delivered:
        delivery.state = DeliveryState.DELIVERED
        delivery.delivered_at = outcome.at
    elif delivery.state == DeliveryState.WAITING:  # Else it was held back meanwhile.
        _postpone(tx.now, delivery, outcome)


def _postpone(now: datetime, delivery: WebhookDelivery, outcome: Outcome) -> None:
    delivery.tries += 1
    wait = None if delivery.type == PING else next_wait(delivery.tries, random.random())  # noqa: S311 -- jitter, not a secret
    if wait is None:
        delivery.state = DeliveryState.FAILED
    else:
        delivery.next_at = now + max(wait, min(outcome.wait or timedelta(0), LONGEST_WAIT))


async def _next_turn(log: Log, endpoint: WebhookEndpoint) -> datetime | None:
    pings, others = await log.next_times()
    if endpoint.state != EndpointState.ENABLED:
        others = None
    if others is not None and endpoint.rest_until is not None:
        others = max(others, endpoint.rest_until)
    return min((at for at in (pings, others) if at is not None), default=None)
