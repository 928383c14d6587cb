"""What a brand's account does through the API, with the network's rules about it.

The rules are the reason why this network is worth testing against: windows that close, one private
reply, one editable answer to a review, keys that are honoured here and ignored there.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from deploy.sandbox.model import Draft, EventType, Item, ItemKind, Media
from deploy.sandbox.refusals import RefusalError, invalid, not_found, not_supported, window_closed
from deploy.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Writing:
    """Something an account wants to say, with the key under which it says so once."""

    text: str
    media: list[Media] = field(default_factory=list)
    key: str | None = None


class Brands:
    def __init__(self, world: World) -> None:
        self._world = world

    def publish(self, account_id: str, writing: Writing) -> Item:
        if not self._world.capabilities(account_id).publish:
            raise not_supported("publish posts")
        return self._write(_draft(account_id, ItemKind.POST), writing)

    def reply(self, account_id: str, item_id: str, writing: Writing) -> Item:
        """Answer in public; an answer to a review replaces the earlier one."""
        target = self._own_item(account_id, item_id)
        if target.kind is ItemKind.DM:
            return self.message(account_id, target.thread_id or "", writing)
        known = self._known(account_id, writing)
        if known:
            return known
        earlier = self._earlier_answer(account_id, target)
        if earlier is not None:
            self._remember(account_id, earlier, writing)
            return self.edit(account_id, earlier.id, writing.text)
        draft = _draft(account_id, ItemKind.REPLY)
        draft.parent_id, draft.ad_id = target.id, target.ad_id
        draft.post_id = target.id if target.kind is ItemKind.POST else target.post_id
        draft.thread_id = target.thread_id
        return self._write(draft, writing)

    def message(self, account_id: str, thread_id: str, writing: Writing) -> Item:
        """Send a direct message; some kinds allow it only for a while after the person wrote."""
        thread = self._world.thread(thread_id)
        if thread.account_id != account_id or thread.kind is not ItemKind.DM:
            raise not_found("thread")
        known = self._known(account_id, writing)
        if known:
            return known
        window = self._world.capabilities(account_id).dm_window_seconds
        written = [
            item.created_at
            for item in self._world.thread_items(thread_id)
            if item.author_id == thread.person_id
        ]
        if window is not None:
            closes = max(written, default=None)
            if closes is None or self._world.clock.now() > closes + timedelta(seconds=window):
                raise window_closed("The person's last message is too long ago.")
        draft = _draft(account_id, ItemKind.DM)
        draft.thread_id = thread_id
        return self._write(draft, writing)

    def private_reply(self, account_id: str, item_id: str, writing: Writing) -> Item:
        """Answer a public comment by message: within the window, and only once."""
        target = self._own_item(account_id, item_id)
        rules = self._world.capabilities(account_id)
        public = target.kind in (ItemKind.COMMENT, ItemKind.REPLY, ItemKind.AD_COMMENT)
        if not (rules.private_reply and public) or target.author_id == account_id:
            raise not_supported("reply privately")
        known = self._known(account_id, writing)
        if known:
            return known
        window = timedelta(seconds=rules.private_reply_window_seconds or 0)
        if self._world.clock.now() > target.created_at + window:
            raise window_closed("The comment is too old for a private reply.")
        thread = self._world.dm_thread(account_id, target.author_id)
        if any(item.private_reply_to == item_id for item in self._world.thread_items(thread.id)):
            raise RefusalError(409, "already_replied", "This comment has its private reply.")
        draft = _draft(account_id, ItemKind.DM)
        draft.thread_id, draft.private_reply_to = thread.id, item_id
        return self._write(draft, writing)

    def edit(self, account_id: str, item_id: str, text: str) -> Item:
        item = self._own_item(account_id, item_id)
        if item.author_id != account_id or not self._world.capabilities(account_id).edit_own:
            raise not_supported("edit this item")
        self._check_text(account_id, text)
        item.text, item.edited_at = text, self._world.clock.now()
        self._world.emit(EventType.EDITED, item, account_id)
        return item

    def delete(self, account_id: str, item_id: str) -> Item:
        item = self._own_item(account_id, item_id)
        rules = self._world.capabilities(account_id)
        own = item.author_id == account_id
        if not (rules.delete_own if own else rules.delete_others and item.kind is not ItemKind.DM):
            raise not_supported("delete this item")
        item.deleted_at = self._world.clock.now()
        self._world.emit(EventType.DELETED, item, account_id)
        return item

    def hide(self, account_id: str, item_id: str, *, hidden: bool) -> Item:
        item = self._own_item(account_id, item_id)
        if not self._world.capabilities(account_id).hide or item.kind in (
            ItemKind.DM,
            ItemKind.POST,
            ItemKind.REVIEW,
            ItemKind.MENTION,
        ):
            raise not_supported("hide this item")
        if (item.hidden_at is not None) != hidden:
            item.hidden_at = self._world.clock.now() if hidden else None
            self._world.emit(EventType.HIDDEN if hidden else EventType.UNHIDDEN, item, account_id)
        return item

    def like(self, account_id: str, item_id: str, *, liked: bool) -> Item:
        item = self._own_item(account_id, item_id)
        if not self._world.capabilities(account_id).like:
            raise not_supported("like")
        if (account_id in item.liked_by) != liked:
            if liked:
                item.liked_by.append(account_id)
            else:
                item.liked_by.remove(account_id)
            self._world.emit(EventType.LIKED if liked else EventType.UNLIKED, item, account_id)
        return item

    def block(self, account_id: str, person_id: str, *, blocked: bool) -> None:
        account = self._world.account(account_id)
        if not self._world.capabilities(account_id).block:
            raise not_supported("block people")
        person = self._world.person(person_id)
        if (person_id in account.blocked) == blocked:
            return
        if blocked:
            account.blocked.append(person_id)
        else:
            account.blocked.remove(person_id)
        self._world.record(
            EventType.BLOCKED if blocked else EventType.UNBLOCKED,
            account_id,
            account_id,
            {"person": person.model_dump(mode="json")},
        )

    def _own_item(self, account_id: str, item_id: str) -> Item:
        item = self._world.item(item_id)
        if item.account_id != account_id:
            raise not_found("item")
        return item

    def _known(self, account_id: str, writing: Writing) -> Item | None:
        """What was already written under this key, where the account kind honours keys."""
        if writing.key is None or not self._world.capabilities(account_id).idempotency_key:
            return None
        item_id = self._world.state.idempotency.get(f"{account_id}:{writing.key}")
        return None if item_id is None else self._world.state.items[item_id]

    def _earlier_answer(self, account_id: str, target: Item) -> Item | None:
        if not self._world.capabilities(account_id).single_editable_reply:
            return None
        return next(
            (
                item
                for item in self._world.thread_items(target.thread_id or "")
                if item.parent_id == target.id
                and item.author_id == account_id
                and item.deleted_at is None
            ),
            None,
        )

    def _check_text(self, account_id: str, text: str) -> None:
        limit = self._world.capabilities(account_id).max_text
        if len(text) > limit:
            raise RefusalError(
                422, "text_too_long", f"At most {limit} characters.", field="text", limit=limit
            )

    def _write(self, draft: Draft, writing: Writing) -> Item:
        account_id = draft.account_id
        rules = self._world.capabilities(account_id)
        known = self._known(account_id, writing)
        if known is not None:
            return known
        self._check_text(account_id, writing.text)
        if len(writing.media) > rules.max_media:
            raise invalid("Too many files.", "media")
        if not writing.text.strip() and not writing.media:
            raise invalid("Say something or show something.", "text")
        draft.text, draft.media = writing.text, writing.media
        draft.client_key = writing.key if rules.idempotency_key else None
        item = self._world.write(draft)
        self._remember(account_id, item, writing)
        return item

    def _remember(self, account_id: str, item: Item, writing: Writing) -> None:
        if writing.key is not None and self._world.capabilities(account_id).idempotency_key:
            item.client_key = writing.key
            self._world.state.idempotency[f"{account_id}:{writing.key}"] = item.id


def _draft(account_id: str, kind: ItemKind) -> Draft:
    return Draft(account_id=account_id, kind=kind, author_id=account_id, text="")
