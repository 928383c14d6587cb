"""Workspaces."""

from uuid import UUID

from services.team_directory.errors import WorkspaceNotFoundError
from services.team_directory.models import Workspace
from shared.db.transaction import Tx


class Workspaces:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def current(self) -> Workspace:
        """The workspace of this transaction, locked: whoever changes its owners goes one by one."""
        return await self.get(self._tx.workspace_id)

    async def get(self, workspace_id: UUID) -> Workspace:
        workspace = await self._tx.session.get(Workspace, workspace_id, with_for_update=True)
        if workspace is None:
            raise WorkspaceNotFoundError
        return workspace

    async def seen(self) -> Workspace:
        """The workspace of this transaction without a lock, to be told about."""
        workspace = await self._tx.session.get(Workspace, self._tx.workspace_id)
        if workspace is None:
            raise WorkspaceNotFoundError
        return workspace

    def add(self, workspace: Workspace) -> None:
        self._tx.session.add(workspace)
