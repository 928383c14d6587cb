"""Connecting a profile, at once or by way of the network's consent page, and again later."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from services.team_directory.commands.store_connection import store_connection
from services.team_directory.domain.access import access_of
from services.team_directory.domain.actor import Actor
from services.team_directory.domain.connection import ATTEMPT_LIFETIME, ConnectionState
from services.team_directory.domain.ports import Tools
from services.team_directory.errors import (
    ConnectionStateError,
    GrantTooHighError,
    ProfileNotFoundError,
)
from services.team_directory.models import ConnectionAttempt, Profile
from services.team_directory.repository.audit import Change, record
from services.team_directory.repository.keys import Opens, Secrets
from services.team_directory.repository.members import Members
from services.team_directory.repository.profiles import Profiles
from shared.db.database import Database
from shared.db.transaction import Tx
from shared.errors import ParleyError
from shared.networks.connector import Connected, Redirect
from shared.networks.types import Json
from shared.permissions import Level, Module


@dataclass(frozen=True, slots=True)
class Wish:
    """What to connect; `answers` are what the network asks for, `profile_id` one to reconnect."""

    network: str
    answers: Mapping[str, str] = field(repr=False)
    profile_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """With an `authorize_url` the person must go there first; without, all is done."""

    profile_id: UUID
    authorize_url: str | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """How a return from the consent page ended: one of the two is set."""

    profile_id: UUID | None = None
    problem: ParleyError | None = None

    @property
    def page(self) -> str:
        """The page of the web app that tells the person."""
        if self.problem is not None:
            return f"/team/profiles?problem={self.problem.code}"
        return f"/team/profiles?connected={self.profile_id}"


async def connect(database: Database, tools: Tools, actor: Actor, wish: Wish) -> Begun:
    workspace_id = actor.identity.workspace_id
    async with database.begin(workspace_id) as tx:
        await _demand_may_connect(tx, actor, wish)
    connector = tools.networks.get(wish.network)
    return_url = f"{tools.public_url}/api/v1/team/profiles/{wish.network}/callback"
    outcome = await connector.connect(wish.answers, return_url)
    async with database.begin(workspace_id) as tx:
        if isinstance(outcome, Redirect):
            return await _begin(tx, tools, actor, wish, outcome)
        target = await _target(tx, wish.profile_id)
        profile = await store_connection(tx, tools, actor, wish.network, target, outcome)
        return Begun(profile.id)


async def reconnect(
    database: Database,
    tools: Tools,
    actor: Actor,
    profile_id: UUID,
    answers: Mapping[str, str],
) -> Begun:
    """Sign in again to the account of a profile; its history stays."""
    async with database.begin(actor.identity.workspace_id) as tx:
        network = (await Profiles(tx).get(profile_id)).network
    return await connect(database, tools, actor, Wish(network, answers, profile_id))


async def _demand_may_connect(tx: Tx, actor: Actor, wish: Wish) -> None:
    if wish.profile_id is None:
        if access_of(actor.identity).profile_ids is not None:
            raise GrantTooHighError("You work with certain profiles only and cannot add another.")
        return
    profile = await Profiles(tx).get(wish.profile_id)
    if not actor.identity.sees_profile(profile.id) or profile.network != wish.network:
        raise ProfileNotFoundError


async def _target(tx: Tx, profile_id: UUID | None) -> Profile | None:
    return None if profile_id is None else await Profiles(tx).get(profile_id)


async def _begin(tx: Tx, tools: Tools, actor: Actor, wish: Wish, redirect: Redirect) -> Begun:
    """Keep what is needed to finish; a new profile shows as connecting until then."""
    profiles = Profiles(tx)
    profile = await _target(tx, wish.profile_id)
    if profile is None:
        profile = Profile(
            workspace_id=tx.workspace_id,
            id=tx.new_id(),
            network=wish.network,
            state=ConnectionState.CONNECTING,
            created_at=tx.now,
            version=1,
        )
        profiles.add(profile)
        await tx.session.flush()
    attempt_id = tx.new_id()
    sealed = tools.vault.seal(json.dumps(dict(redirect.pending)).encode(), _place(attempt_id))
    profiles.add(
        ConnectionAttempt(
            workspace_id=tx.workspace_id,
            id=attempt_id,
            profile_id=profile.id,
            person_id=actor.person_id(),
            ciphertext=sealed.ciphertext,
            expires_at=tx.now + ATTEMPT_LIFETIME,
        )
    )
    Secrets(tx).add(redirect.state, Opens.CONNECTION, attempt_id)
    record(tx, actor, Change("profile.connecting", profile.id, after={"network": wish.network}))
    return Begun(profile.id, redirect.url)


def _place(attempt_id: UUID) -> str:
    return f"connection_attempt/{attempt_id}"


@dataclass(frozen=True, slots=True)
class _Attempt:
    workspace_id: UUID
    profile_id: UUID
    pending: Json = field(repr=False)


async def finish_connecting(
    database: Database, tools: Tools, actor: Actor, network: str, answers: Mapping[str, str]
) -> Finished:
    """Complete what a consent page answered; the browser gets the outcome in any case."""
    try:
        async with database.begin() as tx:
            attempt = await _take_attempt(tx, tools, actor, answers.get("state", ""))
    except ParleyError as problem:
        return Finished(problem=problem)
    try:
        connected = await tools.networks.get(network).finish(attempt.pending, answers)
        return await _store(database, tools, actor, network, attempt, connected)
    except ParleyError as problem:
        await _give_up(database, attempt)
        return Finished(problem=problem)


async def _take_attempt(tx: Tx, tools: Tools, actor: Actor, state: str) -> _Attempt:
    """Only the person who went away can come back, and only while they may still connect."""
    secrets = Secrets(tx)
    attempt_id = await secrets.enter(state, Opens.CONNECTION)
    if attempt_id is None:
        raise ConnectionStateError
    attempt = await Profiles(tx).take_attempt(attempt_id)
    if attempt.person_id != actor.person_id():
        raise ConnectionStateError
    await secrets.forget([attempt_id])
    access = await Members(tx).access(await Members(tx).get(actor.id))
    if access.levels.get(Module.PROFILES, Level.NONE) < Level.EDIT:
        raise ConnectionStateError
    pending = json.loads(tools.vault.open(attempt.ciphertext, _place(attempt_id)))
    return _Attempt(tx.workspace_id, attempt.profile_id, pending)


async def _store(
    database: Database,
    tools: Tools,
    actor: Actor,
    network: str,
    attempt: _Attempt,
    connected: Connected,
) -> Finished:
    async with database.begin(attempt.workspace_id) as tx:
        target = await Profiles(tx).get(attempt.profile_id)
        profile = await store_connection(tx, tools, actor, network, target, connected)
        return Finished(profile.id)


async def _give_up(database: Database, attempt: _Attempt) -> None:
    """What was never connected leaves no trace; a profile to reconnect stays as it was."""
    async with database.begin(attempt.workspace_id) as tx:
        profile = await Profiles(tx).find(attempt.profile_id)
        if profile is not None and profile.state == ConnectionState.CONNECTING:
            await Profiles(tx).remove(profile)
