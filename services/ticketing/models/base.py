"""The metadata that the tables of ticketing share."""

from shared.db.model import Row, service_metadata


class Base(Row):
    __abstract__ = True
    metadata = service_metadata()
