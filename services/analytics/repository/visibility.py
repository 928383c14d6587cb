"""Who sees which numbers: the one place that turns an identity into conditions.

Numbers are limited by profile. What stands behind them is limited by sight, too: who sees only some
conversations finds only these, though the numbers count all of the profile.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from services.analytics.models import Measurement, Subject
from shared.identity import Identity
from shared.permissions import Sight

Conditions = tuple[ColumnElement[bool], ...]


def profiles(identity: Identity, column: InstrumentedAttribute[UUID]) -> Conditions:
    """Conditions on the column that holds the profile, which leave those of this person."""
    if identity.profile_ids is None:
        return ()
    return (column.in_(identity.profile_ids),)


def items(identity: Identity) -> Conditions:
    """Conditions on `Measurement` that leave what this person may see."""
    return (*profiles(identity, Measurement.profile_id), *_sight(identity))


def _sight(identity: Identity) -> Conditions:
    if identity.sight is Sight.ALL:
        return ()
    mine = Subject.assignee_id == identity.actor_id
    if identity.sight is Sight.TEAM:
        mine = or_(mine, Subject.team_id.in_(identity.team_ids))
    held = select(Subject.id).where(
        Subject.workspace_id == Measurement.workspace_id,
        Subject.id == Measurement.subject_id,
        mine,
    )
    # Publications are seen by whoever sees the profile.
    return (or_(Measurement.kind == "post", held.exists()),)
