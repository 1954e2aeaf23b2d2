"""Wagtail's SQLite search with an order by relevance that does not grow with the square of the hits.

The stock back end asks for the rank of each row by a subquery that runs the whole full-text match again:
8.8 s for a word that 10,000 of 10,000 objects have. Here the match runs once, from the full-text table to
its entries to the objects, and the rank is read on the way. What is found is the same; so is the order of
plain words. Queries made of parts (and, or, not) are ranked by the rank of the whole.

Text that the stock back end answers with an error (quotes, a lone space, NUL) is answered here.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connections, models
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length
from django.utils.encoding import force_str
from modelsearch.backends.base import FilterFieldError
from modelsearch.backends.database.sqlite.sqlite import (
    SQLiteAutocompleteQueryCompiler,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
    SQLiteSearchResults,
)
from modelsearch.query import And, Boost, MatchAll, Not, Or, Phrase, PlainText, SearchQuery
from modelsearch.utils import get_content_type_pk, get_descendants_content_types_pks
from wagtail.search.models import IndexEntry, SQLiteFTSIndexEntry

CHUNK = 500  # objects read by their keys with one statement; SQLite takes at least 999 parameters
SAMPLE = 1_000  # entries whose titles tell how long titles are
_ENTRIES = IndexEntry._meta.db_table
_WORDS = SQLiteFTSIndexEntry._meta.db_table
# CROSS JOIN is SQLite's way to fix the order of joins. Left to itself, and without fresh statistics, it reads
# the entries first and asks the full-text table once for each: 1.4 s instead of 3 ms at 10,000 objects.
_FOUND = f"FROM {_WORDS} CROSS JOIN {_ENTRIES} entry ON entry.id = {_WORDS}.rowid WHERE {_WORDS} MATCH %s"


@dataclass(frozen=True)
class Match:
    """What a query finds: the rows that `words` (in the language of FTS5) match, or all the others."""

    words: str
    negated: bool = False


NOTHING = Match("")
EVERYTHING = Match("", negated=True)


def match_of(query: SearchQuery, *, prefix: bool) -> Match | None:
    """The query for FTS5, which knows "a but not b" but no "not b"; None where it says nothing (no word).

    `prefix` lets the last word of plain text go on, as in a box that is being typed into. Raises
    NotImplementedError for what the SQLite back end never could (fuzzy matching).
    """
    if isinstance(query, MatchAll):
        return EVERYTHING
    if isinstance(query, PlainText):
        words = [_quoted(word) for word in query.query_string.split() if _has_word(word)]
        if words and prefix:
            words[-1] += "*"
        return Match(_joined(words, str(query.operator).upper())) if words else None
    if isinstance(query, Phrase):
        return Match(_quoted(query.query_string)) if _has_word(query.query_string) else None
    if isinstance(query, Boost):
        return match_of(query.subquery, prefix=prefix)
    if isinstance(query, Not):
        found = match_of(query.subquery, prefix=prefix)
        return Match(found.words, negated=not found.negated) if found else EVERYTHING
    if isinstance(query, (And, Or)):
        parts = [part for part in (match_of(each, prefix=prefix) for each in query.subqueries) if part]
        if isinstance(query, And):
            return _all_of(parts) if parts else None
        # One of several: not (none of them).
        found = _all_of([Match(part.words, negated=not part.negated) for part in parts])
        return Match(found.words, negated=not found.negated) if parts else None
    raise NotImplementedError(f"`{type(query).__name__}` is not supported by the SQLite search back end.")


def _all_of(parts: Sequence[Match]) -> Match:
    if NOTHING in parts:
        return NOTHING
    wanted = [part.words for part in parts if not part.negated]
    unwanted = [part.words for part in parts if part.negated and part.words]
    if not wanted:
        return Match(_joined(unwanted, "OR"), negated=True)
    if not unwanted:
        return Match(_joined(wanted, "AND"))
    return Match(f"({_joined(wanted, 'AND')}) NOT ({_joined(unwanted, 'OR')})")


def _joined(parts: Sequence[str], operator: str) -> str:
    return parts[0] if len(parts) == 1 else f" {operator} ".join(f"({part})" for part in parts)


def _quoted(text: str) -> str:
    """A string of FTS5, where nothing but the quote itself has a meaning."""
    return '"' + text.replace("\0", " ").replace('"', '""') + '"'


def _has_word(text: str) -> bool:
    """Whether FTS5 sees a word in it: marks alone are no word, and a string without words matches nothing."""
    return any(character.isalnum() for character in text)


class _Fast:
    """What the compilers for whole words and for words being typed have in common."""

    queryset: models.QuerySet[Any]
    query: SearchQuery
    fields: Sequence[str] | None
    order_by_relevance: bool
    LAST_TERM_IS_PREFIX: bool
    FTS_TABLE_FIELDS: list[str]
    norm = ""  # what the rank is multiplied with
    _ranked: list[tuple[Any, float]] | None = None

    @cached_property
    def match(self) -> Match:
        """What is asked for; a query without any word finds nothing."""
        found = match_of(self.query, prefix=self.LAST_TERM_IS_PREFIX) or NOTHING
        words = f"{{{' '.join(self._columns())}}} : ({found.words})" if found.words else ""
        return Match(words, found.negated)

    def _columns(self) -> list[str]:
        """The columns of the full-text table. It keeps titles apart and everything else together."""
        if self.fields is None:
            return self.FTS_TABLE_FIELDS
        others = [name for name in self.FTS_TABLE_FIELDS if name != "title"]
        names = [column for field in self.fields for column in (["title"] if field == "title" else others)]
        return list(dict.fromkeys(names))

    def _entries(self, match: str) -> tuple[str, list[Any]]:
        """The part of a statement from FROM on, and its parameters."""
        kinds = get_descendants_content_types_pks(self.queryset.model)
        places = ", ".join(["%s"] * len(kinds))
        return f"{_FOUND} AND entry.content_type_id IN ({places})", [match, *kinds]

    def matching(self) -> models.QuerySet[Any]:
        """The objects found, in the order of the query set itself."""
        match = self.match
        if not match.words:
            return self.queryset if match.negated else self.queryset.none()
        entries, parameters = self._entries(match.words)
        # Only names of Wagtail's tables are in the text; what was typed is a parameter.
        keys = RawSQL(f"SELECT CAST(entry.object_id AS INTEGER) {entries}", parameters)  # noqa: S611
        return self.queryset.exclude(pk__in=keys) if match.negated else self.queryset.filter(pk__in=keys)

    @property
    def is_ranked(self) -> bool:
        """Whether the results are to be in the order of a rank, and have one."""
        return self.order_by_relevance and bool(self.match.words) and not self.match.negated

    def ranked(self) -> list[tuple[Any, float]]:
        """(key, score) of everything found, best (lowest) first; read once for all pages and the count.

        Two statements: what matches, with its rank; and which of that the query set holds, whatever filters,
        joins and permissions it is made of.
        """
        if self._ranked is None:
            entries, parameters = self._entries(self.match.words)
            select = f"SELECT CAST(entry.object_id AS INTEGER), bm25({_WORDS}) * {self.norm} {entries}"
            with connections[self.queryset.db].cursor() as cursor:
                cursor.execute(select, parameters)
                scores = dict(cursor.fetchall())
            found = RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(scores))])
            keys = dict.fromkeys(self.queryset.filter(pk__in=found).order_by().values_list("pk", flat=True))
            self._ranked = sorted(((key, scores[key]) for key in keys), key=lambda pair: (pair[1], -pair[0]))
        return self._ranked

    def search(
        self, config: Any, start: int | None, stop: int | None, score_field: str | None = None
    ) -> models.QuerySet[Any]:
        """A query set of what is found, between `start` and `stop`."""
        found = self.matching()
        if self.is_ranked:
            scores = self.ranked()[start:stop]
            page = found.filter(pk__in=[key for key, _score in scores])
            order = [models.When(pk=key, then=models.Value(score)) for key, score in scores]
            rank = models.Case(*order, output_field=models.FloatField()) if order else models.Value(0.0)
            name = score_field or "_score"
            return page.annotate(**{name: rank}).order_by(name, "-pk")
        if not self.order_by_relevance and not found.query.order_by:
            found = found.order_by("-pk")  # pages must not overlap
        return found[start:stop]


class FastQueryCompiler(_Fast, SQLiteSearchQueryCompiler):  # type: ignore[misc]
    """Whole words."""

    # Once for the title, whose shortness counts, and once for the body, as the stock back end adds them.
    norm = "(entry.title_norm + 1.0)"


class FastAutocompleteQueryCompiler(_Fast, SQLiteAutocompleteQueryCompiler):  # type: ignore[misc]
    """Words being typed."""

    norm = "1.0"


class FastResults(SQLiteSearchResults):  # type: ignore[misc]
    """Results that know their order before they read their objects."""

    def _do_search(self) -> list[Any]:
        compiler = self.query_compiler
        if not compiler.is_ranked or compiler.queryset._fields is not None:
            return list(self.get_queryset())
        scores = compiler.ranked()[self.start : self.stop]
        objects = {one.pk: one for one in _read(compiler.queryset, [key for key, _score in scores])}
        found = []
        for key, score in scores:
            if key in objects:  # gone since the keys were read
                if self._score_field:
                    setattr(objects[key], self._score_field, score)
                found.append(objects[key])
        return found

    def _do_count(self) -> int:
        compiler = self.query_compiler
        if compiler.is_ranked:
            return len(compiler.ranked()[self.start : self.stop])
        return int(self.get_queryset().count())

    def facet(self, field_name: str) -> OrderedDict[Any, int]:
        """How many of the results have each value of a filter field."""
        compiler = self.query_compiler
        if compiler._get_filterable_field(field_name) is None:
            model = compiler.queryset.model.__name__
            raise FilterFieldError(
                f'Cannot facet search results with field "{field_name}". '
                f"Please add index.FilterField('{field_name}') to {model}.search_fields.",
                field_name=field_name,
            )
        counts = compiler.matching().order_by().values(field_name).annotate(count=models.Count("pk"))
        return OrderedDict((row[field_name], row["count"]) for row in counts.order_by("-count"))


def _read(queryset: models.QuerySet[Any], keys: Sequence[Any]) -> Iterator[Any]:
    for begin in range(0, len(keys), CHUNK):
        yield from queryset.order_by().filter(pk__in=keys[begin : begin + CHUNK])


class FastIndex(SQLiteIndex):  # type: ignore[misc]
    """Writes as the stock index does, without reading all of it for each object.

    The stock index takes the average length of all titles, then looks through all entries for new ones:
    0.2 s for each page that is saved at 50,000 objects, part of it with the database locked. The average of
    the newest thousand is as good, and what is new is known. A rebuild is exact, as before.
    """

    _written: tuple[int, list[str]] | None = None

    def add_items(self, model: type[models.Model], objs: Sequence[Any]) -> None:
        """Add or replace objects of one model."""
        objs = list(objs)
        self._written = (get_content_type_pk(model), [force_str(one.pk) for one in objs])
        try:
            super().add_items(model, objs)
        finally:
            self._written = None

    def _refresh_title_norms(self, full: bool = False) -> None:
        if full or self._written is None:
            super()._refresh_title_norms(full=full)
            return
        titled = self.entries.annotate(length=Length("title")).filter(length__gt=0)
        mean = titled.order_by("-pk")[:SAMPLE].aggregate(mean=models.Avg("length"))["mean"]
        kind, keys = self._written
        for begin in range(0, len(keys), CHUNK):
            rows = titled.filter(content_type_id=kind, object_id__in=keys[begin : begin + CHUNK])
            rows.update(title_norm=mean / models.F("length"))


class FastSQLiteBackend(SQLiteSearchBackend):  # type: ignore[misc]
    """The stock back end with our compilers; models with keys that are no numbers keep the stock ones."""

    query_compiler_class = FastQueryCompiler
    autocomplete_query_compiler_class = FastAutocompleteQueryCompiler
    results_class = FastResults
    index_class = FastIndex

    def _search(self, query_compiler_class: Any, query: Any, model_or_queryset: Any, **kwargs: Any) -> Any:
        model = getattr(model_or_queryset, "model", model_or_queryset)
        if _has_number_as_key(model):
            return super()._search(query_compiler_class, query, model_or_queryset, **kwargs)
        stock = SQLiteSearchBackend({})
        is_typed = query_compiler_class is FastAutocompleteQueryCompiler
        compiler = SQLiteAutocompleteQueryCompiler if is_typed else SQLiteSearchQueryCompiler
        return stock._search(compiler, query, model_or_queryset, **kwargs)


def _has_number_as_key(model: type[models.Model]) -> bool:
    key: Any = model._meta.pk
    while key.remote_field is not None:  # a page's key is that of its parent
        key = key.remote_field.model._meta.pk
    return isinstance(key, (models.IntegerField, models.AutoField))
