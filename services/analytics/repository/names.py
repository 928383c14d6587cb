"""The names of people and teams."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from services.analytics.models import Name
from shared.db.transaction import Tx


async def save_name(tx: Tx, id_: UUID, name: str) -> None:
    statement = insert(Name).values(workspace_id=tx.workspace_id, id=id_, name=name)
    await tx.session.execute(
        statement.on_conflict_do_update(
            constraint="pk_names", set_={"name": statement.excluded.name}
        )
    )
