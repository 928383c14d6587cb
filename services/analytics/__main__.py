"""`python -m services.analytics [serve|migrate|openapi]`."""

from pathlib import Path

from services.analytics.app import build
from services.analytics.settings import AnalyticsSettings
from shared.service import run

run("analytics", Path(__file__).parent, AnalyticsSettings, build)
