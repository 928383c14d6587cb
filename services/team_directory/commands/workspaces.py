"""Workspaces: founded with an owner and the roles that come with Parley."""

from dataclasses import dataclass

from services.team_directory.commands.announce import (
    announce_access,
    announce_member,
    announce_workspace,
)
from services.team_directory.commands.sessions import Place
from services.team_directory.commands.versions import demand_version
from services.team_directory.domain.actor import Actor
from services.team_directory.domain.templates import OWNER, TEMPLATES
from services.team_directory.models import Member, Membership, Person, Role, Workspace
from services.team_directory.repository.audit import Change, record
from services.team_directory.repository.members import Members
from services.team_directory.repository.people import People
from services.team_directory.repository.roles import Roles
from services.team_directory.repository.workspaces import Workspaces
from shared.db.transaction import Tx
from shared.identity import ActorKind, Identity


@dataclass(frozen=True, slots=True)
class WorkspaceFacts:
    name: str
    time_zone: str


async def found_workspace(
    tx: Tx, person: Person, name: str, time_zone: str, place: Place
) -> Workspace:
    """Make a workspace, enter it, and make this person its owner."""
    workspace = Workspace(
        id=tx.new_id(), name=name, time_zone=time_zone, created_at=tx.now, version=1
    )
    Workspaces(tx).add(workspace)
    await tx.session.flush()
    await tx.enter_workspace(workspace.id)
    for template in TEMPLATES:
        Roles(tx).add(Role(workspace_id=workspace.id, id=tx.new_id(), template=template))
    People(tx).add(Membership(person_id=person.id, workspace_id=workspace.id, joined_at=tx.now))
    member = Member(workspace_id=workspace.id, id=person.id, joined_at=tx.now)
    Members(tx).add(member)
    await tx.session.flush()
    owner = await Roles(tx).by_template(OWNER)
    await Members(tx).set_roles(person.id, [owner.id])
    actor = Actor(Identity(person.id, ActorKind.PERSON, workspace.id), place.ip, place.user_agent)
    facts = {"name": name, "time_zone": time_zone}
    record(tx, actor, Change("workspace.created", workspace.id, after=facts))
    await announce_workspace(tx, workspace)
    await announce_member(tx, member)
    return workspace


async def create_workspace(tx: Tx, actor: Actor, facts: WorkspaceFacts) -> Workspace:
    """A further workspace; the person who makes it owns it."""
    person = await People(tx).get(actor.person_id())
    place = Place(actor.ip or "", actor.user_agent or "")
    present = tx.workspace_id
    workspace = await found_workspace(tx, person, facts.name, facts.time_zone, place)
    await announce_access(tx, [person.id])
    await tx.session.flush()
    await tx.enter_workspace(present)
    return workspace


async def edit_workspace(tx: Tx, actor: Actor, version: int, facts: WorkspaceFacts) -> Workspace:
    workspace = await Workspaces(tx).current()
    demand_version(workspace, version)
    before = {"name": workspace.name, "time_zone": workspace.time_zone}
    workspace.name = facts.name
    workspace.time_zone = facts.time_zone
    after = {"name": workspace.name, "time_zone": workspace.time_zone}
    record(tx, actor, Change("workspace.edited", workspace.id, before, after))
    await announce_workspace(tx, workspace)
    return workspace
