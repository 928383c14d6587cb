"""What routes of the inbox need beside a transaction and an identity."""

from typing import Annotated

from fastapi import Depends, Request

from services.inbox.domain.outbox import Outbox
from shared.profiles.access import Networks


async def _networks(request: Request) -> Networks:
    outbox: Outbox = request.app.state.outbox
    return outbox.networks


async def _outbox(request: Request) -> Outbox:
    outbox: Outbox = request.app.state.outbox
    return outbox


KnownNetworks = Annotated[Networks, Depends(_networks)]
OutboxRules = Annotated[Outbox, Depends(_outbox)]
