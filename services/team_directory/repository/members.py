"""Members of the workspace, and what their roles add up to."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from services.team_directory.domain.access import Access, combined
from services.team_directory.domain.templates import OWNER
from services.team_directory.errors import MemberNotFoundError
from services.team_directory.models import Member, MemberRole, Role, TeamMember
from services.team_directory.repository.roles import access_of_role
from shared.db.transaction import Tx
from shared.permissions import Sight


class Members:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._session = tx.session

    async def find(self, member_id: UUID) -> Member | None:
        """Locked so that a team can still take them in: it locks teams first, members second."""
        key = (self._tx.workspace_id, member_id)
        return await self._session.get(Member, key, with_for_update={"key_share": True})

    async def following(self, after: UUID, limit: int) -> Sequence[Member]:
        """The next members in the order of their ids, each held in place until the end."""
        query = (
            select(Member)
            .where(Member.workspace_id == self._tx.workspace_id, Member.id > after)
            .order_by(Member.id)
            .limit(limit)
            .with_for_update(key_share=True)
        )
        return (await self._session.scalars(query)).all()

    async def seen(self, member_id: UUID) -> Member | None:
        """A member without a lock: every request of theirs asks for them."""
        return await self._session.get(Member, (self._tx.workspace_id, member_id))

    async def get(self, member_id: UUID) -> Member:
        member = await self.find(member_id)
        if member is None:
            raise MemberNotFoundError
        return member

    def add(self, member: Member) -> None:
        self._session.add(member)

    async def remove(self, member: Member) -> None:
        await self._session.delete(member)
        await self._session.flush()

    async def known(self, ids: Collection[UUID]) -> set[UUID]:
        """Those of the ids that are members."""
        query = select(Member.id).where(
            Member.workspace_id == self._tx.workspace_id, Member.id.in_(ids)
        )
        return set((await self._session.scalars(query)).all())

    async def role_ids(self, member_id: UUID) -> Sequence[UUID]:
        return (await self._session.scalars(self._role_ids(member_id))).all()

    def _role_ids(self, member_id: UUID) -> Select[UUID]:
        return (
            select(MemberRole.role_id)
            .where(
                MemberRole.workspace_id == self._tx.workspace_id,
                MemberRole.member_id == member_id,
            )
            .order_by(MemberRole.role_id)
        )

    async def team_ids(self, member_id: UUID) -> Sequence[UUID]:
        query = (
            select(TeamMember.team_id)
            .where(
                TeamMember.workspace_id == self._tx.workspace_id,
                TeamMember.member_id == member_id,
            )
            .order_by(TeamMember.team_id)
        )
        return (await self._session.scalars(query)).all()

    async def holders(self, role_id: UUID) -> Sequence[UUID]:
        """The members that have a role."""
        query = select(MemberRole.member_id).where(
            MemberRole.workspace_id == self._tx.workspace_id, MemberRole.role_id == role_id
        )
        return (await self._session.scalars(query)).all()

    async def set_roles(self, member_id: UUID, role_ids: Collection[UUID]) -> None:
        await self._session.flush()
        await self._session.execute(
            delete(MemberRole).where(
                MemberRole.workspace_id == self._tx.workspace_id,
                MemberRole.member_id == member_id,
                MemberRole.role_id.not_in(role_ids),
            )
        )
        await self._link(MemberRole, [{"member_id": member_id, "role_id": it} for it in role_ids])

    async def set_teams(self, member_id: UUID, team_ids: Collection[UUID]) -> None:
        await self._session.flush()
        await self._session.execute(
            delete(TeamMember).where(
                TeamMember.workspace_id == self._tx.workspace_id,
                TeamMember.member_id == member_id,
                TeamMember.team_id.not_in(team_ids),
            )
        )
        await self._link(TeamMember, [{"member_id": member_id, "team_id": it} for it in team_ids])

    async def _link(
        self, table: type[MemberRole | TeamMember], rows: Sequence[dict[str, UUID]]
    ) -> None:
        if rows:
            values = [{"workspace_id": self._tx.workspace_id, **row} for row in rows]
            await self._session.execute(insert(table).values(values).on_conflict_do_nothing())

    async def access(self, member: Member) -> Access:
        """What a member may do: the most of the roles, as far as the profiles go."""
        query = (
            select(Role)
            .join(
                MemberRole,
                (MemberRole.workspace_id == Role.workspace_id) & (MemberRole.role_id == Role.id),
            )
            .where(
                MemberRole.workspace_id == self._tx.workspace_id,
                MemberRole.member_id == member.id,
            )
        )
        roles = (await self._session.scalars(query)).all()
        return _limited(member, roles)

    async def with_access(self) -> Sequence[tuple[UUID, Access]]:
        """Every member, and what each may do."""
        query = (
            select(Member, Role)
            .outerjoin(
                MemberRole,
                (MemberRole.workspace_id == Member.workspace_id)
                & (MemberRole.member_id == Member.id),
            )
            .outerjoin(
                Role,
                (Role.workspace_id == MemberRole.workspace_id) & (Role.id == MemberRole.role_id),
            )
            .where(Member.workspace_id == self._tx.workspace_id)
            .order_by(Member.id)
        )
        rows = (await self._session.execute(query)).all()
        return [
            (member.id, _limited(member, (role for _, role in held if role is not None)))
            for member, held in groupby(rows, key=lambda row: row[0])
        ]

    async def is_owner(self, member_id: UUID) -> bool:
        return bool(await self._session.scalar(self._owners().where(_member == member_id)))

    async def count_owners(self) -> int:
        return await self._session.scalar(self._owners()) or 0

    def _owners(self) -> Select[int]:
        return (
            select(func.count())
            .select_from(MemberRole)
            .join(
                Role,
                (Role.workspace_id == MemberRole.workspace_id) & (Role.id == MemberRole.role_id),
            )
            .where(MemberRole.workspace_id == self._tx.workspace_id, Role.template == OWNER)
        )


def _limited(member: Member, roles: Iterable[Role]) -> Access:
    most = combined(access_of_role(role) for role in roles)
    return replace(
        most,
        sight=Sight(member.sight) if member.sight else most.sight,
        profile_ids=None if member.profile_ids is None else frozenset(member.profile_ids),
    )


_member = MemberRole.member_id
