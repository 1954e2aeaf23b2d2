"""What is stored of a document: its words for each field, and the original for display.

The same for every engine: fields of words joined by spaces, values of facets, numbers for order, and two
pieces of JSON, one to show a result and one to find its best passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import orjson

from search.analysis import printable
from search.analysis.lines import Line, beginnings, line, name_line, openings
from search.engines.weights import SUGGESTED, prior
from search.port import FACETS, Document, Label, Text

SCHEMA_VERSION = "v8"  # raise it with every change of fields or analysis: the index is then rebuilt
# Stands in a field without words; no question has it. Engines differ in whether they count objects that lack
# a field when they weigh how rare a word is there: when every object has every field, they agree.
ABSENT = "·"
_SENTENCE = re.compile(r"(?<=[.!?؟।])\s+|(?<=[。！？])|\n+")
_FRAGMENT = (80, 300)  # characters: short sentences are joined up to the first, long ones cut at the second
# Where spelling is learned: names, no running text.
SPELLED = tuple(f"{name}_exact" for name in ("title", "label", "keyword", "people"))
LONGEST_WHOLE = 200  # characters of a title compared as a whole
NO_START = 2**40  # sorts what never starts after what does


@dataclass
class Entry:
    """A document as an engine stores it."""

    key: str
    kind: str
    fields: dict[str, list[str]]  # "title", "title_exact", …: one string of words for each value
    facets: dict[str, list[str]]
    prior: float
    updated: int
    starts: int
    wholes: list[str]  # titles as their exact words, to meet a question that is just that
    prefixes: str
    openings: str
    source: str
    fragments: str

    @property
    def suggested(self) -> float:
        """Its place in the list below the search box, among what begins as typed."""
        return self.prior * SUGGESTED.get(self.kind, 1.0)


@dataclass(frozen=True)
class Prepared(Document):
    """A document that another process analysed; its texts stayed there."""

    entry: Entry | None = None


def prepared(document: Document) -> Prepared:
    """The document as it travels between processes."""
    return Prepared(document.kind, document.id, (), entry=entry_of(document))


def key_of(kind: str, id: str) -> str:
    """The one identity of an object in an index."""
    return f"{kind}:{id}"


def split_key(key: str) -> tuple[str, str]:
    """(kind, id) of a key."""
    kind, _, id = key.partition(":")
    return kind, id


def entry_of(document: Document) -> Entry:
    """Analyse a document: everything that any engine needs of it."""
    if isinstance(document, Prepared) and document.entry is not None:
        return document.entry
    texts = [_printable(text) for text in document.texts]
    fragments = list(_fragments(document, texts))
    title, keyword, people, body = _Field(), _Field(), _Field(), _Field()
    titles = _suggestable(document.kind, texts)
    names = [line(text, language) for text, language in titles]
    for found in names[: len(texts)]:
        title.add(found)
    for text in texts:
        for word in text.keywords:
            keyword.add(line(word, text.language))
    for name in document.people:
        people.add(name_line(name))
    lines = [line(text, language) for language, _, text in fragments]
    for found in lines:
        body.add(found)
    fields = {
        "title": title,
        "label": _labels(document.labels),
        "keyword": keyword,
        "people": people,
        "body": body,
    }
    return Entry(
        key=key_of(document.kind, document.id),
        kind=document.kind,
        fields={name: list(found.forms) or [ABSENT] for name, found in fields.items()}
        | {f"{name}_exact": list(found.exact) or [ABSENT] for name, found in fields.items()},
        facets=_facets(document),
        prior=prior(
            confirmed=document.confirmed,
            updated=document.updated,
            available=document.available,
            kind=document.kind,
        ),
        updated=int(document.updated.timestamp()) if document.updated else 0,
        starts=_timestamp(document.starts) if document.starts else NO_START,
        wholes=list(dict.fromkeys([found.exact[:LONGEST_WHOLE] for found in names])),
        prefixes=beginnings(titles),
        openings=openings(titles),
        source=_with_digest(document, _dump(_source(document, texts))),
        fragments=_dump([fragments, [found.forms for found in lines]]),
    )


def _printable(text: Text) -> Text:
    whole = "\n".join((text.title, text.summary, text.body, *text.keywords))
    if printable(whole) == whole:
        return text
    title, summary, body = printable(text.title), printable(text.summary), printable(text.body)
    keywords = tuple(map(printable, text.keywords))
    return replace(text, title=title, summary=summary, body=body, keywords=keywords)


class _Field:
    """What one field holds, value by value: all forms of its words, and their exact forms."""

    __slots__ = ("exact", "forms")

    def __init__(self) -> None:
        self.forms: list[str] = []
        self.exact: list[str] = []

    def add(self, found: Line) -> None:
        """One more value; the same name in every language of the interface is one name."""
        exact, forms = found
        if exact and exact not in self.exact:
            self.exact.append(exact)
            self.forms.append(forms)


@lru_cache(maxsize=5_000)
def _labels(labels: tuple[Label, ...]) -> _Field:
    """The words of labels; the same few stand together on many objects."""
    field = _Field()
    for label in dict.fromkeys(labels):
        field.add(line(printable(label.text), label.language))
    return field


def _facets(document: Document) -> dict[str, list[str]]:
    given = document.facets
    facets = {name: _each_once(given[name]) for name in FACETS if given.get(name) and name != "kind"}
    facets["capacity"] = _each_once((*document.capacities, *document.broader))
    facets["direct"] = _each_once(document.capacities)
    if "language" not in given:
        facets["language"] = _each_once([text.language for text in document.texts])
    return facets


def _each_once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _fragments(document: Document, texts: Sequence[Text]) -> Iterator[tuple[str, float | None, str]]:
    """(language, start in seconds or None, text): summaries first, then the body, then what is said."""
    for text in texts:
        if text.summary:
            yield text.language, None, text.summary
    for text in texts:
        for piece in pieces(text.body):
            yield text.language, None, piece
    for passage in document.passages:
        if passage.text:
            yield passage.language, float(passage.start), printable(passage.text)


def pieces(body: str) -> Iterator[str]:
    """A body in pieces of one or a few sentences, short enough to be shown whole."""
    shortest, longest = _FRAGMENT
    held = ""
    for sentence in _SENTENCE.split(body):
        sentence = sentence.strip()
        if held and len(held) + len(sentence) > longest:
            yield held
            held = ""
        held = f"{held} {sentence}" if held and sentence else held or sentence
        while len(held) > longest:
            cut = held.rfind(" ", shortest, longest)
            cut = cut if cut > 0 else longest
            yield held[:cut]
            held = held[cut:].strip()
        if len(held) >= shortest:
            yield held
            held = ""
    if held:
        yield held


def _suggestable(kind: str, texts: Sequence[Text]) -> list[tuple[str, str]]:
    titles = [(text.title, text.language) for text in texts]
    if kind == "capacity":  # its keywords are alternative labels, other names of the same thing
        titles += [(word, text.language) for text in texts for word in text.keywords]
    return titles


def _timestamp(day: date) -> int:
    if not isinstance(day, datetime):
        day = datetime.combine(day, time(), tzinfo=UTC)
    return int(day.timestamp())


def digest_of(document: Document) -> str:
    """A few letters that tell whether an index holds the document as it is: all of it, not only what is shown."""
    return _digest(document, _dump(_source(document, [_printable(text) for text in document.texts])))


def _digest(document: Document, source: str) -> str:
    found = blake2b(source.encode(), digest_size=9)
    for text in document.texts:
        found.update("\0".join((text.body, *text.keywords)).encode(errors="replace"))
    found.update("\0".join([part for label in document.labels for part in label]).encode(errors="replace"))
    for passage in document.passages:
        found.update(f"{passage.language} {passage.start} {passage.text}".encode(errors="replace"))
    return found.hexdigest()


def _with_digest(document: Document, source: str) -> str:
    return f'{source[:-1]},"digest":"{_digest(document, source)}"}}'


def _source(document: Document, texts: Sequence[Text]) -> dict[str, Any]:
    return {
        "kind": document.kind,
        "id": document.id,
        "url": document.url,
        "texts": [(text.language, text.title, text.summary, text.url) for text in texts],
        "capacities": document.capacities,
        "broader": document.broader,
        "facets": {name: list(values) for name, values in document.facets.items()},
        "people": document.people,
        "updated": document.updated.isoformat() if document.updated else None,
        "confirmed": document.confirmed.isoformat() if document.confirmed else None,
        "starts": document.starts.isoformat() if document.starts else None,
        "minutes": document.minutes,
        "available": document.available,
        "card": dict(document.card),
    }


def _dump(content: object) -> str:
    # default=str: a room may put a lazy translation or a date on a card.
    return orjson.dumps(content, default=str).decode()
