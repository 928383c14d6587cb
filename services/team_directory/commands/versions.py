"""Two people never overwrite each other: a write names the version that it has seen."""

from services.team_directory.errors import ChangedMeanwhileError
from shared.db.model import Versioned


def demand_version(row: Versioned, seen: int) -> None:
    """Count the version up, or raise `ChangedMeanwhileError` when it has moved on."""
    if row.version != seen:
        raise ChangedMeanwhileError(version=row.version)
    row.version += 1
