"""Acting on the sandbox: answers, messages, moderation."""

from shared.networks.errors import InvalidInputError
from shared.networks.sandbox.wire import Reply, Wire
from shared.networks.types import Access, Action, ActionResult, Command, ItemKind

_PATHS = {
    Action.LIKE: ("PUT", "/like"),
    Action.UNLIKE: ("DELETE", "/like"),
    Action.HIDE: ("PUT", "/hidden"),
    Action.UNHIDE: ("DELETE", "/hidden"),
    Action.DELETE: ("DELETE", ""),
}


class Actor:
    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def act(self, access: Access, command: Command) -> ActionResult:
        match command.action:
            case Action.REPLY | Action.SEND_MESSAGE:
                return await self._write(access, command)
            case Action.BLOCK | Action.UNBLOCK:
                return self._done(await self._block(access, command))
            case _:
                method, tail = _PATHS[command.action]
                path = f"/v1/items/{command.target.external_id}{tail}"
                return self._done(await self._wire.write(access, method, path))

    async def _write(self, access: Access, command: Command) -> ActionResult:
        reply = await self._wire.write(
            access,
            "POST",
            _writing_path(command),
            json={"text": command.text},
            key=str(command.key),
        )
        link = reply.data.get("permalink")
        return ActionResult(
            external_id=str(reply.data["id"]),
            at=self._wire.clock.now(),
            permalink=access.account.base_url + link if _is_public(command) and link else None,
            rate=reply.rate,
        )

    async def _block(self, access: Access, command: Command) -> Reply:
        author = command.target.author
        if author is None:
            raise InvalidInputError("Nobody is named to block.")
        path = f"/v1/accounts/{access.account.external_id}/blocks/{author.external_id}"
        method = "PUT" if command.action is Action.BLOCK else "DELETE"
        return await self._wire.write(access, method, path)

    def _done(self, reply: Reply) -> ActionResult:
        return ActionResult(external_id=None, at=self._wire.clock.now(), rate=reply.rate)


def _is_public(command: Command) -> bool:
    return command.action is Action.REPLY


def _writing_path(command: Command) -> str:
    """A message goes into its thread; to somebody who only commented it is a private reply."""
    if command.action is Action.REPLY:
        return f"/v1/items/{command.target.external_id}/replies"
    if command.target.kind is ItemKind.DM:
        return f"/v1/threads/{command.target.thread_id}/messages"
    return f"/v1/items/{command.target.external_id}/private-replies"
