"""Walking all routes as somebody: filling ids in, and judging what came of it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.isolation.attackers import Attacker, Cast, strange_id
from tests.isolation.document import Operation, Shape, Slot, VersionOf
from tests.isolation.records import Records

REFUSED = frozenset({401, 403, 404})
_TABLES = {
    "member": "team_directory.members",
    "role": "team_directory.roles",
    "team": "team_directory.teams",
    "conversation": "inbox.conversations",
    "contact": "inbox.contacts",
    "note": "inbox.notes",
    "ticket": "ticketing.tickets",
    "calendar": "ticketing.calendars",
    "post": "scheduler.posts",
    "policy": "ticketing.policies",
    "saved_view": "inbox.saved_views",
    "webhook": "team_directory.webhook_endpoints",
    "workspace": "team_directory.workspaces",
}
# Where an id that nobody has is taken, and why nothing comes of it.
HARMLESS = {
    "read_notifications.notification_ids": "Those of others are passed over.",
    "read_all_notifications.subject_id": "Only what the caller was told about it is marked.",
    "create_sla_policy.profile_ids": "Ticketing keeps no profiles; such a policy never holds.",
    "rewrite_sla_policy.profile_ids": "The same.",
    "unwatch_ticket.person_id": "Who does not watch need not be taken away.",
}
# Filters keep the ids that they were given, and find only what the one who looks may see.
KEPT = frozenset(
    f"{name}.{at}"
    for name in ("create_saved_view", "change_saved_view")
    for at in ("profile_id", "assignee", "team_id", "tag_id", "contact_id")
)
# So few are allowed for one address that the attackers use them up together.
_SCARCE = frozenset({"ask_for_password_reset"})
# They end the session with which they are called.
_ENDING = frozenset({"log_out", "log_out_everywhere", "end_own_session", "change_password"})
_REQUEST_ID = re.compile(r'"request_id": ?"[^"]*"')

Choose = Callable[[Slot], UUID]


@dataclass(slots=True)
class Walk:
    """`complaints` collects everything that is wrong, so that one run tells all of it."""

    cast: Cast
    attacker: Attacker
    records: Records
    complaints: list[str] = field(default_factory=list)
    sent: int = 0
    _before: set[tuple[str, str]] | None = None

    async def call(self, shape: Shape, choose: Choose) -> httpx.Response:
        """Send it; whatever comes, the answer must not tell what it is not to tell."""
        operation = shape.operation
        values = {id(slot): choose(slot) for slot in shape.slots()}
        path = operation.path.format(**{k: filled(v, values, 0) for k, v in shape.path.items()})
        version = await self._version(operation, shape, values)
        request: dict[str, Any] = {"params": filled(shape.query, values, version)}
        if isinstance(shape.body, bytes):
            request["content"] = shape.body
        elif shape.body is not None:
            request["json"] = filled(shape.body, values, version)
        answer = await self.attacker.send(operation.method, path, **request)
        self.sent += 1
        self._judge(operation, request, answer, set(values.values()))
        if operation.name in _ENDING:
            await self.attacker.renew()
        return answer

    def _judge(
        self, operation: Operation, request: Any, answer: httpx.Response, sent: set[UUID]
    ) -> None:
        said = f"{answer.headers} {answer.text}".lower()
        if answer.status_code == 422 and '"malformed_request"' in answer.text:
            self.complain(operation, f"cannot be filled: {request} {answer.text}")
        limited = answer.status_code == 429 and operation.name not in _SCARCE
        if answer.status_code >= 500 or limited:
            self.complain(operation, f"broke: {answer.status_code} {answer.text}")
        for word in self.attacker.words:
            if word in said:
                self.complain(operation, f"told «{word}»: {request} {answer.text[:500]}")
        for kind, secret in self.secret_ids().items():
            if secret not in sent and str(secret) in said:
                self.complain(operation, f"told the id of a {kind}: {answer.text[:500]}")

    def secret_ids(self) -> dict[str, UUID]:
        """What this attacker is not to learn of."""
        ids, own = self.cast.victim.ids, set(self.attacker.own.values())
        # Colleagues know that there are other profiles, by what each of them works with.
        inside = self.attacker.workspace == self.cast.victim.workspace_id
        spared = {"profile"} if inside else set()
        return {kind: it for kind, it in ids.items() if it not in own and kind not in spared}

    async def unchanged(self, operation: Operation) -> None:
        """Nothing of the victim's has changed, and no event about it waits to be sent."""
        now = await self.records.read(self.attacker.traces)
        if self._before is not None and now != self._before:
            changed = sorted(now ^ self._before)
            self.complain(operation, f"changed {len(changed)} rows: {str(changed)[:1500]}")
        self._before = now

    async def begin(self) -> None:
        self._before = await self.records.read(self.attacker.traces)

    def complain(self, operation: Operation, what: str) -> None:
        self.complaints.append(f"{self.attacker.name}: {operation} {what}")

    async def _version(self, operation: Operation, shape: Shape, values: dict[int, UUID]) -> int:
        version = await version_in(self.records.engine, shape, values, self.attacker.workspace)
        if version is None:
            self.complain(operation, "nobody knows where the version of this stands")
        return version or 1


