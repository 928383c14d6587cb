"""The local mailbox: takes mail, shows it harmlessly, forgets the oldest, stays on this machine."""

from email.message import EmailMessage

import httpx
import pytest
from aiosmtplib import SMTP
from pydantic import ValidationError

from deploy.local.ports import free_port
from deploy.mailbox.app import create_app
from deploy.mailbox.settings import MailboxSettings


def letter(number: int) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "parley@localhost"
    message["To"] = "ada@acme.test"
    message["Subject"] = f"Number {number} <b>"
    message.set_content("Plain words.")
    message.add_alternative("<script>alert(1)</script><p>Rich words.</p>", subtype="html")
    return message


async def test_it_keeps_the_newest_and_shows_them_harmlessly() -> None:
    settings = MailboxSettings(smtp_port=free_port(), kept=2)
    app = create_app(settings)
    transport = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://mailbox") as http,
    ):
        assert "There is none yet." in (await http.get("/")).text
        async with SMTP(hostname="127.0.0.1", port=settings.smtp_port) as client:
            for number in range(3):
                await client.send_message(letter(number))
        messages = (await http.get("/api/messages")).json()
        assert [it["subject"] for it in messages] == ["Number 2 <b>", "Number 1 <b>"]
        assert messages[0]["recipients"] == ["ada@acme.test"]
        assert messages[0]["text"].strip() == "Plain words."
        listing = (await http.get("/")).text
        assert "Number 2 &lt;b&gt;" in listing
        page = await http.get(f"/messages/{messages[0]['id']}")
        assert "<script>" not in page.text
        assert 'sandbox="allow-popups"' in page.text
        assert "script-src" not in page.headers["content-security-policy"]
        assert (await http.get("/messages/1")).status_code == 404
        assert (await http.delete("/api/messages")).status_code == 204
        assert (await http.get("/api/messages")).json() == []


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])  # noqa: S104 -- Refused below.
def test_it_listens_on_this_machine_only(host: str) -> None:
    with pytest.raises(ValidationError, match="loopback"):
        MailboxSettings(host=host)
