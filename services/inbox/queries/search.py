"""Searching what was written and who wrote it, in two phases that bound every kind of word.

Frequent words are found by looking through the newest interactions in order of time; rare ones
through the inverted index, whose hits are capped before they are sorted. One plan for both would
be slow for one of them.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    DateTime,
    FromClause,
    Row,
    Select,
    Text,
    Uuid,
    column,
    func,
    literal,
    null,
    select,
    text,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import DBAPIError

from services.inbox.domain.search import Terms, runs, terms
from services.inbox.errors import SearchTooSlowError
from services.inbox.models import Conversation, Interaction
from services.inbox.queries.conversations import conditions, summaries, summary_of
from services.inbox.queries.keyset import Direction, Place
from services.inbox.repository.visibility import visible
from services.inbox.schemas.conversations import ConversationList, ConversationPage
from shared.db.transaction import ReadTx
from shared.http.pages import CursorError, encode_cursor
from shared.identity import Identity

_PROBES = (1_000, 20_000)
_CAP = 3_000
_TIMEOUT = text("SELECT set_config('statement_timeout', '3000', true)")
_CANCELLED = "57014"
_PAIR = 2

_COLUMNS = Interaction.__table__.c


async def search_conversations(
    read: ReadTx, identity: Identity, wanted: ConversationList
) -> ConversationPage:
    """Conversations with a match, the newest match first."""
    looked_for = terms(wanted.q)
    if not looked_for.words and not looked_for.grams:
        return ConversationPage(items=[])
    place = Place.parse(wanted.cursor)
    if place.direction is Direction.BACK:
        raise CursorError
    search = _Search(identity, wanted, place, looked_for)
    try:
        await read.first(_TIMEOUT)
        rows = await _found(read, search, wanted.limit)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == _CANCELLED:
            raise SearchTooSlowError from error
        raise
    found = sorted(rows.values(), key=lambda row: (row.hit_at, row.id), reverse=True)
    return _page(found, wanted.limit)


async def _found(read: ReadTx, search: "_Search", limit: int) -> dict[UUID, Row[Any]]:
    """A page of lines at least, if there are as many; the frequent words need only a short look."""
    rows: dict[UUID, Row[Any]] = {}
    for depth in _PROBES:
        rows = {row.id: row for row in await read.all(search.newest(depth))}
        if len(rows) > limit:
            return rows
    for row in await read.all(search.anywhere()):
        _keep_newer(rows, row)
    return rows


def _keep_newer(rows: dict[UUID, Row[Any]], row: Row[Any]) -> None:
    known = rows.get(row.id)
    if known is None or known.hit_at < row.hit_at:
        rows[row.id] = row


def _page(found: list[Row[Any]], limit: int) -> ConversationPage:
    items = [summary_of(row) for row in found[:limit]]
    last = items[-1] if len(found) > limit else None
    following = encode_cursor(Direction.ON, last.hit_at, last.id) if last else None
    return ConversationPage(items=items, next_cursor=following)


class _Search:
    """The statements of both phases; each returns a line of a list and when its hit was written."""

    def __init__(
        self, identity: Identity, wanted: ConversationList, place: Place, looked_for: Terms
    ) -> None:
        self._identity = identity
        self._wanted = wanted
        self._place = place
        self._terms = looked_for
        self._runs = [run for run in runs(wanted.q) if len(run) > _PAIR]

    def newest(self, depth: int) -> Select[Any]:
        """Looks through the newest interactions before the place, in order of time."""
        probed = (
            self._interactions()
            .order_by(_COLUMNS.written_at.desc(), _COLUMNS.id.desc())
            .limit(depth)
            .subquery("probed")
        )
        hits = select(probed.c.conversation_id, probed.c.written_at).where(*self._match(probed))
        return self._lines(hits)

    def anywhere(self) -> Select[Any]:
        """Asks the inverted indexes, and sorts no more than so many hits.

        Under row-level security no query of ours may use them; the function of the migration can.
        """
        hits = func.search_hits(
            self._query(),
            _strings(self._terms.grams),
            _strings(self._runs),
            literal(self._place.at, DateTime(timezone=True)),
            _CAP,
        ).table_valued(
            column("conversation_id", Uuid), column("written_at", DateTime(timezone=True))
        )
        return self._lines(select(hits.c.conversation_id, hits.c.written_at))

    def _interactions(self) -> Select[Any]:
        names = ("conversation_id", "written_at", "words", "grams", "text", "author")
        statement = select(*(_COLUMNS[name] for name in names)).where(
            _COLUMNS.workspace_id == self._identity.workspace_id
        )
        if self._place.at is not None:
            statement = statement.where(_COLUMNS.written_at <= self._place.at)
        return statement

    def _lines(self, hits: Select[Any]) -> Select[Any]:
        each = hits.cte("hits").prefix_with("MATERIALIZED")
        best = (
            select(each.c.conversation_id, func.max(each.c.written_at).label("hit_at"))
            .group_by(each.c.conversation_id)
            .subquery("best")
        )
        statement = (
            summaries()
            .add_columns(best.c.hit_at)
            .join(best, best.c.conversation_id == Conversation.id)
            .where(*visible(self._identity), *conditions(self._wanted, self._identity))
            .order_by(best.c.hit_at.desc(), Conversation.id.desc())
            .limit(self._wanted.limit + 1)
        )
        if self._place.at is None:
            return statement
        here = tuple_(best.c.hit_at, Conversation.id)
        statement = statement.where(here < tuple_(self._place.at, self._place.id))
        return statement.where(~self._newer_hit(self._place.at))

    def _query(self) -> ColumnElement[Any]:
        """Each word as the beginning of a word; words hold nothing that has a meaning here."""
        prefixes = " & ".join(f"'{word}':*" for word in self._terms.words)
        return func.to_tsquery("simple", prefixes) if prefixes else null()

    def _newer_hit(self, at: datetime) -> ColumnElement[bool]:
        """A conversation with a match after the place stood on a page before."""
        again = Interaction.__table__.alias("again")
        return (
            select(literal(1))
            .where(
                again.c.workspace_id == Conversation.workspace_id,
                again.c.conversation_id == Conversation.id,
                again.c.written_at > at,
                *self._match(again),
            )
            .exists()
        )

    def _match(self, table: FromClause) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self._terms.words:
            found.append(table.c.words.bool_op("@@")(self._query()))
        if self._terms.grams:
            found.append(table.c.grams.contains(list(self._terms.grams)))
        # All pairs of a longer run may be there without the run itself.
        found.extend(func.strpos(_spelled(table), run) > 0 for run in self._runs)
        return found


def _strings(values: Sequence[str]) -> ColumnElement[Any]:
    return literal(list(values) or None, ARRAY(Text))


def _spelled(table: FromClause) -> ColumnElement[str]:
    """What was written and by whom, in the spelling in which it was cut."""
    author = table.c.author
    everything = func.concat_ws(
        " ", table.c.text, author["display_name"].astext, author["handle"].astext
    )
    return func.lower(func.normalize(everything, text("NFKC")))
