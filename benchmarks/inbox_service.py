"""The inbox service as an app, by its environment, with its loops at rest."""

from services.inbox.app import build
from services.inbox.settings import InboxSettings
from shared.clock import SystemClock
from shared.observability.logs import configure_logging
from shared.settings import read_settings

configure_logging("inbox", "INFO", as_json=True)
app = build(read_settings(InboxSettings), SystemClock()).app