async def version_in(
    engine: AsyncEngine, shape: Shape, values: dict[int, UUID], workspace_id: UUID | None
) -> int | None:
    """The present version of what the path names, so that nothing fails for being out of date."""
    if not any(_versions(shape.body)):
        return 0
    slots = [slot for slot in shape.slots() if slot.at in shape.path]
    table = _TABLES.get(slots[0].kind if slots else "workspace")
    if table is None:
        return None
    async with engine.connect() as connection:
        query = text(f"SELECT version FROM {table} WHERE id = :id")  # noqa: S608 -- Our names.
        at = values[id(slots[0])] if slots else workspace_id
        # What is not there has no version to be out of date with.
        return await connection.scalar(query, {"id": at}) or 1


def filled(node: Any, values: dict[int, UUID], version: int) -> Any:
    if isinstance(node, Slot):
        return str(values[id(node)])
    if isinstance(node, VersionOf):
        return version
    if isinstance(node, dict):
        return {key: filled(value, values, version) for key, value in node.items()}
    if isinstance(node, list):
        return [filled(value, values, version) for value in node]
    return node


def _versions(node: Any) -> Iterator[VersionOf]:
    if isinstance(node, VersionOf):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _versions(value)


def alike(first: httpx.Response, second: httpx.Response) -> bool:
    """Whether two answers say the same, but for ids and for when they were given."""
    return first.status_code == second.status_code and _essence(first) == _essence(second)


def _essence(answer: httpx.Response) -> str:
    plain = _REQUEST_ID.sub("", answer.text)
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<id>", plain)


async def try_each_id(walk: Walk, shape: Shape, kinds: frozenset[str] | None = None) -> None:
    """The victim's id in one place and one's own in the others; then an id that nobody has.

    Both must be refused in the same words, so that not even the existence of a thing is told.
    """
    operation, own = shape.operation, walk.attacker.own
    for aimed in shape.slots():
        if kinds is not None and aimed.kind not in kinds:
            continue
        theirs = walk.cast.victim.ids[aimed.kind]
        answers = []
        for target in (theirs, strange_id()):
            choose = _aim(aimed, target, own)
            answers.append(await walk.call(shape, choose))
        name = f"{operation.name}.{aimed.at}"
        await (walk.begin() if name in KEPT else walk.unchanged(operation))
        if name in KEPT or name in HARMLESS:
            continue
        place = f"{aimed.at} as {aimed.kind}"
        if not alike(*answers):
            told = [f"{it.status_code} {it.text[:300]}" for it in answers]
            walk.complain(operation, f"{place} tells what exists: {told}")
        first = answers[0]
        if aimed.at in shape.path and first.is_success and not (operation.reads and _empty(first)):
            walk.complain(operation, f"{place} was let in: {first.status_code}")
        if first.is_success and not operation.reads and not _did_nothing(first):
            walk.complain(operation, f"{place} was accepted: {first.text[:300]}")


def _aim(aimed: Slot, target: UUID, own: dict[str, UUID]) -> Choose:
    return lambda slot: target if slot is aimed else own[slot.kind]


def _empty(answer: httpx.Response) -> bool:
    return answer.is_success and answer.json() in ([], {"items": [], "next_cursor": None})


def _did_nothing(answer: httpx.Response) -> bool:
    """A change of many refuses each by itself, and what is not there need not be taken away."""
    if not answer.content:
        return False
    body = answer.json()
    if isinstance(body, list):
        return False
    return all(
        it.get("outcome", "unchanged") != "changed" and not it.get("before") and not it.get("after")
        for it in body.get("items", [body] if "after" in body else [{"outcome": "changed"}])
    )
