"""What routes of scheduler need beside a transaction and an identity."""

from typing import Annotated

from fastapi import Depends, Request

from services.scheduler.domain.rules import Rules


async def _rules(request: Request) -> Rules:
    rules: Rules = request.app.state.rules
    return rules


PublishingRules = Annotated[Rules, Depends(_rules)]
