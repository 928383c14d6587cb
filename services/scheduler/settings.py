"""Environment names and defaults of scheduler."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.profiles.outside import OutsideSettings


class SchedulerSettings(OutsideSettings):
    """`storage_url` is where pictures are kept: a folder (`file:///...`), S3, GCS or Azure.

    Publishing, pictures included, may take `patience_seconds`; what it may have done is looked for
    until `quiet_seconds` later, when "it is not there" is believed.
    """

    model_config = SettingsConfigDict(env_prefix="SCHEDULER_", extra="ignore")

    storage_url: str = Field(default="file:///data/media", pattern=r"^(file|s3|gs|az)://")
    patience_seconds: float = Field(default=120, gt=0, le=600)
    quiet_seconds: float = Field(default=30, ge=0, le=3600)
