"""What a mail looks like on its way, and what a failure to hand it over leads to."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.team_directory.adapters.smtp import SmtpAddress, greeting_name
from services.team_directory.domain.letters import Item, Letter, Reader, wire, write
from services.team_directory.domain.mail import (
    GIVE_UP_AFTER,
    MailError,
    MailFault,
    MailKind,
    MailState,
    fault_of,
    step_after,
)
from services.team_directory.domain.notification_texts import KINDS, title
from services.team_directory.domain.notifications import NotificationKind, SubjectType
from services.team_directory.domain.role_texts import Words
from services.team_directory.domain.signer import Signer

NOW = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)
SENDER = "Parley <parley@desk.acme.test>"
ADA = Reader("ada@acme.test", "en", "Europe/Berlin")


def letter(*titles: str, workspace: str = "Acme") -> Letter:
    due_at = "2026-03-29T01:30:00+00:00"  # Half an hour after the clocks of Berlin went forward.
    return Letter(
        id=UUID(int=1),
        kind=MailKind.NOTIFICATIONS,
        at=NOW,
        workspace=workspace,
        public_url="https://desk.acme.test",
        items=[Item(Words(it, it), "/tickets/1", {"due_at": due_at}) for it in titles],
        unsubscribe_url="https://desk.acme.test/api/v1/unsubscribe/" + "x" * 64,
    )


def arrived(message: EmailMessage) -> EmailMessage:
    return message_from_bytes(wire(message), _class=EmailMessage, policy=policy.default)


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_a_moment_is_told_by_the_clock_of_the_reader_with_its_zone() -> None:
    text = body(arrived(write(letter("Late"), ADA, SENDER)), "plain")
    assert "Due: March 29, 2026 3:30\N{NARROW NO-BREAK SPACE}AM (Europe/Berlin)" in text
    shanghai = Reader("a@b.test", "zh-Hans", "Asia/Shanghai")
    text = body(arrived(write(letter("晚了"), shanghai, SENDER)), "plain")
    assert "截止时间：2026年3月29日 09:30 (Asia/Shanghai)" in text


def test_the_header_that_unsubscribes_is_left_whole() -> None:
    raw = wire(write(letter("Late"), ADA, SENDER)).decode()
    line = next(line for line in raw.split("\r\n") if line.startswith("List-Unsubscribe: "))
    assert line.endswith("x" * 64 + ">")


def test_what_people_write_can_neither_break_the_header_nor_the_page() -> None:
    nasty = "Bcc: x@y.test\r\nBcc: eve@evil.test <script>alert(1)</script>"
    message = arrived(write(letter(nasty, workspace='A"<b>\r\nX: y'), ADA, SENDER))
    assert "Bcc" not in message.keys()  # noqa: SIM118 -- Headers, which may repeat.
    assert "X" not in message.keys()  # noqa: SIM118 -- As above.
    assert "<script>" not in body(message, "html")
    assert "&lt;script&gt;" in body(message, "html")


def test_the_same_letter_has_the_same_message_id() -> None:
    first, second = (write(letter("Late"), ADA, SENDER) for _ in range(2))
    assert first["Message-ID"] == second["Message-ID"] == f"<{UUID(int=1)}@desk.acme.test>"


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_words_become_a_message_that_can_be_read(subject: str, workspace: str) -> None:
    message = arrived(write(letter(subject, workspace=workspace), ADA, SENDER))
    assert message["To"] == "ada@acme.test"
    assert body(message, "html").startswith("<!doctype html>")


@pytest.mark.parametrize("kind", NotificationKind)
@pytest.mark.parametrize("subject", SubjectType)
def test_every_kind_has_a_sentence_in_both_languages(
    kind: NotificationKind, subject: SubjectType
) -> None:
    words = title(kind, subject, {"what": "failed"}, actor=None, profile=None)
    assert words.en
    assert words.zh
    assert "{" not in words.en + words.zh
    assert kind in KINDS


def failed(fault: MailFault) -> MailError:
    return MailError(fault, "smtp.451", "Later")


def test_a_passing_failure_is_tried_again_ever_later_and_given_up_in_the_end() -> None:
    waits = []
    for attempts in range(12):
        step = step_after(failed(MailFault.PASSING), now=NOW, made_at=NOW, attempts=attempts)
        assert step.due_at is not None
        waits.append(step.due_at - NOW)
    assert waits[0] == timedelta(seconds=30)
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(minutes=30)
    late = step_after(failed(MailFault.PASSING), now=NOW + GIVE_UP_AFTER, made_at=NOW, attempts=3)
    assert (late.state, late.due_at) == (MailState.FAILED, None)


@pytest.mark.parametrize(
    ("fault", "state"),
    [(MailFault.REFUSED, MailState.FAILED), (MailFault.UNKNOWN, MailState.UNKNOWN)],
)
def test_other_failures_are_final(fault: MailFault, state: MailState) -> None:
    step = step_after(failed(fault), now=NOW, made_at=NOW, attempts=0)
    assert (step.state, step.due_at) == (state, None)


@pytest.mark.parametrize(
    ("status", "fault"),
    [(421, MailFault.PASSING), (451, MailFault.PASSING), (550, MailFault.REFUSED)],
)
def test_the_first_digit_says_what_a_refusal_means(status: int, fault: MailFault) -> None:
    assert fault_of(status) is fault


def test_a_link_is_good_for_whom_it_was_signed_and_for_nothing_else() -> None:
    workspace, person = uuid4(), uuid4()
    old, new = "o" * 32, "n" * 32
    token = Signer([old], "unsubscribe").sign(workspace, person)
    assert Signer([new, old], "unsubscribe").read(token) == (workspace, person)
    assert Signer([new], "unsubscribe").read(token) is None
    assert Signer([old], "other").read(token) is None


@given(st.text(max_size=100))
def test_a_link_of_anybody_else_opens_nothing(token: str) -> None:
    assert Signer(["k" * 32], "unsubscribe").read(token) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "smtp://mail.test",
            SmtpAddress("mail.test", 587, tls=False, username=None, password=None),
        ),
        (
            "smtps://me%40x.test:p%2Fw@mail.test",
            SmtpAddress("mail.test", 465, tls=True, username="me@x.test", password="p/w"),
        ),
        ("smtp://[::1]:25", SmtpAddress("::1", 25, tls=False, username=None, password=None)),
    ],
)
def test_the_address_of_a_mail_server(url: str, expected: SmtpAddress) -> None:
    assert SmtpAddress.parse(url) == expected
    assert expected.is_local == (expected.host == "::1")


@pytest.mark.parametrize("url", ["mail.test", "http://mail.test", "smtp://"])
def test_a_senseless_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="smtp://"):
        SmtpAddress.parse(url)


@pytest.mark.parametrize(
    ("public_url", "expected"),
    [
        ("https://desk.acme.test/team", "desk.acme.test"),
        ("http://localhost:8000", "localhost"),
        ("https://büro.test", "xn--bro-hoa.test"),
        ("http://192.0.2.1:8000", "[192.0.2.1]"),
        ("http://[2001:db8::1]:8000", "[IPv6:2001:db8::1]"),
    ],
)
def test_how_a_mail_server_is_greeted(public_url: str, expected: str) -> None:
    assert greeting_name(public_url) == expected
