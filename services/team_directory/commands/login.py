"""Proving who somebody is: password, second factor, and limits on tries.

Hashing takes a fifth of a second, so it never runs inside a transaction; what was read before is
checked again after it.
"""

from dataclasses import dataclass, field
from uuid import UUID

from services.team_directory.commands.sessions import OpenedSession, Place, open_session
from services.team_directory.domain import second_factor
from services.team_directory.domain.ports import Tools
from services.team_directory.domain.secrets import digest
from services.team_directory.domain.throttle import account_limit, address_limit
from services.team_directory.errors import (
    LoginFailedError,
    SecondFactorNeededError,
    SecondFactorWrongError,
)
from services.team_directory.models import Person
from services.team_directory.repository.people import People
from services.team_directory.repository.throttles import Throttles
from shared.db.database import Database
from shared.db.transaction import Tx


@dataclass(frozen=True, slots=True)
class Attempt:
    email: str
    password: str = field(repr=False)
    place: Place
    code: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Proof:
    """The password was right. `password_hash` is the one it was checked against."""

    person_id: UUID
    password_hash: str
    renewed_hash: str | None


async def log_in(database: Database, tools: Tools, attempt: Attempt) -> OpenedSession:
    proof = await prove_password(database, tools, attempt)
    async with database.begin() as tx:
        person = await accept_proof(tx, tools, proof, attempt)
        return await open_session(tx, person.id, attempt.place)


async def prove_password(database: Database, tools: Tools, attempt: Attempt) -> Proof:
    """Check the password; an unknown account takes as long and fails in the same words."""
    async with database.begin() as tx:
        await count_try(tx, attempt)
        person = await People(tx).by_email(attempt.email)
        password_hash = person.password_hash if person else None
    right = await tools.passwords.verify(password_hash, attempt.password)
    if not right or person is None or password_hash is None:
        raise LoginFailedError
    outdated = tools.passwords.is_outdated(password_hash)
    renewed = await tools.passwords.hash(attempt.password) if outdated else None
    return Proof(person.id, password_hash, renewed)


async def count_try(tx: Tx, attempt: Attempt) -> None:
    throttles = Throttles(tx)
    if attempt.place.ip:
        await throttles.take(address_limit(attempt.place.ip))
    await throttles.take(account_limit(attempt.email))


async def accept_proof(tx: Tx, tools: Tools, proof: Proof, attempt: Attempt) -> Person:
    """Ask for the second factor where there is one, and forgive the tries that it took."""
    person = await People(tx).get(proof.person_id)
    if person.password_hash != proof.password_hash:
        raise LoginFailedError
    await _demand_second_factor(tx, tools, person, attempt.code)
    person.password_hash = proof.renewed_hash or proof.password_hash
    await Throttles(tx).forget(account_limit(person.email))
    return person


async def _demand_second_factor(tx: Tx, tools: Tools, person: Person, code: str | None) -> None:
    factor = await People(tx).factor(person.id)
    if factor is None or factor.confirmed_at is None:
        return
    if not code:
        raise SecondFactorNeededError
    if not await uses_code(tx, tools, person.id, code):
        raise SecondFactorWrongError


async def uses_code(tx: Tx, tools: Tools, person_id: UUID, code: str) -> bool:
    """Use up a code of the authenticator app, or a recovery code; False when it is neither."""
    people = People(tx)
    factor = await people.factor(person_id)
    if factor is None:
        return False
    secret = tools.vault.open(factor.secret, factor_place(person_id)).decode()
    step = second_factor.accepted_step(secret, code, tx.now, factor.last_step)
    if step is not None:
        factor.last_step = step
        return True
    return await people.use_recovery_code(person_id, digest(second_factor.plain(code)))


def factor_place(person_id: UUID) -> str:
    return f"second_factor/{person_id}"
