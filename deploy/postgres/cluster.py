"""Where a Postgres answers, and the names inside it: database, roles and their URLs."""

from collections.abc import Mapping
from dataclasses import dataclass

SERVICES = ("team_directory", "inbox", "scheduler", "ticketing", "analytics")
ROLES = (*SERVICES, *(f"{service}_owner" for service in SERVICES), "bus")
DATABASE = "parley"
SUPERUSER = "postgres"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server; `password` is the superuser's."""

    host: str
    port: int
    password: str

    def url(self, role: str, password: str, database: str = DATABASE) -> str:
        return f"postgresql://{role}:{password}@{self.host}:{self.port}/{database}"

    def urls(self, passwords: Mapping[str, str], database: str = DATABASE) -> dict[str, str]:
        """The URL of every role, and of the superuser as `admin`."""
        roles = {role: self.url(role, passwords[role], database) for role in ROLES}
        return {**roles, "admin": self.url(SUPERUSER, self.password, database)}


def password_variable(role: str) -> str:
    """The name under which the environment and `.env` carry a role's password."""
    return f"{role.upper()}_DB_PASSWORD"
