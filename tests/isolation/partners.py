"""A partner of each profile, with something that it was told."""

from uuid import UUID

from services.team_directory.commands.tell_partners import message_body
from services.team_directory.domain.webhooks import DeliveryState
from services.team_directory.models import WebhookAttempt
from services.team_directory.repository.webhooks import (
    Deliveries,
    Messages,
    NewDelivery,
    NewMessage,
)
from shared.ids import new_id
from tests.isolation.house import House
from tests.support.team_directory import Somebody

_TYPE = "interaction.received"


async def partner(house: House, owner: Somebody, profile_id: UUID, word: str) -> dict[str, UUID]:
    """An endpoint for this profile only, with one attempt in its log."""
    body = {
        "url": f"https://{word}.example.test/hook",
        "description": word,
        "event_types": [_TYPE],
        "profile_ids": [str(profile_id)],
    }
    made = await house.directory.call(owner, "POST", "/webhooks", body)
    assert made.status_code == 201, made.text
    endpoint_id, message_id, delivery_id = UUID(made.json()["id"]), new_id(), new_id()
    async with house.directory.service.database.begin(owner.workspace_id) as tx:
        said = message_body(_TYPE, tx.now.isoformat(), {"excerpt": word})
        message = NewMessage(message_id, _TYPE, said)
        await Messages(tx).add([message])
        delivery = NewDelivery(endpoint_id, message, DeliveryState.FAILED, delivery_id)
        await Deliveries(tx).add([delivery])
        tx.session.add(
            WebhookAttempt(
                workspace_id=owner.workspace_id,
                id=new_id(),
                delivery_id=delivery_id,
                at=tx.now,
                millis=1,
                excerpt=word,
            )
        )
    return {"webhook": endpoint_id, "webhook_delivery": delivery_id}
