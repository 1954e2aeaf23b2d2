"""What is stored of a document: its words for each field, and the original for display.

The same for every engine: fields of words joined by spaces, values of facets, numbers for order, and two
pieces of JSON, one to show a result and one to find its best passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import orjson

from search.analysis import printable
from search.analysis.tokens import Line, beginnings, line, name_line, openings
from search.engines.weights import prior, suggested
from search.types import CAPACITY, FACETS, Document, Label, Text

SCHEMA_VERSION = "v10"  # raise it with every change of fields or analysis: the index is then rebuilt
# Stands in a field without words; no question has it. Engines differ in whether they count objects that lack
# a field when they weigh how rare a word is there: when every object has every field, they agree.
ABSENT = "·"
APART = f" {ABSENT} "  # and between two values of a field, so that no phrase reaches from one into the next
_END = re.compile(r"[.!?؟।。！？\n]\s*")  # of a sentence, where a blank or nothing needs to follow
_ENDS_ALONE = "。！？\n"
_FRAGMENT = (80, 300)  # characters: short sentences are joined up to the first, long ones cut at the second
# Where spelling is learned: names, no running text.
SPELLED = tuple(f"{name}_exact" for name in ("title", "label", "keyword", "people"))
NO_START = 2**40  # sorts what never starts after what does
_GIVEN = frozenset(FACETS) - {"kind"}


@dataclass
class Entry:
    """A document as an engine stores it."""

    key: str
    kind: str
    fields: dict[str, str]  # "title", "title_exact", …: words
    facets: dict[str, list[str]]
    prior: float
    updated: int
    starts: int
    wholes: list[str]  # of the words of each title, see `whole_of`
    prefixes: str
    openings: str
    source: bytes
    fragments: bytes

    @property
    def suggested(self) -> float:
        """Its place in the list below the search box, among what begins as typed."""
        return suggested(self.prior, self.kind)


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


def whole_of(exact: str) -> str:
    """What stands for all the words of a title, to meet a question that is just that."""
    return blake2b(exact.encode(), digest_size=6).hexdigest()


def entry_of(document: Document) -> Entry:
    """Analyse a document: everything that any engine needs of it."""
    if isinstance(document, Prepared) and document.entry is not None:
        return document.entry
    texts = [_printable(text) for text in document.texts]
    fragments = list(_fragments(document, texts))
    titles = _suggestable(document.kind, texts)
    names = [line(text, language) for text, language in titles]
    lines = [line(text, language) for language, _, text in fragments]
    fields: dict[str, str] = {}
    _put(fields, "title", names[: len(texts)])
    fields["label"], fields["label_exact"] = _labels(document.labels)
    _put(fields, "keyword", [line(word, text.language) for text in texts for word in text.keywords])
    _put(fields, "people", [name_line(name) for name in document.people])
    _put(fields, "body", lines)
    return Entry(
        key=key_of(document.kind, document.id),
        kind=document.kind,
        fields=fields,
        facets=_facets(document),
        prior=prior(
            confirmed=document.confirmed,
            updated=document.updated,
            available=document.available,
            kind=document.kind,
        ),
        updated=int(document.updated.timestamp()) if document.updated else 0,
        starts=_timestamp(document.starts) if document.starts else NO_START,
        wholes=[whole_of(exact) for exact in dict.fromkeys([exact for exact, _ in names]) if exact],
        prefixes=beginnings(titles),
        openings=openings(titles),
        source=_with_digest(document, _dump(_source(document, texts))),
        fragments=_dump([fragments, [forms for _, forms in lines]]),
    )


def _printable(text: Text) -> Text:
    whole = "\n".join((text.title, text.summary, text.body, *text.keywords))
    if printable(whole) == whole:
        return text
    title, summary, body = printable(text.title), printable(text.summary), printable(text.body)
    keywords = tuple(map(printable, text.keywords))
    return replace(text, title=title, summary=summary, body=body, keywords=keywords)


def _put(fields: dict[str, str], name: str, values: Sequence[Line]) -> None:
    """Fill a field and its exact twin."""
    fields[name], fields[f"{name}_exact"] = _field(values)


def _field(values: Sequence[Line]) -> tuple[str, str]:
    """All forms of the words of some values, and their exact forms.

    The same name in every language of the interface is one name.
    """
    found: dict[str, str] = {}
    for exact, forms in values:
        found.setdefault(exact, forms)
    found.pop("", None)
    return " ".join(found.values()) or ABSENT, APART.join(found) or ABSENT


@lru_cache(maxsize=20_000)
def _labels(labels: tuple[Label, ...]) -> tuple[str, str]:
    """The field of labels; the same few stand together on many objects."""
    return _field([_label(label) for label in labels])


@lru_cache(maxsize=20_000)
def _label(label: Label) -> Line:
    return line(printable(label.text), label.language)


def _facets(document: Document) -> dict[str, list[str]]:
    given = document.facets
    facets = {name: _each_once(values) for name, values in given.items() if values and name in _GIVEN}
    facets["capacity"] = _each_once((*document.capacities, *document.broader))
    facets["direct"] = _each_once(document.capacities)
    if "language" not in given:
        facets["language"] = _each_once([text.language for text in document.texts])
    return facets


def _each_once(values: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(values) if len(values) > 1 else values)


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
    for sentence in _sentences(body):
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


def _sentences(body: str) -> Iterator[str]:
    begin = 0
    for found in _END.finditer(body):
        at, end = found.span()
        if end > at + 1 or body[at] in _ENDS_ALONE:
            yield body[begin : at + 1]
            begin = end
    yield body[begin:]


def _suggestable(kind: str, texts: Sequence[Text]) -> list[tuple[str, str]]:
    titles = [(text.title, text.language) for text in texts]
    if kind == CAPACITY:  # its keywords are alternative labels, other names of the same thing
        titles += [(word, text.language) for text in texts for word in text.keywords]
    return titles


def _timestamp(day: date) -> int:
    if not isinstance(day, datetime):
        day = datetime.combine(day, time(), tzinfo=UTC)
    return int(day.timestamp())


def digest_of(document: Document) -> str:
    """A few letters that tell whether an index holds the document as it is: all of it, not only what is shown."""
    return _digest(document, _dump(_source(document, [_printable(text) for text in document.texts])))


def _digest(document: Document, source: bytes) -> str:
    parts: list[str] = []
    for text in document.texts:
        parts += (text.body, *text.keywords)
    for label in document.labels:
        parts += label
    for passage in document.passages:
        parts += (passage.language, str(passage.start), passage.text)
    return blake2b(source + "\0".join(parts).encode(errors="replace"), digest_size=9).hexdigest()


def _with_digest(document: Document, source: bytes) -> bytes:
    return b'%b,"digest":"%b"}' % (source[:-1], _digest(document, source).encode())


def _source(document: Document, texts: Sequence[Text]) -> dict[str, Any]:
    return {
        "kind": document.kind,
        "id": document.id,
        "url": document.url,
        "texts": [(text.language, text.title, text.summary, text.url) for text in texts],
        "capacities": document.capacities,
        "broader": document.broader,
        "facets": dict(document.facets),
        "people": document.people,
        "updated": document.updated,
        "confirmed": document.confirmed,
        "starts": document.starts,
        "minutes": document.minutes,
        "available": document.available,
        "card": dict(document.card),
    }


def _dump(content: object) -> bytes:
    # default=str: a room may put a lazy translation on a card.
    return orjson.dumps(content, default=str)
