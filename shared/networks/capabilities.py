"""What an account can do on its network, as data with reasons; the UI and the rules live by it.

A connector states its network's defaults; `Capabilities.refined` lays what an instance or an
account says of itself over them, and `can` judges one item at one moment.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict

from shared.networks.measures import Measuring
from shared.networks.publishing import Publishing
from shared.networks.text import TextLimit, count_text
from shared.networks.types import Action, ItemKind, Target


class Reason(StrEnum):
    """Why something cannot be done; stable, the words beside it are for people."""

    NOT_SUPPORTED = "not_supported"
    WINDOW_CLOSED = "window_closed"
    SCOPE_MISSING = "scope_missing"
    TIER = "tier"
    ALREADY_DONE = "already_done"
    TOO_OLD = "too_old"
    TOO_LONG = "too_long"
    ACCOUNT_UNVERIFIED = "account_unverified"
    COST_CAP = "cost_cap"


class Support(StrEnum):
    YES = "yes"
    NO = "no"
    CONDITIONAL = "conditional"


class Check(StrEnum):
    """What a condition looks at."""

    OWN = "own"  # The item was written by our account.
    OTHERS = "others"  # It was not.
    OWN_THREAD = "own_thread"  # The conversation started with a publication of ours.
    AGE = "age"  # The item is at most `seconds` old.
    WINDOW = "window"  # The customer wrote within the last `seconds`.
    SCOPE = "scope"  # The connection was granted `scope`.


class Condition(BaseModel):
    model_config = ConfigDict(frozen=True)

    check: Check
    code: Reason
    text: str
    seconds: int | None = None
    scope: str | None = None
    kinds: frozenset[ItemKind] = frozenset()  # Where it applies; empty means everywhere.


class Source(BaseModel):
    """Where a statement about a network comes from: networks change, so each has a date."""

    model_config = ConfigDict(frozen=True)

    document: str
    seen: date


class Capability(BaseModel):
    """One action on some kinds of items. `kinds` empty means all of them."""

    model_config = ConfigDict(frozen=True)

    action: Action
    supported: Support
    source: Source
    kinds: frozenset[ItemKind] = frozenset()
    conditions: tuple[Condition, ...] = ()
    text: tuple[TextLimit, ...] = ()
    note: str = ""


class Allowed(BaseModel):
    model_config = ConfigDict(frozen=True)


class Refused(BaseModel):
    model_config = ConfigDict(frozen=True)

    code: Reason
    text: str


Verdict = Allowed | Refused


class Capabilities(BaseModel):
    """The capability document of one account.

    `publishing` None means that it takes no posts, `measuring` None that it gives no measures.
    """

    model_config = ConfigDict(frozen=True)

    network: str
    reads: frozenset[ItemKind]
    actions: Mapping[Action, Capability]
    scopes: frozenset[str] = frozenset()
    publishing: Publishing | None = None
    measuring: Measuring | None = None

    @classmethod
    def of(
        cls,
        network: str,
        reads: Collection[ItemKind],
        actions: Collection[Capability],
        scopes: Collection[str] = (),
    ) -> Self:
        return cls(
            network=network,
            reads=frozenset(reads),
            actions={capability.action: capability for capability in actions},
            scopes=frozenset(scopes),
        )

    def refined(
        self,
        *changed: Capability,
        scopes: Collection[str] | None = None,
        publishing: Publishing | None = None,
        measuring: Measuring | None = None,
    ) -> "Capabilities":
        """The same document with some statements replaced by closer ones."""
        update: dict[str, object] = {
            "actions": {**self.actions, **{one.action: one for one in changed}}
        }
        if scopes is not None:
            update["scopes"] = frozenset(scopes)
        if publishing is not None:
            update["publishing"] = publishing
        if measuring is not None:
            update["measuring"] = measuring
        return self.model_copy(update=update)

    def can(self, action: Action, target: Target, now: datetime) -> Verdict:
        """Whether the action is possible on this item now, with the reason where it is not."""
        capability = self.actions.get(action)
        if capability is None or capability.supported is Support.NO:
            note = capability.note if capability else ""
            return Refused(
                code=Reason.NOT_SUPPORTED, text=note or "This network does not offer this."
            )
        if capability.kinds and target.kind not in capability.kinds:
            return Refused(code=Reason.NOT_SUPPORTED, text="This network does not offer this here.")
        if action in target.done:
            return Refused(code=Reason.ALREADY_DONE, text="This is already done.")
        for condition in capability.conditions:
            applies = not condition.kinds or target.kind in condition.kinds
            if applies and not _holds(condition, target, self.scopes, now):
                return Refused(code=condition.code, text=condition.text)
        return Allowed()

    def closes_at(self, action: Action, target: Target) -> datetime | None:
        """When an action that is possible now stops being so by the mere passing of time."""
        capability = self.actions.get(action)
        ends = [
            _since(condition, target) + timedelta(seconds=condition.seconds or 0)
            for condition in (capability.conditions if capability else ())
            if condition.check in (Check.AGE, Check.WINDOW)
            and (not condition.kinds or target.kind in condition.kinds)
        ]
        return min(ends, default=None)

    def check_text(self, action: Action, text: str) -> Verdict:
        """Whether a text fits the limits of an action."""
        capability = self.actions.get(action)
        for limit in capability.text if capability else ():
            length = count_text(limit.rule, text)
            if length > limit.maximum:
                return Refused(
                    code=Reason.TOO_LONG,
                    text=f"{length} {limit.rule.unit} are too many; {limit.maximum} are allowed.",
                )
        return Allowed()


def _since(condition: Condition, target: Target) -> datetime:
    """From when a condition on time counts."""
    if condition.check is Check.WINDOW:
        return target.last_inbound_at or target.created_at
    return target.created_at


def _holds(condition: Condition, target: Target, scopes: frozenset[str], now: datetime) -> bool:
    limit = timedelta(seconds=condition.seconds or 0)
    match condition.check:
        case Check.OWN:
            return target.outbound
        case Check.OTHERS:
            return not target.outbound
        case Check.OWN_THREAD:
            return target.kind is ItemKind.COMMENT
        case Check.AGE | Check.WINDOW:
            return now - _since(condition, target) <= limit
        case Check.SCOPE:
            return condition.scope in scopes
