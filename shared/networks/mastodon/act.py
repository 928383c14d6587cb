"""Writing to Mastodon, and reading back what became of it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import regex

from shared.clock import Clock
from shared.networks.errors import AmbiguousError, GoneError, UnsupportedError
from shared.networks.mastodon.api import Api, Reply, Server, server_of
from shared.networks.mastodon.html import to_text
from shared.networks.mastodon.normalize import moment
from shared.networks.mastodon.read import since_floor
from shared.networks.types import (
    Access,
    Action,
    ActionResult,
    Command,
    Found,
    Json,
    NotFound,
    Settlement,
    Unsettled,
)

_LIMIT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    server: Server
    me: str
    command: Command

    @property
    def handle(self) -> Json:
        return self.command.target.handle


class Actor:
    def __init__(self, api: Api, clock: Clock) -> None:
        self._api = api
        self._clock = clock
        self._how: Mapping[Action, Callable[[_Step], Awaitable[ActionResult]]] = {
            Action.REPLY: self._answer,
            Action.SEND_MESSAGE: self._answer,
            Action.LIKE: self._like,
            Action.UNLIKE: self._unlike,
            Action.DELETE: self._delete,
            Action.BLOCK: self._block,
            Action.UNBLOCK: self._unblock,
        }

    async def act(self, access: Access, command: Command) -> ActionResult:
        how = self._how.get(command.action)
        if how is None:
            raise UnsupportedError("Mastodon cannot hide somebody else's post.")
        return await how(_step(access, command))

    async def _answer(self, step: _Step) -> ActionResult:
        form = {
            "status": addressed(step.command.text, step.handle, step.me),
            "in_reply_to_id": step.handle["id"],
            # An answer is never more public than what it answers.
            "visibility": step.handle["visibility"],
        }
        key = str(step.command.key)
        reply = await self._api.post(step.server, "/api/v1/statuses", form, key)
        try:
            return self._made(reply)
        except (KeyError, TypeError, ValueError) as error:
            raise AmbiguousError from error

    async def _like(self, step: _Step) -> ActionResult:
        path = f"/api/v1/statuses/{step.handle['id']}/favourite"
        return self._done(await self._api.post(step.server, path))

    async def _unlike(self, step: _Step) -> ActionResult:
        path = f"/api/v1/statuses/{step.handle['id']}/unfavourite"
        return self._done(await self._api.post(step.server, path))

    async def _delete(self, step: _Step) -> ActionResult:
        if step.handle["account"] != step.me:
            raise UnsupportedError("Mastodon lets an account delete only what it wrote itself.")
        path = f"/api/v1/statuses/{step.handle['id']}"
        return self._done(await self._api.delete(step.server, path))

    async def _block(self, step: _Step) -> ActionResult:
        path = f"/api/v1/accounts/{step.handle['account']}/block"
        return self._done(await self._api.post(step.server, path))

    async def _unblock(self, step: _Step) -> ActionResult:
        path = f"/api/v1/accounts/{step.handle['account']}/unblock"
        return self._done(await self._api.post(step.server, path))

    def _made(self, reply: Reply) -> ActionResult:
        status = reply.data
        return ActionResult(
            external_id=status["id"],
            at=moment(status["created_at"]),
            permalink=status.get("url") or status.get("uri"),
            rate=reply.rate,
        )

    def _done(self, reply: Reply) -> ActionResult:
        return ActionResult(external_id=None, at=self._clock.now(), rate=reply.rate)

    # Reading back

    async def find_sent(self, access: Access, command: Command, since: datetime) -> Settlement:
        step = _step(access, command)
        match command.action:
            case Action.REPLY | Action.SEND_MESSAGE:
                return await self._settle_answer(step, since_floor(since))
            case Action.LIKE | Action.UNLIKE:
                status = await self._status(step)
                liked = bool(status and status.get("favourited"))
                return self._settled(liked == (command.action is Action.LIKE))
            case Action.DELETE:
                return self._settled(await self._status(step) is None)
            case Action.BLOCK | Action.UNBLOCK:
                params = {"id[]": [step.handle["account"]]}
                path = "/api/v1/accounts/relationships"
                found = (await self._api.get(step.server, path, params)).data
                blocked = any(one.get("blocking") for one in found)
                return self._settled(blocked == (command.action is Action.BLOCK))
        return Unsettled()

    async def _settle_answer(self, step: _Step, since: datetime) -> Settlement:
        """Looks among our own posts for the same words in answer to the same post."""
        wanted = plain(addressed(step.command.text, step.handle, step.me))
        path, params = f"/api/v1/accounts/{step.me}/statuses", {"limit": _LIMIT}
        reply = await self._api.get(step.server, path, params)
        for status in reply.data:
            if moment(status["created_at"]) < since:
                return NotFound()
            same_parent = status.get("in_reply_to_id") == step.handle["id"]
            if same_parent and plain(to_text(status["content"])) == wanted:
                return Found(result=self._made(Reply(data=status, rate=reply.rate)))
        # A full page that does not reach back far enough says nothing.
        return Unsettled() if len(reply.data) == _LIMIT else NotFound()

    async def _status(self, step: _Step) -> Json | None:
        path = f"/api/v1/statuses/{step.handle['id']}"
        try:
            return dict((await self._api.get(step.server, path)).data)
        except GoneError:
            return None

    def _settled(self, as_wanted: bool) -> Settlement:
        if not as_wanted:
            return NotFound()
        return Found(result=ActionResult(external_id=None, at=self._clock.now()))


def _step(access: Access, command: Command) -> _Step:
    return _Step(server=server_of(access), me=access.account.external_id, command=command)


def addressed(text: str, handle: Json, me: str) -> str:
    """The text after the names that make it reach somebody.

    Whoever is named reads a direct message, so there everybody who took part stays named; in public
    only the author is.
    """
    people = [] if handle["account"] == me else [handle["acct"]]
    if handle["visibility"] == "direct" or not people:
        people += handle.get("mentions", [])
    names = [f"@{acct}" for acct in dict.fromkeys(people)]
    missing = [name for name in names if name.lower() not in text.lower().split()]
    return " ".join([*missing, text])


def plain(text: str) -> str:
    """Words that survive the way through a server: it shortens mentions and moves white space."""
    return " ".join(regex.sub(r"(@[\w.-]+)@[\w.-]+\w", r"\1", text).split())
