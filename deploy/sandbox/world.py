"""The state of the network and the few primitives through which it changes.

Every change appends one event to the log, so that feeds, webhooks and the read-back of a test all
tell the same story. Rules about who may do what live in `people.py` and `brands.py`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from deploy.sandbox.clock import VirtualClock
from deploy.sandbox.kinds import CAPABILITIES, Capabilities
from deploy.sandbox.model import (
    Account,
    AccountKind,
    Ad,
    Draft,
    Event,
    EventType,
    Item,
    ItemKind,
    Person,
    State,
    Thread,
)
from deploy.sandbox.refusals import gone, not_found

_PREFIXES = {ItemKind.POST: "pst", ItemKind.DM: "msg"}
_TOMBSTONE = {
    "id",
    "account_id",
    "kind",
    "thread_id",
    "post_id",
    "parent_id",
    "revision",
    "deleted_at",
}
_NOT_TOLD = {"seq", "author_id", "liked_by", "shared_by", "deleted_at"}
Listener = Callable[[Event], None]


class World:
    """`keep` makes the present state durable, for what must not be forgotten by a sudden end."""

    def __init__(self, clock: VirtualClock, seed: int = 1) -> None:
        self.clock = clock
        self.state = State(seed=seed)
        self.lose_event: Callable[[Event], bool] = lambda _event: False
        self.keep: Callable[[], None] = lambda: None
        self._listeners: list[Listener] = []

    @property
    def state(self) -> State:
        return self._state

    @state.setter
    def state(self, state: State) -> None:
        self._state = state
        self._by_thread: dict[str | None, list[Item]] = defaultdict(list)
        self._posts: dict[str, list[Item]] = defaultdict(list)
        self._dms = {(t.account_id, t.person_id): t for t in state.threads.values() if t.person_id}
        for item in state.items.values():
            self._index(item)

    def _index(self, item: Item) -> None:
        self._by_thread[item.thread_id].append(item)
        if item.kind is ItemKind.POST:
            self._posts[item.account_id].append(item)

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def reset(self, seed: int) -> None:
        self.state = State(seed=seed)

    def new_id(self, prefix: str) -> str:
        """Ids in the manner of a network: numeric, 17 digits, rising; a function of the seed."""
        self.state.counter += 1
        return f"{prefix}_{10**16 + (self.state.seed % 9000) * 10**12 + self.state.counter * 97}"

    # Lookups: they raise what the API answers.

    def account(self, account_id: str) -> Account:
        if account_id not in self.state.accounts:
            raise not_found("account")
        return self.state.accounts[account_id]

    def account_by_handle(self, handle: str) -> Account:
        for account in self.state.accounts.values():
            if account.handle == handle.removeprefix("@"):
                return account
        raise not_found("account")

    def capabilities(self, account_id: str) -> Capabilities:
        return CAPABILITIES[self.account(account_id).kind]

    def person(self, person_id: str) -> Person:
        if person_id not in self.state.people:
            raise not_found("person")
        return self.state.people[person_id]

    def item(self, item_id: str) -> Item:
        """An item that still stands; a deleted one is gone, not unknown."""
        if item_id not in self.state.items:
            raise not_found("item")
        item = self.state.items[item_id]
        if item.deleted_at is not None:
            raise gone("item", item=self.item_body(item))
        return item

    def thread(self, thread_id: str) -> Thread:
        if thread_id not in self.state.threads:
            raise not_found("thread")
        return self.state.threads[thread_id]

    def thread_items(self, thread_id: str) -> Iterator[Item]:
        return iter(self._by_thread.get(thread_id, ()))

    def posts(self, account_id: str) -> Iterator[Item]:
        """What an account published and still stands, oldest first."""
        return (post for post in self._posts.get(account_id, ()) if post.deleted_at is None)

    # Primitives: each leaves exactly one event.

    def add_person(
        self, name: str, handle: str, language: str = "en", followers: int = 0
    ) -> Person:
        person = Person(
            id=self.new_id("per"),
            name=name,
            handle=handle,
            language=language,
            followers=followers,
        )
        self.state.people[person.id] = person
        return person

    def add_account(self, kind: AccountKind, name: str, handle: str, about: str = "") -> Account:
        account = Account(
            id=self.new_id("acc"),
            kind=kind,
            name=name,
            handle=handle,
            about=about,
            access_code=f"code-{handle}",
        )
        self.state.accounts[account.id] = account
        return account

    def add_ad(self, account_id: str, title: str, post_id: str) -> Ad:
        ad = Ad(id=self.new_id("ad"), account_id=account_id, title=title, post_id=post_id)
        self.state.ads[ad.id] = ad
        return ad

    def dm_thread(self, account_id: str, person_id: str) -> Thread:
        """The one thread of messages between an account and a person, opened when needed."""
        known = self._dms.get((account_id, person_id))
        if known is not None:
            return known
        thread = Thread(
            id=self.new_id("thr"), account_id=account_id, kind=ItemKind.DM, person_id=person_id
        )
        self.state.threads[thread.id] = self._dms[account_id, person_id] = thread
        return thread

    def write(self, draft: Draft) -> Item:
        item_id = self.new_id(_PREFIXES.get(draft.kind, "cmt"))
        if draft.thread_id is None:
            draft.thread_id = item_id
            self.state.threads[item_id] = Thread(
                id=item_id, account_id=draft.account_id, kind=draft.kind
            )
        item = Item(
            id=item_id,
            seq=self.state.counter,
            created_at=self.clock.now(),
            **dict(draft),
        )
        self.state.items[item.id] = item
        self._index(item)
        self.emit(EventType.CREATED, item, item.author_id)
        return item

    def emit(self, event_type: EventType, item: Item, actor_id: str) -> None:
        self.state.counter += 1
        item.revision = self.state.counter
        self.record(event_type, item.account_id, actor_id, {"item": self.item_body(item)})

    def record(
        self, event_type: EventType, account_id: str, actor_id: str, data: dict[str, Any]
    ) -> None:
        event = Event(
            id=self.new_id("evt"),
            seq=self.state.counter,
            account_id=account_id,
            type=event_type,
            occurred_at=self.clock.now(),
            actor_id=actor_id,
            echo=actor_id == account_id,
            data=data,
        )
        if self.lose_event(event):
            return
        self.state.events.append(event)
        for listener in self._listeners:
            listener(event)

    def author_body(self, author_id: str) -> dict[str, Any]:
        person = self.state.people.get(author_id)
        if person is not None:
            return {"type": "person", **person.model_dump(mode="json"), **_avatar(author_id)}
        account = self.account(author_id)
        return {
            "type": "account",
            **account.model_dump(mode="json", include={"id", "name", "handle", "followers"}),
            **_avatar(author_id),
        }

    def item_body(self, item: Item) -> dict[str, Any]:
        """An item as everybody outside sees it; a deleted one keeps only its place."""
        if item.deleted_at is not None:
            return item.model_dump(mode="json", include=_TOMBSTONE)
        thread = self.state.threads.get(item.thread_id or "")
        body = item.model_dump(mode="json", exclude=_NOT_TOLD)
        return {
            **body,
            "thread_kind": thread.kind if thread else None,
            "author": self.author_body(item.author_id),
            "like_count": len(item.liked_by),
            "liked_by_account": item.account_id in item.liked_by,
            "permalink": f"/p/{item.id}",
        }


def _avatar(owner_id: str) -> dict[str, str]:
    return {"avatar_path": f"/avatars/{owner_id}.svg"}
