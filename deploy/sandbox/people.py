"""What people of the network do: they post, comment, answer, write messages, review and regret."""

from deploy.sandbox.model import Draft, EventType, Item, ItemKind
from deploy.sandbox.refusals import RefusalError, not_supported
from deploy.sandbox.world import World


class People:
    """Acts of persons; an account's kind and its block list are respected, nothing else stops."""

    def __init__(self, world: World) -> None:
        self._world = world

    def comment(self, person_id: str, post_id: str, text: str) -> Item:
        """Write under a post; under an ad's post the comment carries the ad."""
        post = self._world.item(post_id)
        ad_id = next(
            (ad.id for ad in self._world.state.ads.values() if ad.post_id == post_id), None
        )
        kind = ItemKind.AD_COMMENT if ad_id else ItemKind.COMMENT
        if kind not in self._world.capabilities(post.account_id).item_kinds:
            kind = ItemKind.REPLY
        draft = Draft(account_id=post.account_id, kind=kind, author_id=person_id, text=text)
        draft.post_id, draft.parent_id, draft.ad_id = post_id, post_id, ad_id
        draft.thread_id = post.thread_id
        return self._start(draft)

    def reply(self, person_id: str, item_id: str, text: str) -> Item:
        target = self._world.item(item_id)
        if target.kind is ItemKind.POST:
            return self.comment(person_id, item_id, text)
        if target.kind is ItemKind.DM:
            return self.dm(person_id, target.account_id, text)
        draft = Draft(
            account_id=target.account_id,
            kind=ItemKind.REPLY,
            author_id=person_id,
            text=text,
            thread_id=target.thread_id,
            post_id=target.post_id,
            parent_id=item_id,
            ad_id=target.ad_id,
        )
        return self._write(draft)

    def mention(self, person_id: str, account_id: str, text: str) -> Item:
        return self._start(
            Draft(account_id=account_id, kind=ItemKind.MENTION, author_id=person_id, text=text)
        )

    def quote(self, person_id: str, post_id: str, text: str) -> Item:
        account_id = self._world.item(post_id).account_id
        draft = Draft(account_id=account_id, kind=ItemKind.QUOTE, author_id=person_id, text=text)
        draft.post_id = post_id
        return self._start(draft)

    def review(self, person_id: str, account_id: str, text: str, rating: int) -> Item:
        draft = Draft(account_id=account_id, kind=ItemKind.REVIEW, author_id=person_id, text=text)
        draft.rating = rating
        return self._start(draft)

    def dm(self, person_id: str, account_id: str, text: str) -> Item:
        if not self._world.capabilities(account_id).dm:
            raise not_supported("receive messages")
        draft = Draft(account_id=account_id, kind=ItemKind.DM, author_id=person_id, text=text)
        self._refuse_blocked(draft)
        draft.thread_id = self._world.dm_thread(account_id, person_id).id
        return self._write(draft)

    def edit(self, item_id: str, text: str, rating: int | None = None) -> Item:
        item = self._world.item(item_id)
        item.text, item.edited_at = text, self._world.clock.now()
        if rating is not None:
            item.rating = rating
        self._world.emit(EventType.EDITED, item, item.author_id)
        return item

    def delete(self, item_id: str) -> Item:
        item = self._world.item(item_id)
        item.deleted_at = self._world.clock.now()
        self._world.emit(EventType.DELETED, item, item.author_id)
        return item

    def like(self, person_id: str, item_id: str) -> Item:
        item = self._world.item(item_id)
        if person_id not in item.liked_by:
            item.liked_by.append(person_id)
            self._world.emit(EventType.LIKED, item, person_id)
        return item

    def share(self, person_id: str, item_id: str) -> Item:
        item = self._world.item(item_id)
        if person_id not in item.shared_by:
            item.shared_by.append(person_id)
            self._world.emit(EventType.SHARED, item, person_id)
        return item

    def _start(self, draft: Draft) -> Item:
        """Write what an account's kind must be able to receive."""
        if draft.kind not in self._world.capabilities(draft.account_id).item_kinds:
            raise not_supported(f"receive a {draft.kind}")
        return self._write(draft)

    def _write(self, draft: Draft) -> Item:
        self._refuse_blocked(draft)
        return self._world.write(draft)

    def _refuse_blocked(self, draft: Draft) -> None:
        self._world.person(draft.author_id)
        if draft.author_id in self._world.account(draft.account_id).blocked:
            raise RefusalError(403, "blocked", "The account has blocked this person.")
