"""`python -m services.team_directory [serve|migrate|openapi]`."""

from pathlib import Path

from services.team_directory.app import build
from services.team_directory.settings import TeamDirectorySettings
from shared.service import run

run("team_directory", Path(__file__).parent, TeamDirectorySettings, build)
