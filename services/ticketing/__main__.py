"""`python -m services.ticketing [serve|migrate|openapi]`."""

from pathlib import Path

from services.ticketing.app import build
from services.ticketing.settings import TicketingSettings
from shared.service import run

run("ticketing", Path(__file__).parent, TicketingSettings, build)
