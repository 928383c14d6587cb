"""Composition root: settings and bus in, the running service out."""

from services.team_directory.consumers import SUBSCRIPTIONS
from services.team_directory.settings import TeamDirectorySettings
from shared.clock import Clock
from shared.service import Parts, Service, assemble


def build(settings: TeamDirectorySettings, clock: Clock) -> Service:
    kernel = assemble("team_directory", settings, clock)
    return Service(kernel, Parts(routers=[], subscriptions=SUBSCRIPTIONS))
