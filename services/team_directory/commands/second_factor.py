"""Turning the second factor on, with a confirmed code, and off again."""

from dataclasses import dataclass
from uuid import UUID

from services.team_directory.commands.granting import demand_power_everywhere
from services.team_directory.commands.login import factor_place, uses_code
from services.team_directory.domain import second_factor
from services.team_directory.domain.actor import Actor
from services.team_directory.domain.ports import Tools
from services.team_directory.domain.secrets import digest
from services.team_directory.domain.throttle import account_limit
from services.team_directory.errors import CodeWrongError, SecondFactorStateError
from services.team_directory.models import RecoveryCode, SecondFactor
from services.team_directory.repository.audit import Change, record_everywhere
from services.team_directory.repository.people import People
from services.team_directory.repository.throttles import Throttles
from shared.db.database import Database
from shared.db.transaction import Tx


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an authenticator app reads; it counts only once a code has been confirmed."""

    secret: str
    uri: str
    qr_svg: str


async def begin_second_factor(tx: Tx, tools: Tools, actor: Actor) -> Enrolment:
    people = People(tx)
    person = await people.get(actor.person_id())
    factor = await people.factor(person.id)
    if factor is not None and factor.confirmed_at is not None:
        raise SecondFactorStateError("The second factor is on already.")
    secret = second_factor.new_secret()
    sealed = tools.vault.seal(secret.encode(), factor_place(person.id)).ciphertext
    if factor is None:
        people.add(SecondFactor(person_id=person.id, secret=sealed, last_step=0))
    else:
        factor.secret = sealed
    uri = second_factor.provisioning_uri(secret, person.email)
    return Enrolment(secret, uri, second_factor.qr_svg(uri))


async def confirm_second_factor(tx: Tx, tools: Tools, actor: Actor, code: str) -> list[str]:
    """Turn it on; the recovery codes, which are shown once."""
    people = People(tx)
    person_id = actor.person_id()
    factor = await people.factor(person_id)
    if factor is None or factor.confirmed_at is not None:
        raise SecondFactorStateError("Begin to turn the second factor on first.")
    if not await uses_code(tx, tools, person_id, code):
        raise CodeWrongError
    factor.confirmed_at = tx.now
    codes = await _new_recovery_codes(tx, actor)
    await record_everywhere(tx, actor, Change("person.second_factor_on", person_id))
    return codes


async def renew_recovery_codes(
    database: Database, tools: Tools, actor: Actor, code: str
) -> list[str]:
    """Ten new recovery codes; the old ones work no more."""
    await _count_try(database, actor)
    async with database.begin(actor.identity.workspace_id) as tx:
        await _demand_code(tx, tools, actor, code)
        codes = await _new_recovery_codes(tx, actor)
        change = Change("person.recovery_codes_renewed", actor.person_id())
        await record_everywhere(tx, actor, change)
        return codes


async def turn_second_factor_off(database: Database, tools: Tools, actor: Actor, code: str) -> None:
    await _count_try(database, actor)
    async with database.begin(actor.identity.workspace_id) as tx:
        await _demand_code(tx, tools, actor, code)
        await People(tx).remove_factor(actor.person_id())
        await record_everywhere(tx, actor, Change("person.second_factor_off", actor.person_id()))


async def take_second_factor_away(tx: Tx, actor: Actor, member_id: UUID) -> None:
    """For somebody whose phone and recovery codes are gone; their password still protects them."""
    await demand_power_everywhere(tx, actor, member_id)
    people = People(tx)
    factor = await people.factor(member_id)
    if factor is None or factor.confirmed_at is None:
        raise SecondFactorStateError("The second factor is not on.")
    await people.remove_factor(member_id)
    await record_everywhere(tx, actor, Change("person.second_factor_taken_away", member_id))


async def _count_try(database: Database, actor: Actor) -> None:
    """Counted apart and first: whoever holds a stolen session must not guess six digits."""
    async with database.begin() as tx:
        person = await People(tx).get(actor.person_id())
        await Throttles(tx).take(account_limit(person.email))


async def _demand_code(tx: Tx, tools: Tools, actor: Actor, code: str) -> None:
    factor = await People(tx).factor(actor.person_id())
    if factor is None or factor.confirmed_at is None:
        raise SecondFactorStateError("The second factor is not on.")
    if not await uses_code(tx, tools, actor.person_id(), code):
        raise CodeWrongError


async def _new_recovery_codes(tx: Tx, actor: Actor) -> list[str]:
    people = People(tx)
    await people.remove_recovery_codes(actor.person_id())
    codes = second_factor.new_recovery_codes()
    for code in codes:
        hashed = digest(second_factor.plain(code))
        people.add(RecoveryCode(person_id=actor.person_id(), digest=hashed))
    return codes
