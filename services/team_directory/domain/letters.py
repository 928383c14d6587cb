"""From what there is to say to a message: text and HTML, in the reader's language and time zone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, parseaddr
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from services.team_directory.domain import mail_texts as texts
from services.team_directory.domain.mail import MailKind
from services.team_directory.domain.role_texts import Words

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parents[1] / "templates"),
    autoescape=select_autoescape(["html.j2"]),
    undefined=StrictUndefined,
    keep_trailing_newline=True,
)
_BABEL = {"en": "en", "zh": "zh_Hans_CN"}
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads it: the language decides the words, the zone the clock."""

    address: str
    locale: str
    zone: str

    @property
    def language(self) -> str:
        return "zh" if self.locale.lower().startswith("zh") else "en"

    def word(self, words: Words, **values: object) -> str:
        form: str = getattr(words, self.language)
        return form.format_map(values)

    def moment(self, at: datetime) -> str:
        """As the reader's own clocks show it, with the zone."""
        local, locale = at.astimezone(ZoneInfo(self.zone)), _BABEL[self.language]
        day = format_date(local, "long", locale=locale)
        return f"{day} {format_time(local, 'short', locale=locale)} ({self.zone})"


@dataclass(frozen=True, slots=True)
class Item:
    """One notification: what happened, and where to go."""

    title: Words
    path: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What there is to say."""

    id: UUID
    kind: MailKind
    at: datetime
    workspace: str
    public_url: str
    items: Sequence[Item] = ()
    inviter: str = ""
    link: str = ""
    valid_until: datetime | None = None
    unsubscribe_url: str = ""
    names: Mapping[str, object] = field(init=False)

    def __post_init__(self) -> None:
        names = {"workspace": self.workspace, "inviter": self.inviter, "count": len(self.items)}
        object.__setattr__(self, "names", names)


def wire(message: EmailMessage) -> bytes:
    """The bytes that a mail server gets; no header is folded, since that would break addresses."""
    return message.as_bytes(policy=message.policy.clone(max_line_length=998))


def write(letter: Letter, reader: Reader, sender: str) -> EmailMessage:
    """The message; the same letter always has the same Message-ID."""
    subject = _subject(letter, reader)
    parts = {"subject": subject, "language": reader.language, **_parts(letter, reader)}
    name, address = parseaddr(sender)
    domain = address.rpartition("@")[2]
    message = EmailMessage(policy=SMTP if reader.address.isascii() else SMTPUTF8)
    message["From"] = _mailbox(address, name)
    message["To"] = _mailbox(reader.address)
    message["Subject"] = subject
    message["Date"] = format_datetime(letter.at)
    message["Message-ID"] = f"<{letter.id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(_TEMPLATES.get_template("mail.txt.j2").render(parts))
    message.add_alternative(_TEMPLATES.get_template("mail.html.j2").render(parts), subtype="html")
    return message


def _mailbox(address: str, name: str = "") -> Address:
    user, _, domain = address.rpartition("@")
    return Address(name, user, domain)


def _subject(letter: Letter, reader: Reader) -> str:
    if letter.kind is MailKind.NOTIFICATIONS and len(letter.items) == 1:
        subject = str(getattr(letter.items[0].title, reader.language))
    else:
        subject = reader.word(texts.SUBJECTS[letter.kind], **letter.names)
    return " ".join(subject.split())  # A name must not break the header.


def _parts(letter: Letter, reader: Reader) -> dict[str, object]:
    kind, names = letter.kind, letter.names
    more = len(letter.items) - SHOWN
    action, until = texts.ACTIONS.get(kind), letter.valid_until
    return {
        "introduction": reader.word(texts.INTRODUCTIONS[kind], **names),
        "items": [_item(letter, reader, item) for item in letter.items[:SHOWN]],
        "more": reader.word(texts.MORE, count=more) if more > 0 else "",
        "action_url": letter.link,
        "action_label": reader.word(action) if action else "",
        "valid_until": reader.word(texts.VALID_UNTIL, moment=reader.moment(until)) if until else "",
        "why": reader.word(texts.WHY[kind], **names),
        "settings_url": f"{letter.public_url}/settings/notifications",
        "settings_label": reader.word(texts.SETTINGS),
        "unsubscribe_url": letter.unsubscribe_url,
        "unsubscribe_label": reader.word(texts.UNSUBSCRIBE, **names),
    }


def _item(letter: Letter, reader: Reader, item: Item) -> dict[str, object]:
    lines = []
    if "due_at" in item.facts:
        due_at = datetime.fromisoformat(item.facts["due_at"])
        lines.append(reader.word(texts.DUE, moment=reader.moment(due_at)))
    if "reason" in item.facts:
        lines.append(reader.word(texts.REASON, reason=item.facts["reason"]))
    title = getattr(item.title, reader.language)
    return {"title": title, "url": letter.public_url + item.path, "lines": lines}
