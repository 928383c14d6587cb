"""Environment names and defaults of inbox."""

from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class InboxSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="INBOX_", extra="ignore")

    team_directory_url: str = "http://127.0.0.1:8701"
