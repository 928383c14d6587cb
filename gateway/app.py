"""Composition root: settings and clock in, the running gateway out."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import FastAPI

from gateway.authentication import Authenticator
from gateway.cross_site import CrossSite
from gateway.directory import Directory, internal_client
from gateway.dispatch import Conditions, Dispatcher, Doors
from gateway.limits import RateLimits
from gateway.live.desk import PresenceDesk
from gateway.live.feed import Feed
from gateway.live.hub import Hub
from gateway.live.presence import PresenceBoard
from gateway.live.stream import Stream
from gateway.own import Loop, OwnParts, create_own_app
from gateway.routes import RateClass
from gateway.settings import GatewaySettings
from gateway.static_files import StaticFiles
from gateway.upstreams import Upstreams
from shared.clock import Clock
from shared.messaging.connect import open_bus

_SWEEP_SECONDS = 1.0


class Gateway:
    """The ASGI application `dispatcher`, and what the process must end in order."""

    def __init__(self, settings: GatewaySettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._bus = open_bus(settings.platform)
        self._client = internal_client(
            settings.team_directory_url, settings.platform.internal_keys[0], clock
        )
        self.directory = Directory(self._client)
        self.upstreams = Upstreams(settings)
        self.limits = RateLimits(
            {
                RateClass.READ: settings.read_rate,
                RateClass.WRITE: settings.write_rate,
                RateClass.ANONYMOUS: settings.anonymous_rate,
                RateClass.LOGIN: settings.login_rate,
                RateClass.HOOK: settings.hook_rate,
            }
        )
        self.authenticator = self._authenticator()
        self.hub = Hub(
            ring=settings.stream_ring,
            queue=settings.stream_queue,
            streams=settings.streams_at_once,
            streams_a_person=settings.streams_a_person,
        )
        self.board = PresenceBoard(self.hub, settings.presence_seconds)
        self.hub.snapshot = self.board.snapshot
        inbox = self.upstreams.pools["inbox"]
        self.desk = PresenceDesk(self.upstreams.forwarder, inbox, self._bus, clock)
        self.feed = Feed(
            self._bus, self.hub, self.board, self._forget, self.desk.forget_conversation
        )
        self.own = self._own_app()
        self.dispatcher = self._dispatcher()

    def _authenticator(self) -> Authenticator:
        settings = self._settings
        made = Authenticator(
            self.directory, self.limits, self._clock, settings.platform.internal_keys[0]
        )
        made.lifetime = timedelta(seconds=settings.identity_seconds)
        made.size = settings.identity_cache
        return made

    def _own_app(self) -> FastAPI:
        settings = self._settings
        token = settings.metrics_token
        parts = OwnParts(
            directory=self.directory,
            authenticator=self.authenticator,
            upstreams=self.upstreams,
            desk=self.desk,
            hub=self.hub,
            feed=self.feed,
            secure=settings.secure,
            metrics_token=token.get_secret_value() if token else None,
        )
        return create_own_app(
            parts, self._loops(), [self._bus.stop, self._client.close, self._close_upstreams]
        )

    def _loops(self) -> Mapping[str, Loop]:
        return {
            "sweeper": self.upstreams.sweeper.run,
            "feed": self.feed.run,
            "heartbeat": lambda: self.hub.beat(self._settings.heartbeat_seconds),
            "housekeeping": self._keep_clean,
        }

    def _dispatcher(self) -> Dispatcher:
        settings = self._settings
        stream = Stream(self.hub, self.authenticator, self.limits, self._clock)
        stream.longest = settings.recheck_seconds
        stream.secure = settings.secure
        return Dispatcher(
            Conditions(
                trusted=settings.proxy_networks,
                header_bytes=settings.header_bytes,
                requests_at_once=settings.requests_at_once,
                secure=settings.secure,
                traced=settings.platform.otlp_endpoint is not None,
            ),
            Doors(
                own=self.own,
                stream=stream,
                files=StaticFiles(settings.web_directory),
                pools=self.upstreams.pools,
                forwarder=self.upstreams.forwarder,
            ),
            self.authenticator,
            self.limits,
            CrossSite(settings.cors_origins, settings.public_url),
        )

    def _forget(self, actor_id: UUID | None) -> None:
        if actor_id is None:
            self.authenticator.forget_everyone()
        else:
            self.authenticator.forget(actor_id)
        self.desk.forget()

    async def _keep_clean(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            self.board.sweep()
            self.limits.sweep()

    async def _close_upstreams(self) -> None:
        self.upstreams.close()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.dispatcher(scope, receive, send)


def build(settings: GatewaySettings, clock: Clock) -> Gateway:
    return Gateway(settings, clock)
