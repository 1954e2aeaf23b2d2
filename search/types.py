"""What the rooms and the index say to each other: documents in, queries and results out.

Plain data without Django models and without a word about any engine, so that an engine can be
exchanged and a room can be tested without one.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from django.utils.safestring import SafeString

from foundation.kinds import registry
from search.analysis.scripts import printable

Json = Any  # JSON: a closed recursive type would make every reader of a card cast

CAPACITY = "capacity"  # the facet, and the kind of the objects that are its values
FACETS: tuple[str, ...] = (
    "kind",
    CAPACITY,
    "asset",
    "language",
    "region",
    "format",
    "method",
    "length",
    "type",
    "country",
    "owner",
)

Sort = Literal["relevance", "recent", "soon"]

# Bounds that keep one request from costing more than its share; see Query.bounded().
MAX_TEXT = 300
MAX_LIMIT = 200
MAX_OFFSET = 10_000
MAX_VALUES = 50
MAX_WISHES = 300
MAX_OF_GROUP = 100  # more no engine gives of each of several groups at once


@dataclass(frozen=True)
class Text:
    """What an object says in one language (`language` is a tag such as "ar" or "zh-hans")."""

    language: str
    title: str
    summary: str = ""
    body: str = ""
    keywords: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True)
class Passage:
    """A stretch of a transcript that begins `start` seconds into the recording."""

    language: str
    start: float
    text: str


class Label(NamedTuple):
    """A name of a capacity in one language."""

    language: str
    text: str


@dataclass(frozen=True)
class Document:
    """All the index knows of one object, in all its languages. Everything here is public.

    `capacities` are the slugs the object names itself, `broader` all their ancestors, `labels` the
    labels of both in every language. `facets` maps a name of FACETS to values. `available` False
    keeps an object findable but lower (a person without free hours); what must not be found at all
    is not yielded by its DocumentType. `card` is display data, JSON only; strings that depend on
    the language may sit below the language's tag (`{"en": {...}, "ar": {...}}`).
    """

    kind: str
    id: str
    texts: tuple[Text, ...]
    url: str = ""
    capacities: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()
    people: tuple[str, ...] = ()
    updated: datetime | None = None
    confirmed: date | None = None
    starts: date | None = None
    minutes: int | None = None
    available: bool = True
    card: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True)
class Query:
    """A question to the index.

    `filters` maps a facet to values: any of them inside one facet, all facets together; "capacity"
    finds objects of narrower capacities too. `facets` names what to count. `should` maps a facet to
    {value: weight}: it lifts what matches without requiring it; with neither text nor filters at
    least one must match. `exclude` holds (kind, id) pairs; `only`, where given, those to ask about and no others
    (the words are then taken as they are, since few answers say nothing about them). `match` "any" asks for one word only of
    the text, "most" for most of them, "best" for most of them too, followed by what has fewer when
    few have most. `also` holds (kind, id) pairs of what matches a text without having its words; it
    comes before what has them. `groups` of kinds are answered together: `limit` counts for each, the hits come
    group by group, each in the order of relevance from its first on, other kinds are left out and nothing is counted.
    """

    text: str = ""
    language: str = "en"
    kinds: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 20
    should: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    exclude: frozenset[tuple[str, str]] = frozenset()
    only: frozenset[tuple[str, str]] | None = None
    match: Literal["best", "most", "any"] = "best"
    also: tuple[tuple[str, str], ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()

    def bounded(self) -> Query:
        """The same question within what one request may cost and any index can hold.

        Unknown facets and kinds are dropped; NUL and lone surrogates are taken out of every text.
        """
        groups = tuple(_known(group) for group in self.groups)
        kinds = itertools.chain.from_iterable(groups) if groups else self.kinds
        return replace(
            self,
            text=printable(self.text[:MAX_TEXT]),
            kinds=_known(kinds),
            filters={
                name: tuple(dict.fromkeys(map(printable, values)))[:MAX_VALUES]
                for name, values in self.filters.items()
                if name in FACETS and values
            },
            should={
                name: {printable(value): weight for value, weight in list(wanted.items())[:MAX_WISHES]}
                for name, wanted in self.should.items()
                if name in FACETS
            },
            exclude=frozenset((printable(kind), printable(id)) for kind, id in self.exclude),
            only=None if self.only is None else frozenset((kind, printable(id)) for kind, id in self.only),
            facets=tuple(name for name in dict.fromkeys(self.facets) if name in FACETS and not groups),
            sort=self.sort if self.sort in ("relevance", "recent", "soon") and not groups else "relevance",
            offset=min(max(self.offset, 0), MAX_OFFSET) if not groups else 0,
            limit=min(max(self.limit, 0), MAX_OF_GROUP if groups else MAX_LIMIT),
            groups=groups,
        )


def _known(kinds: Iterable[str]) -> tuple[str, ...]:
    return tuple(kind for kind in dict.fromkeys(kinds) if registry.find(kind))


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet, and how many objects choosing it would show."""

    value: str
    count: int
    selected: bool = False


@dataclass(frozen=True)
class Hit:
    """One object found, in the reader's best language (`language` says which that is).

    `highlight` is escaped HTML with <mark>, empty when only the title or a label matched. `passage`
    is the best stretch of a recording with its start in seconds. `matched` holds those capacities
    of the query's filters and `should` that the object (or its broader capacities) has. `digest` tells
    one state of the object from another.
    """

    kind: str
    id: str
    url: str
    title: str
    summary: str
    language: str
    highlight: SafeString = field(default_factory=SafeString)
    passage: tuple[float, SafeString] | None = None
    score: float = 0.0
    card: Mapping[str, Json] = field(default_factory=dict)
    capacities: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    available: bool = True
    confirmed: date | None = None
    updated: datetime | None = None
    starts: date | None = None
    minutes: int | None = None
    matched: frozenset[str] = frozenset()
    digest: str = ""


@dataclass(frozen=True)
class Results:
    """An answer. `total` counts all that match; `degraded` says the index could not be asked.

    `loosened` tells that nothing had most of the words, and these have some. `suggestion` is the query
    with each word that nothing has put into a spelling that the index knows, given only where there is
    one; the hits, if any, have the near spellings. `near` tells how many of the objects were joined by
    meaning alone; none of them need have a word of the question.
    """

    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, list[FacetValue]] = field(default_factory=dict)
    suggestion: str | None = None
    degraded: bool = False
    loosened: bool = False
    near: int = 0


@dataclass(frozen=True)
class Suggestion:
    """One line of the list below the search box."""

    kind: str
    id: str
    title: str
    url: str
    language: str


@dataclass(frozen=True)
class Change:
    """What to do with one object: write `document`, or remove it when that is None.

    `version` grows with every change of the object; an engine that takes writes in any order keeps
    the highest. `vectors` are those of its texts as `search.semantic.quantize` writes them, none where
    that extra is off.
    """

    kind: str
    id: str
    document: Document | None
    version: int = 0
    vectors: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class EngineStatus:
    """What an engine says of itself."""

    engine: str
    generation: str
    documents: int
    bytes: int
    by_kind: Mapping[str, int] = field(default_factory=dict)
