"""The mail server of the mailbox, under the page that shows what it has taken."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiosmtpd.smtp import SMTP, Envelope, Session
from fastapi import FastAPI

from deploy.mailbox import pages
from deploy.mailbox.settings import MailboxSettings
from deploy.mailbox.store import Mailbox


class _Receiver:
    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_DATA(  # noqa: N802 -- The name that aiosmtpd calls.
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content
        if not isinstance(content, bytes):
            return "554 No message"
        self._mailbox.take(envelope.mail_from or "", envelope.rcpt_tos, content)
        return "250 Kept"


def create_app(settings: MailboxSettings) -> FastAPI:
    mailbox = Mailbox(settings.kept)
    receiver = _Receiver(mailbox)

    def receive() -> SMTP:
        return SMTP(
            receiver,
            hostname="localhost",
            enable_SMTPUTF8=True,
            data_size_limit=settings.message_bytes,
        )

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(receive, settings.host, settings.smtp_port)
        yield
        server.close()

    app = FastAPI(title="Parley local mailbox", version="1", lifespan=lifespan)
    app.state.mailbox = mailbox
    app.include_router(pages.router)
    return app
