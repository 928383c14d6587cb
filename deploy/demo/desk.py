"""One person's browser, without the browser: a session with the gateway."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from deploy.demo.patience import wait_for

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    email: str
    role: str
    locale: str
    time_zone: str


class RefusedError(RuntimeError):
    """What the product said; its code says why."""

    def __init__(self, asked: str, answer: httpx.Response) -> None:
        super().__init__(f"{asked}: {answer.status_code} {answer.text}")
        kind = answer.headers.get("content-type", "")
        self.code = answer.json().get("code") if kind.endswith("json") else None


class Desk:
    def __init__(self, url: str) -> None:
        self._url = url
        self._http = httpx.Client(base_url=url, headers={"origin": url}, timeout=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """The decoded answer; raises with what the product said when it refused."""
        answer = self._http.request(method, f"/api/v1{path}", json=body, params=query)
        if answer.is_error:
            raise RefusedError(f"{method} {path}", answer)
        return answer.json() if answer.content else None

    def another(self) -> "Desk":
        """A browser of its own for somebody else."""
        return Desk(self._url)

    def is_new(self) -> bool:
        return bool(self.call("GET", "/setup")["needed"])

    def set_up(self, owner: Person, password: str) -> None:
        body = {
            "name": owner.name,
            "email": owner.email,
            "password": password,
            "workspace_name": "Alder & Finch",
            "time_zone": owner.time_zone,
            "locale": owner.locale,
        }
        self.call("POST", "/setup", body)

    def wait_for(self, look: Callable[[], T | None], otherwise: str) -> T:
        """What `look` finds; when it finds nothing in time, the demo ends with these words."""

        async def looked() -> T | None:
            return look()

        return asyncio.run(wait_for(looked, otherwise))
