"""Which texts of an object become vectors: few, and never more than MOST."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from search.analysis import printable
from search.engines.index_schema import pieces
from search.semantic.languages import is_known
from search.semantic.model import NAME
from search.types import Document, Text

MOST = 32  # vectors of one object: three seconds of one core, 12 kB
LANGUAGES = 2  # texts of one object looked at: the model needs no translations, English and the first do
SHORTEST, LONGEST = 400, 1_000  # characters of a piece; the model reads about 1,500
KEYWORDS = 8  # of a text, behind its title: other names of the same thing


def meanings(document: Document) -> list[str]:
    """The texts of a document that stand for what it means, in order and each once.

    Title, summary and keywords of each of its languages, then the body and what is said, cut into pieces that
    grow with the length of the whole. What is longer than MOST pieces of LONGEST is left to the words.
    """
    texts = _texts(document)
    heads = [head for text in texts if (head := _head(text))]
    spoken: dict[str, list[str]] = {}
    for passage in document.passages:
        if is_known(passage.language):
            spoken.setdefault(passage.language, []).append(printable(passage.text))
    bodies = [printable(text.body) for text in texts if text.body]
    bodies += [" ".join(said) for said in list(spoken.values())[:LANGUAGES]]
    room = MOST - len(heads)
    size = min(max(sum(map(len, bodies)) // room, SHORTEST), LONGEST)
    found = [*heads, *(piece for body in bodies for piece in _joined(pieces(body), size))]
    return list(dict.fromkeys(found))[:MOST]


def digest(text: str) -> str:
    """What tells one text, read by one model, from all others."""
    return hashlib.blake2b(f"{NAME}\n{text}".encode(), digest_size=16).hexdigest()


def _texts(document: Document) -> list[Text]:
    """At most LANGUAGES of the texts: English and the first of the others."""
    known = [text for text in document.texts if is_known(text.language)]
    known.sort(key=lambda text: not text.language.lower().startswith("en"))
    return known[:LANGUAGES]


def _head(text: Text) -> str:
    parts = (text.title, text.summary, ", ".join(text.keywords[:KEYWORDS]))
    return printable(". ".join(part for each in parts if (part := each.strip(" ."))))[:LONGEST]


def _joined(found: Iterable[str], size: int) -> Iterator[str]:
    """Neighbouring pieces together until they have `size` characters."""
    held = ""
    for piece in found:
        if held and len(held) + len(piece) > size:
            yield held
            held = ""
        held = f"{held} {piece}".strip()
    if held:
        yield held
