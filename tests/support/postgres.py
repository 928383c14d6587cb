"""One real Postgres for the whole test run and a database of its own for each worker.

Whoever owns the run (pytest itself, or the controller of xdist) starts the server, so it lives
exactly as long as the run. A template is made and migrated once; the rest are clones of it.
"""

import fcntl
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy.local.postgres import PostgresServer
from deploy.postgres.bootstrap import bootstrap, psql
from deploy.postgres.cluster import ROLES, SERVICES, Cluster
from shared.db.migrate import migrate

PASSWORDS = {role: f"test-{role}" for role in ROLES}
ROOT = Path(__file__).parents[2]
_TEMPLATE = "parley_template"

Urls = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TestPostgres:
    """The server of this run, and the folder in which its workers agree on who does what."""

    __test__ = False

    cluster: Cluster
    home: Path

    def to_worker(self) -> dict[str, str | int]:
        """What xdist can carry into a worker."""
        cluster = self.cluster
        return {
            "host": cluster.host,
            "port": cluster.port,
            "password": cluster.password,
            "home": str(self.home),
        }

    @classmethod
    def from_controller(cls, told: Mapping[str, str]) -> "TestPostgres":
        cluster = Cluster(told["host"], int(told["port"]), told["password"])
        return cls(cluster, Path(told["home"]))

    def create_database(self, name: str) -> Urls:
        """A database with every service's tables and no rows, in place of one of that name."""
        with (self.home / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if _TEMPLATE not in self._sql("SELECT datname FROM pg_database").split():
                self._make_template(f"{_TEMPLATE}_new")
            self._sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            self._sql(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
            bootstrap(self.cluster, PASSWORDS, name)  # A clone does not inherit who may connect.
        return self.cluster.urls(PASSWORDS, name)

    def create_empty_database(self, name: str) -> Urls:
        """A database with roles and schemas, in which no migration has run."""
        with (self.home / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            bootstrap(self.cluster, PASSWORDS, name)
        return self.cluster.urls(PASSWORDS, name)

    def _make_template(self, unfinished: str) -> None:
        self._sql(f"DROP DATABASE IF EXISTS {unfinished}")
        bootstrap(self.cluster, PASSWORDS, unfinished)
        migrate_all(self.cluster.urls(PASSWORDS, unfinished))
        self._sql(f"ALTER DATABASE {unfinished} RENAME TO {_TEMPLATE}")

    def _sql(self, statement: str) -> str:
        return psql(self.cluster, "--tuples-only", "--no-align", f"--command={statement}")


def migrate_all(urls: Urls) -> None:
    """What `python -m services.<name> migrate` does, for every service that there is."""
    folders = [ROOT / "services" / service for service in SERVICES]
    # In a thread, because Alembic's environment runs a loop of its own.
    with ThreadPoolExecutor(max_workers=1) as executor:
        for folder in folders:
            if (folder / "migrations").exists():
                executor.submit(migrate, folder, urls[f"{folder.name}_owner"]).result()


@contextmanager
def running_postgres() -> Iterator[TestPostgres]:
    home = Path(tempfile.mkdtemp(prefix="parley-test-"))
    try:
        home.chmod(0o711)  # As root the server has another account, which passes through here.
        server = PostgresServer(home / "postgres", password="test-postgres", durable=False)
        server.start()
        try:
            yield TestPostgres(server.cluster, home)
        finally:
            server.stop()
    finally:
        shutil.rmtree(home)


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> Iterator[TestPostgres]:
    """The server of this run."""
    told = getattr(request.config, "workerinput", {}).get("postgres")
    if told is not None:
        yield TestPostgres.from_controller(told)
        return
    with running_postgres() as started:
        yield started


@pytest.fixture(scope="session")
def database_urls(postgres: TestPostgres, worker_id: str) -> Urls:
    """This worker's database by role: `inbox`, `inbox_owner`, `bus`, and `admin` (superuser)."""
    return postgres.create_database(f"parley_{worker_id}")


@pytest.fixture
def new_database(postgres: TestPostgres, worker_id: str) -> Callable[[], Urls]:
    """Makes further databases with empty tables, for a test that must not share one."""
    names = (f"parley_{worker_id}_extra{number}" for number in range(100))
    return lambda: postgres.create_database(next(names))
