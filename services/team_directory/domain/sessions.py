"""How long a session lives, when its token is changed, and how a stolen token shows itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

IDLE = timedelta(days=14)
LONGEST = timedelta(days=90)
TOKEN_AGE = timedelta(minutes=15)
GRACE = timedelta(seconds=60)
REMEMBERED = timedelta(days=7)  # How long a replaced token still gives a thief away.
SEEN_STEP = timedelta(minutes=1)


class Verdict(Enum):
    """What to make of a token that somebody shows."""

    GOOD = auto()
    ROTATE = auto()  # Good, and old enough to hand out its successor.
    OVER = auto()  # The session has run out.
    STOLEN = auto()  # Its successor has been in use for a while: two parties hold this session.


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """`newest_at` is when the newest token of the session was issued.

    A token counts as replaced from the first use of its successor and not from its issue, so an
    answer that never reached the browser does not sign anybody out.
    """

    session_created_at: datetime
    session_seen_at: datetime
    issued_at: datetime
    replaced_at: datetime | None
    newest_at: datetime


def ends_at(created_at: datetime, seen_at: datetime) -> datetime:
    """When the session ends if it is not used again."""
    return min(created_at + LONGEST, seen_at + IDLE)


def judge(token: TokenFacts, now: datetime) -> Verdict:
    if now >= ends_at(token.session_created_at, token.session_seen_at):
        return Verdict.OVER
    if token.replaced_at is not None:
        return Verdict.GOOD if now <= token.replaced_at + GRACE else Verdict.STOLEN
    if now - token.issued_at >= TOKEN_AGE and now - token.newest_at >= GRACE:
        return Verdict.ROTATE
    return Verdict.GOOD
