"""The tables of analytics: roll-ups that are written from events and never edited."""

from services.analytics.models.base import Base
from services.analytics.models.network_measures import (
    ContentDay,
    MeasuredPost,
    MeasuredProfile,
    PostMeasure,
    PostSnapshot,
    ProfileDay,
    ProfileMeasure,
    ProfileSnapshot,
)
from services.analytics.models.volume import DailyVolume
from services.analytics.models.workspaces import Workspace

__all__ = [
    "Base",
    "ContentDay",
    "DailyVolume",
    "MeasuredPost",
    "MeasuredProfile",
    "PostMeasure",
    "PostSnapshot",
    "ProfileDay",
    "ProfileMeasure",
    "ProfileSnapshot",
    "Workspace",
]
