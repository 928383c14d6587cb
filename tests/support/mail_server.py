"""A real SMTP server that a test looks into, and that can be told to misbehave."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(slots=True)
class MailServer:
    """`received` are the messages that it had in hand, whatever it answered, from who `greeted`.

    `on_rcpt` and `on_data` are answers instead of the usual ones; `silent` keeps it from answering
    a message at all until it is set.
    """

    port: int = 0
    received: list[EmailMessage] = field(default_factory=list)
    greeted: list[str] = field(default_factory=list)
    on_rcpt: str | None = None
    on_data: str | None = None
    silent: asyncio.Event | None = None
    got: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def reset(self) -> None:
        self.received.clear()
        self.greeted.clear()
        self.on_rcpt = self.on_data = self.silent = None
        self.got = asyncio.Event()

    def body(self, kind: str = "plain", number: int = -1) -> str:
        part = self.received[number].get_body((kind,))
        assert part is not None
        return str(part.get_content())

    @property
    def subjects(self) -> list[str]:
        return [str(message["Subject"]) for message in self.received]

    async def handle_RCPT(  # noqa: N802 -- The name and form that aiosmtpd calls.
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if self.on_rcpt is not None:
            return self.on_rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 -- As above.
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        self.greeted.append(session.host_name or "")
        self.got.set()
        if self.silent is not None:
            await self.silent.wait()
        return self.on_data or "250 OK"


@asynccontextmanager
async def running_mail_server() -> AsyncIterator[MailServer]:
    hand = MailServer()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(hand, enable_SMTPUTF8=True, hostname="mail.test"), "127.0.0.1", 0
    )
    hand.port = server.sockets[0].getsockname()[1]
    yield hand
    server.close()
