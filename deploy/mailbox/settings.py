"""Configuration of the mailbox from the environment."""

from ipaddress import ip_address

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class MailboxSettings(BaseSettings):
    """`port` is that of the page, `smtp_port` that of the mail server.

    Whoever reaches it reads everybody's links to new passwords, so it listens on this machine only.
    """

    model_config = SettingsConfigDict(env_prefix="MAILBOX_", extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(default=8707, ge=0, le=65535)
    smtp_port: int = Field(default=8708, ge=0, le=65535)
    kept: int = Field(default=500, ge=1, description="Older messages are forgotten.")
    message_bytes: int = Field(default=1_000_000, ge=1000)

    @field_validator("host")
    @classmethod
    def _stays_here(cls, host: str) -> str:
        if not ip_address(host).is_loopback:
            raise ValueError("The mailbox listens on a loopback address only.")
        return host
