"""The tables of analytics, one module per subject."""

from services.analytics.models.base import Base
from services.analytics.models.books import (
    Book,
    DayTotal,
    DetailTotal,
    Measurement,
    ProfileTotal,
)
from services.analytics.models.kept import KeptEvent, Subject
from services.analytics.models.names import Name
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
    "Book",
    "ContentDay",
    "DailyVolume",
    "DayTotal",
    "DetailTotal",
    "KeptEvent",
    "MeasuredPost",
    "MeasuredProfile",
    "Measurement",
    "Name",
    "PostMeasure",
    "PostSnapshot",
    "ProfileDay",
    "ProfileMeasure",
    "ProfileSnapshot",
    "ProfileTotal",
    "Subject",
    "Workspace",
]
