"""Network name to connector; the addresses of networks are configuration, never constants."""

from collections.abc import Iterator, Mapping

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.clock import Clock
from shared.errors import NotFoundError
from shared.networks.bluesky.connector import BlueskyConnector
from shared.networks.connector import Connector
from shared.networks.http import NetworkHttp
from shared.networks.mastodon.connector import MastodonConnector
from shared.networks.sandbox.connector import SandboxConnector


class NetworkSettings(BaseSettings):
    """Where networks are reached. `allow_local` lets any of them lie on this machine (for tests).

    The sandbox is reached wherever `sandbox_url` says: that address comes from the operator.
    """

    model_config = SettingsConfigDict(env_prefix="PARLEY_NETWORKS_", extra="ignore")

    allow_local: bool = False
    timeout: float = Field(default=20, gt=0)
    bluesky_url: str = "https://bsky.social"
    bluesky_chat: str = "did:web:api.bsky.chat#bsky_chat"
    sandbox_url: str = ""


class UnknownNetworkError(NotFoundError):
    code = "network.unknown"
    title = "There is no such network here."


class Registry:
    """The networks that this installation can reach."""

    def __init__(self, connectors: Mapping[str, Connector]) -> None:
        self._connectors = dict(connectors)

    def __iter__(self) -> Iterator[Connector]:
        return iter(self._connectors.values())

    def get(self, network: str) -> Connector:
        try:
            return self._connectors[network]
        except KeyError:
            raise UnknownNetworkError(network=network) from None


def build_http(settings: NetworkSettings, clock: Clock) -> NetworkHttp:
    return NetworkHttp(
        clock,
        time_limit=settings.timeout,
        allow_local=settings.allow_local,
        trusted=[settings.sandbox_url] if settings.sandbox_url else [],
    )


def build_registry(settings: NetworkSettings, http: NetworkHttp) -> Registry:
    """Every connector that these settings make reachable, over one client."""
    connectors: list[Connector] = [
        BlueskyConnector(http, url=settings.bluesky_url, chat=settings.bluesky_chat),
        MastodonConnector(http),
    ]
    if settings.sandbox_url:
        connectors.append(SandboxConnector(http, url=settings.sandbox_url))
    return Registry({connector.manifest.network: connector for connector in connectors})
