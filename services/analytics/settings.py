"""Environment names and defaults of analytics."""

from pydantic_settings import SettingsConfigDict

from shared.profiles.outside import OutsideSettings


class AnalyticsSettings(OutsideSettings):
    model_config = SettingsConfigDict(env_prefix="ANALYTICS_", extra="ignore")
