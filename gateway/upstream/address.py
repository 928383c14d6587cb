"""Where an upstream listens: a TCP address or a Unix socket, from one setting."""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Address:
    """`path` is set for a Unix socket, `host` and `port` otherwise."""

    host: str = ""
    port: int = 0
    path: str = ""

    @property
    def authority(self) -> bytes:
        """The Host header that the upstream sees."""
        return b"localhost" if self.path else f"{self.host}:{self.port}".encode()

    @property
    def base_url(self) -> str:
        """For a client that is told the socket separately."""
        return "http://localhost" if self.path else f"http://{self.host}:{self.port}"


def parse_address(url: str) -> Address:
    """`http://host:port` or `unix:/path`; raises ValueError for anything else."""
    if url.startswith("unix:/"):
        return Address(path=url.removeprefix("unix:"))
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname or parts.path not in ("", "/"):
        raise ValueError(f"{url} is neither http://host:port nor unix:/path.")
    return Address(host=parts.hostname, port=parts.port or 80)
