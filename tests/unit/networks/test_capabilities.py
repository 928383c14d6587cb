from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from shared.networks.capabilities import (
    Allowed,
    Capabilities,
    Capability,
    Check,
    Condition,
    Reason,
    Refused,
    Source,
    Support,
)
from shared.networks.types import Action, ItemKind, Target

_NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
_DAY = 86_400
_SOURCE = Source(document="none", seen=date(2026, 11, 23))
_COMMENT = Target(
    external_id="1",
    kind=ItemKind.COMMENT,
    thread_id="0",
    created_at=_NOW - timedelta(hours=1),
    handle={},
)


def _with(*conditions: Condition, support: Support = Support.CONDITIONAL) -> Capabilities:
    capability = Capability(
        action=Action.REPLY,
        supported=support,
        kinds=frozenset({ItemKind.COMMENT, ItemKind.DM}),
        conditions=conditions,
        source=_SOURCE,
    )
    return Capabilities.of("test", [ItemKind.COMMENT], [capability], scopes=["granted"])


def _when(check: Check, code: Reason, **more: object) -> Condition:
    return Condition.model_validate({"check": check, "code": code, "text": "why", **more})


_TOO_OLD = _when(Check.AGE, Reason.TOO_OLD, seconds=7 * _DAY)
_WINDOW = _when(Check.WINDOW, Reason.WINDOW_CLOSED, seconds=_DAY)


@pytest.mark.parametrize(
    ("condition", "target", "allowed"),
    [
        (_when(Check.OWN, Reason.NOT_SUPPORTED), _COMMENT, False),
        (_when(Check.OWN, Reason.NOT_SUPPORTED), replace(_COMMENT, outbound=True), True),
        (_when(Check.OTHERS, Reason.NOT_SUPPORTED), _COMMENT, True),
        (_when(Check.OTHERS, Reason.NOT_SUPPORTED), replace(_COMMENT, outbound=True), False),
        (_when(Check.OWN_THREAD, Reason.NOT_SUPPORTED), _COMMENT, True),
        (
            _when(Check.OWN_THREAD, Reason.NOT_SUPPORTED),
            replace(_COMMENT, kind=ItemKind.DM),
            False,
        ),
        (_when(Check.SCOPE, Reason.SCOPE_MISSING, scope="granted"), _COMMENT, True),
        (_when(Check.SCOPE, Reason.SCOPE_MISSING, scope="other"), _COMMENT, False),
        (_TOO_OLD, replace(_COMMENT, created_at=_NOW - timedelta(days=7)), True),
        (_TOO_OLD, replace(_COMMENT, created_at=_NOW - timedelta(days=7, seconds=1)), False),
        (_WINDOW, _COMMENT, True),
        (_WINDOW, replace(_COMMENT, created_at=_NOW - timedelta(days=2)), False),
        (
            _WINDOW,
            replace(
                _COMMENT,
                created_at=_NOW - timedelta(days=2),
                last_inbound_at=_NOW - timedelta(hours=2),
            ),
            True,
        ),
    ],
)
def test_each_condition_looks_at_its_fact(
    condition: Condition, target: Target, allowed: bool
) -> None:
    verdict = _with(condition).can(Action.REPLY, target, _NOW)
    expected = Allowed() if allowed else Refused(code=condition.code, text="why")
    assert verdict == expected


@pytest.mark.parametrize(
    ("capabilities", "action", "target", "code"),
    [
        (_with(), Action.HIDE, _COMMENT, Reason.NOT_SUPPORTED),
        (_with(support=Support.NO), Action.REPLY, _COMMENT, Reason.NOT_SUPPORTED),
        (_with(), Action.REPLY, replace(_COMMENT, kind=ItemKind.REVIEW), Reason.NOT_SUPPORTED),
        (
            _with(),
            Action.REPLY,
            replace(_COMMENT, done=frozenset({Action.REPLY})),
            Reason.ALREADY_DONE,
        ),
    ],
)
def test_a_refusal_has_its_reason(
    capabilities: Capabilities, action: Action, target: Target, code: Reason
) -> None:
    verdict = capabilities.can(action, target, _NOW)
    assert isinstance(verdict, Refused)
    assert verdict.code is code


def test_a_closer_statement_replaces_a_general_one() -> None:
    closer = Capability(action=Action.REPLY, supported=Support.NO, note="no", source=_SOURCE)
    refined = _with().refined(closer, scopes=["more"])
    assert refined.can(Action.REPLY, _COMMENT, _NOW) == Refused(
        code=Reason.NOT_SUPPORTED, text="no"
    )
    assert refined.scopes == {"more"}
    assert _with().can(Action.REPLY, _COMMENT, _NOW) == Allowed()


def test_the_document_survives_being_sent_as_json() -> None:
    document = _with(_WINDOW, _TOO_OLD)
    assert Capabilities.model_validate_json(document.model_dump_json()) == document
