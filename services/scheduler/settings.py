"""Environment names and defaults of scheduler."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.profiles.outside import OutsideSettings


class SchedulerSettings(OutsideSettings):
    """`storage_url` is where pictures are kept: a folder (`file:///...`), S3, GCS or Azure."""

    model_config = SettingsConfigDict(env_prefix="SCHEDULER_", extra="ignore")

    storage_url: str = Field(default="file:///data/media", pattern=r"^(file|s3|gs|az)://")
