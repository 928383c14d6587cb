"""What the tables of analytics have in common."""

from shared.db.model import Row, service_metadata


class Base(Row):
    __abstract__ = True
    metadata = service_metadata()
