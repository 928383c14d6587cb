"""Calendars and policies of a workspace."""

from sqlalchemy import select

from services.ticketing.models import Calendar, Policy
from services.ticketing.schemas.service_levels import CalendarView, PolicyView
from shared.db.transaction import ReadTx


async def list_calendars(read: ReadTx) -> list[CalendarView]:
    rows = await read.all(
        select(Calendar.id, Calendar.version, Calendar.name, Calendar.body)
        .where(Calendar.workspace_id == read.workspace_id)
        .order_by(Calendar.name, Calendar.id)
    )
    return [CalendarView(id=row.id, version=row.version, name=row.name, **row.body) for row in rows]


async def list_policies(read: ReadTx) -> list[PolicyView]:
    columns = (Policy.__table__.c[name] for name in PolicyView.model_fields)
    rows = await read.all(
        select(*columns)
        .where(Policy.workspace_id == read.workspace_id)
        .order_by(Policy.name, Policy.id)
    )
    return [PolicyView.model_validate(row, from_attributes=True) for row in rows]
