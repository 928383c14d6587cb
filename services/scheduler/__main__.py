"""`python -m services.scheduler [serve|migrate|openapi]`."""

from pathlib import Path

from services.scheduler.app import build
from services.scheduler.settings import SchedulerSettings
from shared.service import run

run("scheduler", Path(__file__).parent, SchedulerSettings, build)
