"""Environment names and defaults of inbox."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.networks.registry import NetworkSettings
from shared.settings import ServiceSettings


class InboxSettings(ServiceSettings):
    """`undo_seconds` is how long a reply can be taken back before it leaves."""

    model_config = SettingsConfigDict(env_prefix="INBOX_", extra="ignore")

    team_directory_url: str = "http://127.0.0.1:8701"
    undo_seconds: float = Field(default=5, ge=0, le=120)
    networks: NetworkSettings = Field(default_factory=NetworkSettings)
