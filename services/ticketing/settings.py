"""Environment names and defaults of ticketing."""

from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class TicketingSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="TICKETING_", extra="ignore")
