"""The tables of analytics: roll-ups that are written from events and never edited."""

from services.analytics.models.base import Base
from services.analytics.models.volume import DailyVolume

__all__ = ["Base", "DailyVolume"]
