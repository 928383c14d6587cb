"""The messages that the mailbox has taken, the newest first; in memory only."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count


@dataclass(frozen=True, slots=True)
class Kept:
    """One message as its readers would see it."""

    id: int
    at: datetime
    sender: str
    recipients: Sequence[str]
    subject: str
    text: str
    html: str
    headers: Sequence[tuple[str, str]]


class Mailbox:
    """Holds `size` messages at most; the oldest makes room."""

    def __init__(self, size: int) -> None:
        self._kept: deque[Kept] = deque(maxlen=size)
        self._ids = count(1)

    def take(self, sender: str, recipients: Sequence[str], content: bytes) -> None:
        message = message_from_bytes(content, _class=EmailMessage, policy=policy.default)
        kept = Kept(
            id=next(self._ids),
            at=datetime.now(UTC),
            sender=sender,
            recipients=tuple(recipients),
            subject=str(message["Subject"] or ""),
            text=_body(message, "plain"),
            html=_body(message, "html"),
            headers=tuple((name, str(value)) for name, value in message.items()),
        )
        self._kept.appendleft(kept)

    def __iter__(self) -> Iterator[Kept]:
        return iter(self._kept)

    def find(self, id_: int) -> Kept | None:
        return next((kept for kept in self._kept if kept.id == id_), None)

    def clear(self) -> None:
        self._kept.clear()


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""
