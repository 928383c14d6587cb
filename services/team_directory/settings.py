"""Environment names and defaults of team_directory."""

from email.utils import parseaddr
from functools import cached_property
from typing import Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from shared.networks.registry import NetworkSettings
from shared.settings import ServiceSettings

_KEY_LENGTH = 32


class TeamDirectorySettings(ServiceSettings):
    """`public_url` is where browsers reach the gateway: networks send people back to it."""

    model_config = SettingsConfigDict(env_prefix="TEAM_DIRECTORY_", extra="ignore")

    credential_keys: SecretStr = Field(
        description="Keys for secrets at rest, comma separated; the first encrypts, all decrypt.",
    )
    public_url: str = "http://127.0.0.1:8700"
    password_memory_kib: int = Field(default=65536, ge=32)
    password_rounds: int = Field(default=3, ge=1)
    webhook_seconds: float = Field(
        default=15, gt=0, le=30, description="How long the endpoint of a partner may take."
    )
    webhook_days: int = Field(
        default=30, ge=4, le=366, description="How long it is kept what partners were told."
    )
    webhook_allow_local: bool = Field(
        default=False, description="Let endpoints lie on this machine and speak http."
    )
    smtp_url: SecretStr = Field(
        default=SecretStr(""),
        description="The mail server, as smtp://user:password@host:587; empty: no mail is sent.",
    )
    mail_from: str = Field(
        default="", description="What stands in From, as Parley <parley@example.com>."
    )
    networks: NetworkSettings = Field(default_factory=NetworkSettings)

    @field_validator("credential_keys")
    @classmethod
    def _each_key_is_long(cls, keys: SecretStr) -> SecretStr:
        if any(len(key) < _KEY_LENGTH for key in keys.get_secret_value().split(",")):
            raise ValueError(f"Each key has at least {_KEY_LENGTH} characters.")
        return keys

    @model_validator(mode="after")
    def _mail_is_whole(self) -> Self:
        if self.smtp_url.get_secret_value() and "@" not in parseaddr(self.mail_from)[1]:
            raise ValueError("Mail needs a sender: set TEAM_DIRECTORY_MAIL_FROM.")
        return self

    @cached_property
    def credential_key_ring(self) -> tuple[str, ...]:
        return tuple(self.credential_keys.get_secret_value().split(","))
