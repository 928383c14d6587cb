"""What a round of calls says about an endpoint: it is spared, or paused and somebody is called."""

from collections.abc import Sequence

from services.team_directory.commands.notify import notify
from services.team_directory.domain.notifications import (
    Cause,
    NotificationKind,
    Subject,
    SubjectType,
)
from services.team_directory.domain.public_events import PING
from services.team_directory.domain.webhooks import (
    EndpointState,
    Health,
    Outcome,
    PauseReason,
    host_of,
    reach_of,
)
from services.team_directory.models import WebhookDelivery, WebhookEndpoint
from services.team_directory.repository.members import Members
from services.team_directory.repository.webhooks import Log
from shared.db.transaction import Tx
from shared.events.team_directory import WebhookPaused
from shared.permissions import Level, Module


async def judge(
    tx: Tx, endpoint: WebhookEndpoint, results: Sequence[tuple[WebhookDelivery, Outcome]]
) -> None:
    """What the round says about the endpoint; a ping that fails says nothing about the events."""
    telling = [it for delivery, it in results if delivery.type != PING or it.delivered]
    if telling:
        _keep_health(endpoint, _health(endpoint).after(telling, tx.now))
    if endpoint.state != EndpointState.ENABLED:
        return
    if any(outcome.gone for _, outcome in results):
        await _pause(tx, endpoint, PauseReason.GONE)
    elif _health(endpoint).is_hopeless(tx.now):
        await _pause(tx, endpoint, PauseReason.FAILING)


def _health(endpoint: WebhookEndpoint) -> Health:
    return Health(
        failing_since=endpoint.failing_since,
        failed_at=endpoint.failed_at,
        failed_rounds=endpoint.failed_rounds,
        rest_until=endpoint.rest_until,
    )


def _keep_health(endpoint: WebhookEndpoint, health: Health) -> None:
    endpoint.failing_since = health.failing_since
    endpoint.failed_at = health.failed_at
    endpoint.failed_rounds = health.failed_rounds
    endpoint.rest_until = health.rest_until


async def _pause(tx: Tx, endpoint: WebhookEndpoint, reason: PauseReason) -> None:
    """Stop until a person enables it again; what comes meanwhile is held back, not lost."""
    endpoint.state = EndpointState.PAUSED
    endpoint.reason = reason
    endpoint.state_changed_at = tx.now
    endpoint.version += 1
    await tx.session.flush()
    await Log(tx, endpoint).hold_waiting()
    await tx.publish(
        WebhookPaused(
            workspace_id=tx.workspace_id,
            endpoint_id=endpoint.id,
            host=host_of(endpoint.url),
            description=endpoint.description,
            reason=reason,
        )
    )
    await _call_for_help(tx, endpoint, reason)


def pause_of(endpoint: WebhookEndpoint) -> str:
    """The matter that is settled when somebody decides about the endpoint."""
    return f"webhook/{endpoint.id}"


async def _call_for_help(tx: Tx, endpoint: WebhookEndpoint, reason: PauseReason) -> None:
    """Tell everyone who could enable it again: who may, and sees all that it tells."""
    subject = Subject(
        type=SubjectType.WEBHOOK, id=endpoint.id, module=Module.CONNECTIONS, profile_id=None
    )
    facts = {"subject": host_of(endpoint.url), "reason": reason.value}
    cause = Cause(
        subject=subject,
        what=f"paused/{endpoint.version}",
        facts=facts,
        matter=pause_of(endpoint),
    )
    profiles = None if endpoint.profile_ids is None else frozenset(endpoint.profile_ids)
    able = [
        member_id
        for member_id, access in await Members(tx).with_access()
        if access.levels.get(Module.CONNECTIONS, Level.NONE) >= Level.ADMINISTER
        and reach_of(access).covers(endpoint.modules, profiles)
    ]
    await notify(tx, cause, (NotificationKind.WEBHOOK_PAUSED, able))
