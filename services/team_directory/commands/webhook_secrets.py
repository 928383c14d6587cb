"""The secrets of endpoints: encrypted at rest, opened only to sign."""

from uuid import UUID

from services.team_directory.domain.ports import Tools
from services.team_directory.models import WebhookSecret
from services.team_directory.repository.webhooks import Endpoints
from shared.db.transaction import Tx


def place_of_secret(secret: WebhookSecret) -> str:
    return f"webhook/{secret.workspace_id}/{secret.endpoint_id}"


def keep_secret(tx: Tx, tools: Tools, endpoint_id: UUID, shown: str) -> None:
    secret = WebhookSecret(
        workspace_id=tx.workspace_id, id=tx.new_id(), endpoint_id=endpoint_id, created_at=tx.now
    )
    sealed = tools.vault.seal(shown.encode(), place_of_secret(secret))
    secret.ciphertext = sealed.ciphertext
    secret.key_id = sealed.key_id
    Endpoints(tx).add_secret(secret)


async def open_secrets(tx: Tx, tools: Tools, endpoint_id: UUID) -> list[str]:
    """Those that are valid now, the newest first."""
    return [
        tools.vault.open(secret.ciphertext, place_of_secret(secret)).decode()
        for secret in await Endpoints(tx).secrets(endpoint_id)
    ]
