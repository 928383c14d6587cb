"""Configuration from the environment, typed; built once in `__main__` and passed down.

Names that all processes share start with `PARLEY_`; a service's own start with its name.
Importing a module never reads the environment.
"""

import sys
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

S = TypeVar("S", bound=BaseSettings)


class BusKind(StrEnum):
    POSTGRES = "postgres"
    KAFKA = "kafka"


class PlatformSettings(BaseSettings):
    """What every process needs: the bus, the internal secret, the kinds of output."""

    model_config = SettingsConfigDict(env_prefix="PARLEY_", extra="ignore")

    bus: BusKind = BusKind.POSTGRES
    bus_database_url: str = "postgresql://bus@127.0.0.1:5432/parley"
    bus_partitions: int = Field(default=8, ge=1, le=256)
    bus_retention_days: int = Field(default=7, ge=1, le=3650)
    kafka_bootstrap: str = "127.0.0.1:9092"
    internal_secrets: SecretStr = Field(
        min_length=32,
        description="Keys that sign internal tokens, comma separated; the first one signs.",
    )
    lease_seconds: float = Field(
        default=15,
        ge=1,
        le=300,
        description="After this, what a process held that died is taken up by another.",
    )
    log_level: str = "INFO"
    log_json: bool = True
    otlp_endpoint: str | None = None
    trace_sample: float = Field(default=0.01, ge=0, le=1)

    @cached_property
    def internal_keys(self) -> tuple[str, ...]:
        return tuple(
            key for key in self.internal_secrets.get_secret_value().split(",") if key.strip()
        )


class ServiceSettings(BaseSettings):
    """What one service needs; subclasses set the prefix and add their own names.

    `database_url` is the run-time role, which row-level security binds; `migration_url` the owner
    of the service's schema, used by `migrate` only.
    """

    model_config = SettingsConfigDict(extra="ignore")

    database_url: str
    migration_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(ge=0, le=65535)
    pool_size: int = Field(default=10, ge=1, le=200)
    platform: PlatformSettings = Field(default_factory=PlatformSettings)


def read_settings(settings_class: type[S]) -> S:
    """The settings from the environment; a readable message and exit 2 when they do not fit."""
    try:
        return settings_class()
    except ValidationError as error:
        # The platform's settings are built inside the service's; the error names whose they are.
        failed = PlatformSettings if error.title == PlatformSettings.__name__ else settings_class
        prefix = failed.model_config.get("env_prefix", "")
        for item in error.errors():
            field_name = "_".join(str(part) for part in item["loc"]).upper()
            sys.stderr.write(f"{prefix}{field_name}: {item['msg']}\n")
        raise SystemExit(2) from None
