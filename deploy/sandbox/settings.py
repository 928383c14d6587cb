"""Configuration of the sandbox process from the environment."""

from datetime import timedelta
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class SandboxSettings(BaseSettings):
    """`state_file` keeps the world over a restart; without it each start begins anew."""

    model_config = SettingsConfigDict(env_prefix="SANDBOX_", extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(default=8790, ge=0, le=65535)
    seed: int = 1
    demo: bool = True
    per_minute: float = Field(default=3.0, ge=0, description="live traffic; 0 means silence")
    token_life: timedelta = timedelta(hours=2)
    state_file: Path | None = None
    save_seconds: float = Field(default=10, gt=0)
