"""An inbox that holds many interactions: made inside the database once, and kept.

Three interactions are a conversation, one in twenty of which is open. One text in five is Chinese,
and words are as unevenly frequent as in any language.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from random import Random
from string import ascii_lowercase
from uuid import UUID

import asyncpg

from benchmarks.inbox import add_profile
from benchmarks.people import CALLER
from benchmarks.world import ROOT, Urls, World
from services.inbox.domain import search

WORKSPACE, ME = CALLER.workspace_id, CALLER.actor_id
EACH = 3
"""How many interactions are a conversation."""

PROFILES = 20
TAG = UUID(int=0xFF01)
"""On two conversations in ten thousand."""

_SAYINGS = 5_000
_TABLES = ("contact_identities", "contacts", "conversations", "interactions")
_FILL = Path(__file__).with_name("filled_inbox.sql")
_SAYINGS_TABLE = "CREATE TEMP TABLE sayings (number int, text text, words text, grams text[])"
_INDEXES = (
    "SELECT pg_get_indexdef(i.indexrelid) AS made, i.indexrelid::regclass::text AS name"
    " FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
    " WHERE c.relnamespace = 'inbox'::regnamespace AND c.relname = ANY($1)"
    " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)"
)


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody wrote, cut as search cuts it."""

    text: str
    words: str
    grams: list[str]


class Sayings:
    """All texts, and which of their words are how frequent."""

    @cached_property
    def all(self) -> list[Saying]:
        rng = Random(5)  # noqa: S311 -- repeatable on purpose.
        texts = [_chinese(rng) if number % 5 == 0 else _english(rng) for number in range(_SAYINGS)]
        return [Saying(text, " ".join(search.words(text)), search.grams(text)) for text in texts]

    def word(self, share: float, beside: str = "") -> str:
        """A word that about this share of all texts holds, one of them together with another."""
        counts = Counter(word for one in self.all for word in set(one.words.split()))
        if beside:
            texts = [set(one.words.split()) for one in self.all]
            near = set().union(*(words for words in texts if beside in words)) - {beside}
            counts = Counter({word: counts[word] for word in near})
        return _nearest(counts, share)

    def pair(self, share: float) -> str:
        """Two Chinese characters that this share holds side by side."""
        return _nearest(
            Counter(gram for one in self.all for gram in one.grams if len(gram) > 1), share
        )


def _nearest(counts: Counter[str], share: float) -> str:
    return min(counts, key=lambda one: (abs(counts[one] - share * _SAYINGS), one))


def _rank(rng: Random, most: int) -> int:
    """A number that is small more often than large, as the ranks of words are."""
    return min(int(rng.paretovariate(0.7)), most)


def _english(rng: Random) -> str:
    return " ".join(_spelled(_rank(rng, 26**3)) for _ in range(14))


def _chinese(rng: Random) -> str:
    return "".join(chr(0x4E00 + _rank(rng, 3_000)) for _ in range(20))


def _spelled(rank: int) -> str:
    """Words of one length, so that none begins another."""
    letters = []
    for _ in range(4):
        rank, place = divmod(rank, 26)
        letters.append(ascii_lowercase[place])
    return "".join(letters)


async def filled_inbox(world: World, size: int) -> Urls:
    """A database that holds so many interactions of the workspace."""
    prefix = f"bench_inbox_{size}_"
    name = f"{prefix}{_fingerprint()}"
    if not world.has(name):
        world.drop_all(prefix)
        urls = world.fresh_database(f"{name}_unfinished")
        await _fill(urls, size)
        world.rename(f"{name}_unfinished", name)
    return world.kept_database(name)


def _fingerprint() -> str:
    """Of what fills the tables, and of the tables."""
    inbox = ROOT / "services/inbox"
    files = [Path(__file__), _FILL, inbox / "domain/search.py", *sorted(inbox.glob("models/*.py"))]
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


async def _fill(urls: Urls, size: int) -> None:
    """Without indexes, which are quicker to make afterwards."""
    connection = await asyncpg.connect(urls["admin"])
    try:
        for number in range(PROFILES):
            await add_profile(connection, WORKSPACE, UUID(int=number))
        indexes = await connection.fetch(_INDEXES, list(_TABLES))
        for index in indexes:
            await connection.execute(f"DROP INDEX {index['name']}")
        await connection.execute(_SAYINGS_TABLE)
        rows = [
            (number, one.text, one.words, one.grams) for number, one in enumerate(Sayings().all)
        ]
        await connection.copy_records_to_table("sayings", records=rows)
        await connection.execute(_FILL.read_text().replace("SIZE", str(size)), timeout=None)
        await connection.execute("SET maintenance_work_mem = '1GB'")
        for index in indexes:
            await connection.execute(index["made"], timeout=None)
        for table in _TABLES:
            await connection.execute(f"VACUUM ANALYZE inbox.{table}", timeout=None)
    finally:
        await connection.close()
