"""Environment names and defaults of scheduler."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.networks.registry import NetworkSettings
from shared.settings import ServiceSettings


class SchedulerSettings(ServiceSettings):
    """`storage_url` is where pictures are kept: a folder (`file:///...`), S3, GCS or Azure."""

    model_config = SettingsConfigDict(env_prefix="SCHEDULER_", extra="ignore")

    team_directory_url: str = "http://127.0.0.1:8701"
    storage_url: str = Field(default="file:///data/media", pattern=r"^(file|s3|gs|az)://")
    networks: NetworkSettings = Field(default_factory=NetworkSettings)
