"""Hands messages to a mail server by SMTP, in two steps around the moment of no return."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Self
from urllib.parse import unquote, urlsplit

import aiosmtplib
from aiosmtplib import SMTP, SMTPException, SMTPResponseException

from services.team_directory.domain.mail import MailError, MailFault, fault_of

_SECONDS = 30.0
_DETAIL_LENGTH = 500
_LOCAL = frozenset({"localhost"})
_IPV6 = 6


@dataclass(frozen=True, slots=True)
class SmtpAddress:
    """`smtps://` speaks TLS from the start, `smtp://` as soon as the server offers it."""

    host: str
    port: int
    tls: bool
    username: str | None
    password: str | None

    @classmethod
    def parse(cls, url: str) -> Self:
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("It has the form smtp://user:password@host:587 or smtps://...")
        tls = parts.scheme == "smtps"
        return cls(
            host=parts.hostname,
            port=parts.port or (465 if tls else 587),
            tls=tls,
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )

    @property
    def is_local(self) -> bool:
        if self.host in _LOCAL:
            return True
        with suppress(ValueError):
            return ip_address(self.host).is_loopback
        return False


def greeting_name(public_url: str) -> str:
    """How this installation calls itself to a mail server: by its own address.

    Without a name the library asks the resolver for one, and a slow resolver holds up all mail.
    """
    host = urlsplit(public_url).hostname or "localhost"
    try:
        return f"[IPv6:{host}]" if ip_address(host).version == _IPV6 else f"[{host}]"
    except ValueError:
        return host.encode("idna").decode()


class SmtpSubmission:
    """A server that has taken the addresses and waits for the message."""

    def __init__(self, client: SMTP) -> None:
        self._client = client

    async def send(self, message: bytes) -> None:
        """Hand the message over; raises `MailError`.

        A server that refuses says so. One that says nothing, or goes away, may have taken it.
        """
        try:
            await self._client.data(message)
        except SMTPResponseException as error:
            raise _refusal(error) from error
        except (SMTPException, OSError) as error:
            detail = f"The mail server did not say whether it took the message: {error}"
            raise MailError(MailFault.UNKNOWN, "smtp.no_answer", detail) from error


class SmtpMailer:
    """`sender` is the bare address that bounces go to, `name` is ours."""

    def __init__(
        self, address: SmtpAddress, sender: str, name: str, seconds: float = _SECONDS
    ) -> None:
        self._address = address
        self._sender = sender
        self._name = name
        self._seconds = seconds

    @asynccontextmanager
    async def open(self, recipient: str) -> AsyncIterator[SmtpSubmission]:
        """A server that has taken sender and recipient; raises `MailError`."""
        client = SMTP(
            hostname=self._address.host,
            port=self._address.port,
            local_hostname=self._name,
            timeout=self._seconds,
            use_tls=self._address.tls,
            start_tls=False if self._address.tls else None,
        )
        try:
            with _before_the_message():
                await client.connect()
                await self._log_in(client)
                await self._address_it(client, recipient)
            yield SmtpSubmission(client)
            with suppress(SMTPException, OSError):
                await client.quit()
        finally:
            # Whoever is refused or stops leaves without a word: the server may not be listening.
            client.close()

    async def _log_in(self, client: SMTP) -> None:
        """A password never travels in the clear, except within this machine."""
        if self._address.username is None:
            return
        encrypted = client.get_transport_info("sslcontext") is not None
        if not encrypted and not self._address.is_local:
            detail = "The mail server offers no TLS, so the password was not sent."
            raise MailError(MailFault.PASSING, "smtp.no_tls", detail)
        await client.login(self._address.username, self._address.password or "")

    async def _address_it(self, client: SMTP, recipient: str) -> None:
        await client.ehlo()
        options = ["BODY=8BITMIME"] if client.supports_extension("8bitmime") else []
        encoding = "ascii"
        if not recipient.isascii():
            if not client.supports_extension("smtputf8"):
                detail = "The mail server takes no addresses with letters beyond ASCII."
                raise MailError(MailFault.REFUSED, "smtp.address_not_supported", detail)
            options, encoding = [*options, "SMTPUTF8"], "utf-8"
        await client.mail(self._sender, options=options, encoding=encoding)
        await client.rcpt(recipient, encoding=encoding)


@contextmanager
def _before_the_message() -> Iterator[None]:
    """Until the message is on its way, whatever fails has sent nothing."""
    try:
        yield
    except aiosmtplib.SMTPAuthenticationError as error:
        # A fault of the installation, which somebody will mend, and not of this message.
        detail = f"The mail server refused our login: {error.code}"
        raise MailError(MailFault.PASSING, "smtp.login_refused", detail) from error
    except SMTPResponseException as error:
        raise _refusal(error) from error
    except (SMTPException, OSError, ValueError) as error:
        detail = f"The mail server cannot be reached: {error}"[:_DETAIL_LENGTH]
        raise MailError(MailFault.PASSING, "smtp.unreachable", detail) from error


def _refusal(error: SMTPResponseException) -> MailError:
    detail = f"{error.code} {error.message}"[:_DETAIL_LENGTH]
    return MailError(fault_of(error.code), f"smtp.{error.code}", detail)
