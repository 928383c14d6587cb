"""Composition root: settings and bus in, the running service out."""

from datetime import timedelta
from email.utils import parseaddr

from services.team_directory import jobs
from services.team_directory.adapters.networks import open_networks
from services.team_directory.adapters.partners import HttpPartners
from services.team_directory.adapters.passwords import Argon2Passwords
from services.team_directory.adapters.smtp import SmtpAddress, SmtpMailer, greeting_name
from services.team_directory.api import ROUTERS
from services.team_directory.commands.sweep import wake_sweep
from services.team_directory.consumers import SUBSCRIPTIONS
from services.team_directory.domain.ports import MailRoom, Tools
from services.team_directory.domain.signer import Signer
from services.team_directory.domain.vault import Vault
from services.team_directory.settings import TeamDirectorySettings
from shared.clock import Clock
from shared.db.retention import Kept
from shared.networks.refresh import Refresher
from shared.service import Parts, Service, assemble

_TOLD = ("notifications", "notification_subjects", "settled_matters", "mails")
_TOLD_KEPT = timedelta(days=90)


def open_mail_room(settings: TeamDirectorySettings) -> MailRoom | None:
    """How mail leaves; None when this installation has no mail server."""
    url = settings.smtp_url.get_secret_value()
    if not url:
        return None
    sender = parseaddr(settings.mail_from)[1]
    return MailRoom(
        mailer=SmtpMailer(SmtpAddress.parse(url), sender, greeting_name(settings.public_url)),
        sender=settings.mail_from,
        signer=Signer(settings.credential_key_ring, "unsubscribe"),
    )


def build(settings: TeamDirectorySettings, clock: Clock) -> Service:
    kernel = assemble("team_directory", settings, clock)
    networks, close_networks = open_networks(settings.networks, clock)
    passwords = Argon2Passwords(
        memory_kib=settings.password_memory_kib, rounds=settings.password_rounds
    )
    partners = HttpPartners(
        clock, allow_local=settings.webhook_allow_local, seconds=settings.webhook_seconds
    )
    mail_room = open_mail_room(settings)
    tools = Tools(
        passwords=passwords,
        vault=Vault(settings.credential_key_ring),
        networks=networks,
        refresher=Refresher(),
        public_url=settings.public_url.rstrip("/"),
        partners=partners,
        mail_room=mail_room,
    )
    database = kernel.database
    service = Service(
        kernel,
        Parts(
            routers=ROUTERS,
            subscriptions=SUBSCRIPTIONS,
            work=jobs.work_kinds(database, tools),
            kept=[
                Kept("webhook_messages", timedelta(days=settings.webhook_days)),
                *(Kept(table, _TOLD_KEPT) for table in _TOLD),
            ],
            loops={"wake_sweep": lambda: wake_sweep(database)},
            closers=[close_networks, passwords.close, partners.close],
        ),
    )
    service.app.state.tools = tools
    return service
