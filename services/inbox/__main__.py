"""`python -m services.inbox [serve|migrate|openapi]`."""

from pathlib import Path

from services.inbox.app import build
from services.inbox.settings import InboxSettings
from shared.service import run

run("inbox", Path(__file__).parent, InboxSettings, build)
