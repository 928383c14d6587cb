"""Environment names and defaults of the gateway."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from gateway.upstream.address import parse_address
from shared.settings import PlatformSettings

Words = Annotated[tuple[str, ...], NoDecode]


class GatewaySettings(BaseSettings):
    """Lists are comma separated; rates are written as `600/minute`."""

    model_config = SettingsConfigDict(env_prefix="GATEWAY_", extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(default=8700, ge=0, le=65535)
    public_url: str = Field(
        default="", description="Where browsers find Parley; https:// makes cookies secure."
    )

    # Upstreams: http://host:port or unix:/path.
    team_directory_url: str = "http://127.0.0.1:8701"
    inbox_url: str = "http://127.0.0.1:8702"
    scheduler_url: str = "http://127.0.0.1:8703"
    ticketing_url: str = "http://127.0.0.1:8704"
    analytics_url: str = "http://127.0.0.1:8705"
    upstream_connections: int = Field(default=128, ge=1, le=10_000)
    upstream_queue: int = Field(default=1_000, ge=0)
    upstream_queue_seconds: float = Field(default=5, gt=0)
    upstream_idle_seconds: float = Field(default=60, gt=0)

    # Whose X-Forwarded-For and X-Forwarded-Proto are believed; addresses or networks.
    trusted_proxies: Words = ()
    cors_origins: Words = ()

    requests_at_once: int = Field(default=2_000, ge=1)
    head_seconds: float = Field(default=10, gt=0)
    header_bytes: int = Field(default=32_768, ge=1_024, le=65_536)
    read_rate: str = "1200/minute"
    write_rate: str = "300/minute"
    anonymous_rate: str = "120/minute"
    login_rate: str = "10/minute"
    hook_rate: str = "6000/minute"

    identity_seconds: float = Field(default=30, ge=0, le=30)
    identity_cache: int = Field(default=20_000, ge=1)

    streams_at_once: int = Field(default=5_000, ge=1)
    streams_a_person: int = Field(default=12, ge=1)
    stream_ring: int = Field(default=10_000, ge=0)
    stream_queue: int = Field(default=500, ge=1)
    heartbeat_seconds: float = Field(default=15, gt=0)
    recheck_seconds: float = Field(default=300, gt=0)
    presence_seconds: float = Field(default=30, gt=0)

    web_directory: Path | None = Field(
        default=None,
        description="The built web app; web/dist if it is there, else a plain page is shown.",
    )
    metrics_token: SecretStr | None = Field(
        default=None, description="Opens /internal/metrics; without it there is no such route."
    )
    platform: PlatformSettings = Field(default_factory=PlatformSettings)

    @field_validator("trusted_proxies", "cors_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(word.strip() for word in value.split(",") if word.strip())
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _check_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for word in value:
            ip_network(word)
        return value

    @field_validator(
        "team_directory_url", "inbox_url", "scheduler_url", "ticketing_url", "analytics_url"
    )
    @classmethod
    def _check_address(cls, value: str) -> str:
        parse_address(value)
        return value

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def proxy_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        return tuple(ip_network(word) for word in self.trusted_proxies)

    @property
    def upstream_urls(self) -> dict[str, str]:
        return {
            "team_directory": self.team_directory_url,
            "inbox": self.inbox_url,
            "scheduler": self.scheduler_url,
            "ticketing": self.ticketing_url,
            "analytics": self.analytics_url,
        }
