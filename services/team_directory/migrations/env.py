"""Alembic's entry point."""

from services.team_directory.models import Base
from shared.db.migrate import run_environment

run_environment(Base.metadata)
