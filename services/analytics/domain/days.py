"""Days of a workspace, which begin and end in its time zone."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from services.analytics.domain.periods import Period

UTC_ZONE = ZoneInfo("UTC")


def zone_of(name: str | None) -> ZoneInfo:
    """The zone of a name; UTC while nobody has told one that there is."""
    try:
        return ZoneInfo(name) if name else UTC_ZONE
    except (ZoneInfoNotFoundError, ValueError):
        return UTC_ZONE


def day_in(zone: ZoneInfo, moment: datetime) -> date:
    return moment.astimezone(zone).date()


def span_of(zone: ZoneInfo, period: Period) -> tuple[datetime, datetime]:
    """From the beginning of the first day to the end of the last one."""
    after = period.last + timedelta(days=1)
    return datetime.combine(period.first, time(), zone), datetime.combine(after, time(), zone)
