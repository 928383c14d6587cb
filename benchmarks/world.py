"""Where everything is measured: a durable Postgres of our own, and databases in it.

It lies in `.parley/bench/` and stays there, so that large tables are filled only once. Its settings
are those of `make run`.
"""

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.local.postgres import PostgresServer
from deploy.postgres.bootstrap import bootstrap, psql
from deploy.postgres.cluster import ROLES, SERVICES
from shared.db.migrate import migrate
from shared.settings import BusKind, PlatformSettings

ROOT = Path(__file__).parents[1]
HOME = ROOT / ".parley" / "bench"
INTERNAL_KEY = "benchmark-internal-secret-of-32-letters"

_PASSWORDS = {role: f"bench-{role}" for role in ROLES}

Urls = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class World:
    """What scenarios stand on; `size` is how many events or interactions lie in large tables."""

    server: PostgresServer
    size: int

    @property
    def processes(self) -> dict[str, int]:
        """This process and the database, for a meter."""
        return {"python": os.getpid(), "postgres": self.server.pid or 0}

    def fresh_database(self, name: str) -> Urls:
        """A database of empty tables, in place of one of that name."""
        psql(self.server.cluster, f"--command=DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        return self.kept_database(name)

    def has(self, name: str) -> bool:
        found = psql(
            self.server.cluster,
            "--tuples-only",
            f"--command=SELECT 1 FROM pg_database WHERE datname = '{name}'",
        )
        return bool(found.strip())

    def drop_all(self, prefix: str) -> None:
        """Drop what lies there under names that begin so."""
        found = psql(
            self.server.cluster,
            "--tuples-only",
            f"--command=SELECT datname FROM pg_database WHERE starts_with(datname, '{prefix}')",
        )
        for name in found.split():
            psql(self.server.cluster, f"--command=DROP DATABASE {name} WITH (FORCE)")

    def rename(self, name: str, to: str) -> None:
        psql(self.server.cluster, f"--command=ALTER DATABASE {name} RENAME TO {to}")

    def kept_database(self, name: str) -> Urls:
        """A database that stays from one run to the next, brought up to date."""
        bootstrap(self.server.cluster, _PASSWORDS, name)
        urls = self.server.cluster.urls(_PASSWORDS, name)
        # In a thread, because Alembic's environment runs a loop of its own.
        with ThreadPoolExecutor(max_workers=1) as executor:
            for service in SERVICES:
                url = urls[f"{service}_owner"]
                executor.submit(migrate, ROOT / "services" / service, url).result()
        return urls


def platform_settings(urls: Urls) -> PlatformSettings:
    """What every process is told, on the Postgres bus."""
    return PlatformSettings.model_validate(
        {
            "bus": BusKind.POSTGRES,
            "bus_database_url": urls["bus"],
            "internal_secrets": INTERNAL_KEY,
        }
    )


@contextmanager
def open_world(size: int) -> Iterator[World]:
    """A running world."""
    HOME.mkdir(parents=True, exist_ok=True)
    server = PostgresServer(HOME / "postgres", password="benchmark-postgres")  # noqa: S106 - on loopback, of made-up data
    server.start()
    try:
        yield World(server, size)
    finally:
        server.stop()
