"""Endpoints of partners: made, changed, given a new secret, switched on and off by people."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.team_directory.commands.judge_endpoint import pause_of
from services.team_directory.commands.notify import settle
from services.team_directory.commands.versions import demand_version
from services.team_directory.commands.webhook_secrets import keep_secret
from services.team_directory.domain.actor import Actor
from services.team_directory.domain.ports import Tools
from services.team_directory.domain.public_events import modules_of
from services.team_directory.domain.webhooks import (
    MOST_ENDPOINTS,
    DeliveryState,
    EndpointState,
    Reach,
    host_of,
    new_secret,
    reach_of,
)
from services.team_directory.errors import GrantTooHighError, TooManyWebhooksError
from services.team_directory.models import WebhookEndpoint
from services.team_directory.repository.audit import Change, record
from services.team_directory.repository.profiles import Profiles
from services.team_directory.repository.webhooks import Endpoints, Log
from shared.db.transaction import Tx

# One item for each endpoint: its own pace and its own failures hold up nobody else.
DELIVER = "team_directory.deliver_webhooks"
_SWITCHES = {
    EndpointState.ENABLED: "webhook.enabled",
    EndpointState.DISABLED: "webhook.disabled",
}


@dataclass(frozen=True, slots=True)
class EndpointDraft:
    """`profile_ids` None means every profile, and what belongs to none."""

    url: str
    description: str
    event_types: frozenset[str]
    profile_ids: frozenset[UUID] | None


@dataclass(frozen=True, slots=True)
class CreatedEndpoint:
    """`secret` is shown once."""

    endpoint: WebhookEndpoint
    secret: str


async def create_endpoint(
    tx: Tx, tools: Tools, actor: Actor, draft: EndpointDraft
) -> CreatedEndpoint:
    endpoint = WebhookEndpoint(
        workspace_id=tx.workspace_id,
        id=tx.new_id(),
        state=EndpointState.ENABLED,
        state_changed_at=tx.now,
        created_by=actor.id,
        created_at=tx.now,
        version=1,
    )
    endpoints = Endpoints(tx)
    if await endpoints.number() >= MOST_ENDPOINTS:
        raise TooManyWebhooksError(most=MOST_ENDPOINTS)
    after = await _fill(tx, tools, actor, endpoint, draft)
    endpoints.add(endpoint)
    await tx.session.flush()
    secret = new_secret()
    keep_secret(tx, tools, endpoint.id, secret)
    record(tx, actor, Change("webhook.created", endpoint.id, after=after))
    return CreatedEndpoint(endpoint, secret)


async def edit_endpoint(
    tx: Tx, tools: Tools, actor: Actor, place: tuple[UUID, int], draft: EndpointDraft
) -> WebhookEndpoint:
    """`place`: which endpoint, and the version that was seen of it."""
    endpoint_id, version = place
    endpoint = await Endpoints(tx).get(endpoint_id, reach_of(actor.identity))
    demand_version(endpoint, version)
    before, told = _picture(endpoint), _reach(endpoint)
    after = await _fill(tx, tools, actor, endpoint, draft)
    if not _reach(endpoint).covers(told.modules, told.profile_ids):
        # What it was told so far is more than those may see who may see it from now on.
        endpoint.log_from = tx.now
        await Log(tx, endpoint).hold_waiting()
    record(tx, actor, Change("webhook.edited", endpoint_id, before, after))
    return endpoint


async def remove_endpoint(tx: Tx, actor: Actor, endpoint_id: UUID) -> None:
    await tx.unschedule(DELIVER, str(endpoint_id))
    endpoint = await Endpoints(tx).get(endpoint_id, reach_of(actor.identity))
    record(tx, actor, Change("webhook.removed", endpoint_id, _picture(endpoint)))
    await Endpoints(tx).remove(endpoint)


async def rotate_secret(
    tx: Tx, tools: Tools, actor: Actor, endpoint_id: UUID, overlap: timedelta
) -> str:
    """A new secret; the last one stays valid for the overlap, and any before it ends now."""
    endpoint = await Endpoints(tx).get(endpoint_id, reach_of(actor.identity))
    last, *older = await Endpoints(tx).secrets(endpoint_id)
    last.expires_at = tx.now + overlap
    for secret in older:
        secret.expires_at = tx.now
    endpoint.version += 1
    shown = new_secret()
    keep_secret(tx, tools, endpoint_id, shown)
    after = {"old_secret_until": last.expires_at}
    record(tx, actor, Change("webhook.secret_rotated", endpoint_id, after=after))
    return shown


async def enable_endpoint(
    tx: Tx, actor: Actor, endpoint_id: UUID, *, send_held: bool
) -> WebhookEndpoint:
    """Tell it everything from now on, and what was held back if that is wanted."""
    await tx.request(DELIVER, str(endpoint_id))
    endpoint = await Endpoints(tx).get(endpoint_id, reach_of(actor.identity))
    if endpoint.state != EndpointState.ENABLED:
        await _switch(tx, actor, endpoint, EndpointState.ENABLED)
    endpoint.failing_since = endpoint.failed_at = endpoint.rest_until = None
    endpoint.failed_rounds = 0
    if send_held:
        await Log(tx, endpoint).send_again([DeliveryState.HELD])
    return endpoint


async def disable_endpoint(tx: Tx, actor: Actor, endpoint_id: UUID) -> WebhookEndpoint:
    endpoint = await Endpoints(tx).get(endpoint_id, reach_of(actor.identity))
    if endpoint.state != EndpointState.DISABLED:
        await _switch(tx, actor, endpoint, EndpointState.DISABLED)
        await Log(tx, endpoint).hold_waiting()
    return endpoint


async def _switch(tx: Tx, actor: Actor, endpoint: WebhookEndpoint, state: EndpointState) -> None:
    before = {"state": endpoint.state, "reason": endpoint.reason}
    endpoint.state = state
    endpoint.reason = None
    endpoint.state_changed_at = tx.now
    endpoint.version += 1
    record(tx, actor, Change(_SWITCHES[state], endpoint.id, before, {"state": state}))
    await settle(tx, pause_of(endpoint))


async def _fill(
    tx: Tx, tools: Tools, actor: Actor, endpoint: WebhookEndpoint, draft: EndpointDraft
) -> dict[str, Any]:
    """Write the draft; whoever does so must see in full what it tells."""
    tools.partners.admit(draft.url)
    modules = modules_of(draft.event_types)
    if not reach_of(actor.identity).covers(modules, draft.profile_ids):
        raise GrantTooHighError("It would tell of more than you may see yourself.")
    await Profiles(tx).demand_all(draft.profile_ids or ())
    endpoint.url = draft.url
    endpoint.description = draft.description
    endpoint.event_types = sorted(draft.event_types)
    endpoint.modules = modules
    endpoint.profile_ids = None if draft.profile_ids is None else sorted(draft.profile_ids)
    return _picture(endpoint)


def _reach(endpoint: WebhookEndpoint) -> Reach:
    profiles = None if endpoint.profile_ids is None else frozenset(endpoint.profile_ids)
    return Reach(frozenset(endpoint.modules), profiles)


def _picture(endpoint: WebhookEndpoint) -> dict[str, Any]:
    """For the audit log: of the address only the host, since the rest may hold a token."""
    return {
        "host": host_of(endpoint.url),
        "description": endpoint.description,
        "event_types": endpoint.event_types,
        "profile_ids": endpoint.profile_ids,
    }
