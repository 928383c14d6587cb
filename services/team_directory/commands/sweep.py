"""What is over is removed every hour, and secrets are sealed anew when the key has changed."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select

from services.team_directory.commands.credentials import place_of
from services.team_directory.commands.login import factor_place
from services.team_directory.commands.mail_ledger import secret_place
from services.team_directory.commands.webhook_secrets import place_of_secret
from services.team_directory.domain.connection import ATTEMPT_LIFETIME
from services.team_directory.domain.ports import Tools
from services.team_directory.domain.sessions import IDLE, LONGEST, REMEMBERED
from services.team_directory.models import (
    PasswordReset,
    ProfileCredential,
    SecondFactor,
    WebhookSecret,
    Workspace,
)
from services.team_directory.repository.mails import Mails
from services.team_directory.repository.profiles import Profiles
from services.team_directory.repository.sessions import Sessions
from services.team_directory.repository.throttles import Throttles
from shared.db.database import Database
from shared.db.transaction import Tx

SWEEP = "team_directory.sweep"
INTERVAL = timedelta(hours=1)


async def sweep(database: Database, tools: Tools) -> None:
    """Everything, workspace by workspace; each step stands by itself and may be repeated."""
    async with database.begin() as tx:
        sessions = Sessions(tx)
        await sessions.end_unused(seen_before=tx.now - IDLE, made_before=tx.now - LONGEST)
        await sessions.forget_replaced(before=tx.now - REMEMBERED)
        await Throttles(tx).remove_idle(before=tx.now)
        await tx.session.execute(delete(PasswordReset).where(PasswordReset.expires_at < tx.now))
        await _seal_factors_anew(tx, tools)
        workspace_ids = (await tx.session.scalars(select(Workspace.id))).all()
    for workspace_id in workspace_ids:
        await _sweep_workspace(database, tools, workspace_id)


async def _sweep_workspace(database: Database, tools: Tools, workspace_id: UUID) -> None:
    async with database.begin(workspace_id) as tx:
        profiles = Profiles(tx)
        for profile in await profiles.abandoned(before=tx.now - ATTEMPT_LIFETIME):
            await profiles.remove(profile)
        await _seal_mails_anew(tx, tools)
        await _seal_credentials_anew(tx, tools)
        await _seal_webhook_secrets_anew(tx, tools)


async def _seal_credentials_anew(tx: Tx, tools: Tools) -> None:
    stale = select(ProfileCredential).where(
        ProfileCredential.workspace_id == tx.workspace_id,
        ProfileCredential.key_id != tools.vault.key_id,
    )
    for credential in await tx.session.scalars(stale.with_for_update()):
        place = place_of(tx, credential.id)
        plain = tools.vault.open(credential.ciphertext, place)
        sealed = tools.vault.seal(plain, place)
        credential.ciphertext = sealed.ciphertext
        credential.key_id = sealed.key_id


async def _seal_webhook_secrets_anew(tx: Tx, tools: Tools) -> None:
    """And away with those that are valid no more."""
    over = WebhookSecret.expires_at <= tx.now
    here = WebhookSecret.workspace_id == tx.workspace_id
    await tx.session.execute(delete(WebhookSecret).where(here, over))
    stale = select(WebhookSecret).where(here, WebhookSecret.key_id != tools.vault.key_id)
    for secret in await tx.session.scalars(stale.with_for_update()):
        place = place_of_secret(secret)
        sealed = tools.vault.seal(tools.vault.open(secret.ciphertext, place), place)
        secret.ciphertext = sealed.ciphertext
        secret.key_id = sealed.key_id


async def _seal_mails_anew(tx: Tx, tools: Tools) -> None:
    for mail in await Mails(tx).with_secret():
        if mail.secret is not None and tools.vault.is_stale(mail.secret):
            place = secret_place(mail)
            plain = tools.vault.open(mail.secret, place)
            mail.secret = tools.vault.seal(plain, place).ciphertext


async def _seal_factors_anew(tx: Tx, tools: Tools) -> None:
    for factor in await tx.session.scalars(select(SecondFactor).with_for_update()):
        if tools.vault.is_stale(factor.secret):
            place = factor_place(factor.person_id)
            plain = tools.vault.open(factor.secret, place)
            factor.secret = tools.vault.seal(plain, place).ciphertext


async def wake_sweep(database: Database) -> None:
    """Sweep soon after each start, since a start is when the keys may have changed."""
    async with database.begin() as tx:
        if await tx.session.scalar(select(Workspace.id).limit(1)) is not None:
            await tx.schedule(SWEEP, "all")
