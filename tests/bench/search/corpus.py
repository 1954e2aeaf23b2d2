"""A directory that nobody wrote: documents in ten languages, with words and values as skewed as real ones.

Words follow Zipf's law in each language: the commonest stands in every second text, most stand in a few. So do
capacities, regions and countries. Everything follows from the number of the document, so that any part
can be made again, in any process, without being stored.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate

from search.types import Document, Label, Passage, Text

CHUNK = 500  # documents made from one seed
VOCABULARY = 20_000  # words of a language; above a million documents hardly grow it
LANGUAGES = {"en": 46, "es": 13, "fr": 10, "ar": 6, "ru": 6, "de": 6, "pt": 5, "zh": 4, "hi": 2, "sw": 2}
KINDS = {
    "person": 34,
    "offer": 22,
    "need": 12,
    "lesson": 9,
    "recording": 5,
    "page": 5,
    "mentor": 4,
    "course": 3,
    "organisation": 3,
    "grant": 2,
    "capacity": 1,
}
CAPACITIES = 250
LABELLED = ("en", "es", "fr", "ar")
REGIONS, COUNTRIES, SPOKEN = 24, 180, 40
FORMATS = ("writing", "call", "live", "visit")
LENGTHS = ("short", "medium", "long")
ASSETS = ("skill", "service", "resource", "tool", "finance")
NEWEST = datetime(2026, 11, 1, tzinfo=UTC)
_SYLLABLES = {
    "ar": "با تم سل كر من دي فو قا لي نو را هم عب جم شك",
    "ru": "ба ве го до жи за ка лю мо не по ра со ту чи ше",
    "hi": "का मि रो ता नी सू पे ला वि गा दो शे",
    "zh": " ".join("人山水学文心知工会金交法正志愿作信技力通社区开放共享组织培训合"),
}
_LATIN = "ba ce di fo gu ha li mo na pe ri sa to ve wi ka lu ne ro ti su ma den ter con pro lan mar"
_ENDINGS = {
    "en": ("", "", "s", "ing", "ed", "tion", "er"),
    "es": ("a", "o", "as", "os", "ción", "ar", "ando"),
    "fr": ("e", "es", "er", "ment", "tion", "é"),
    "de": ("en", "er", "ung", "ungen", "e"),
    "pt": ("a", "o", "ção", "ar", "ndo"),
    "ru": ("а", "ы", "ов", "ами", "ение", "ий"),
    "ar": ("", "", "ة", "ات", "ين"),
}


@lru_cache(maxsize=16)
def vocabulary(language: str) -> tuple[str, ...]:
    """The words of a language, the commonest first; about as long as real ones."""
    draw = random.Random(f"words of {language}")
    syllables, endings = _SYLLABLES.get(language, _LATIN).split(), _ENDINGS.get(language, ("",))
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        # Common words are short: one more syllable for each tenfold of the rank.
        size = draw.randint(1, 2) + len(str(len(found) // 20))
        word = "".join(draw.choice(syllables) for _ in range(size)) + draw.choice(endings)
        found.setdefault(f"ال{word}" if language == "ar" and draw.random() < 0.3 else word)
    return tuple(found)


@lru_cache(maxsize=16)
def _steps(size: int, flat: int = 3) -> tuple[float, ...]:
    """Cumulated weights of Zipf's law, flattened at the top as texts without their small words are."""
    return tuple(accumulate(1.0 / (rank + flat) for rank in range(size)))


def _ranks(draw: random.Random, size: int, count: int, flat: int = 3) -> list[int]:
    steps = _steps(size, flat)
    top = steps[-1]
    return [bisect(steps, draw.random() * top) for _ in range(count)]


def _sentence(draw: random.Random, language: str, count: int) -> str:
    known = vocabulary(language)
    words = [known[rank] for rank in _ranks(draw, VOCABULARY, count)]
    if language == "zh":
        return "".join(words)
    return " ".join(words).capitalize()


def _prose(draw: random.Random, language: str, count: int) -> str:
    sentences = []
    while count > 0:
        sentences.append(_sentence(draw, language, min(draw.randint(6, 16), count)))
        count -= 16
    return "。".join(sentences) + "。" if language == "zh" else ". ".join(sentences) + "."


def _name(draw: random.Random) -> str:
    """Of some thousand given and family names, the common ones common."""
    known = vocabulary("sw")
    return f"{known[_ranks(draw, 800, 1)[0]]} {known[-1 - _ranks(draw, 5000, 1)[0]]}".title()


@lru_cache(maxsize=CAPACITIES)
def labels(capacity: int) -> tuple[Label, ...]:
    """The names of a capacity in the languages it was translated into."""
    draw = random.Random(f"capacity {capacity}")
    return tuple(Label(language, _sentence(draw, language, draw.randint(1, 3))) for language in LABELLED)


def parents(capacity: int) -> list[int]:
    """The broader capacities, nearest first; the tree has three levels."""
    found = []
    while capacity >= 10 and len(found) < 2:
        capacity = capacity // 5 if capacity < 50 else capacity // 6
        found.append(capacity)
    return found


def _texts(draw: random.Random) -> tuple[Text, ...]:
    codes = draw.choices(tuple(LANGUAGES), tuple(LANGUAGES.values()), k=2 if draw.random() < 0.2 else 1)
    texts = []
    for language in dict.fromkeys(codes):
        body = _prose(draw, language, min(int(draw.lognormvariate(3.2, 0.7)), 300))
        keywords = tuple(_sentence(draw, language, 1) for _ in range(draw.randint(0, 2)))
        title = _sentence(draw, language, draw.randint(2, 6))
        texts.append(Text(language, title, _sentence(draw, language, 12), body, keywords))
    return tuple(texts)


def _facets(draw: random.Random, texts: tuple[Text, ...]) -> dict[str, tuple[str, ...]]:
    spoken = [f"l{rank:02}" for rank in _ranks(draw, SPOKEN, draw.randint(0, 2), 1)]
    return {
        "language": tuple(dict.fromkeys((*(text.language for text in texts), *spoken))),
        "region": (f"region-{_ranks(draw, REGIONS, 1, 2)[0]}",),
        "country": (f"c{_ranks(draw, COUNTRIES, 1, 2)[0]}",),
        "format": tuple(draw.sample(FORMATS, draw.randint(1, 2))),
        "length": (draw.choice(LENGTHS),),
        "asset": (draw.choice(ASSETS),),
    }


def _document(draw: random.Random, number: int) -> Document:
    kind = draw.choices(tuple(KINDS), tuple(KINDS.values()))[0]
    texts = _texts(draw)
    own = list(dict.fromkeys(_ranks(draw, CAPACITIES, draw.randint(1, 2), 4)))
    broader = list(dict.fromkeys(above for capacity in own for above in parents(capacity)))
    spoken = texts[0].language if kind == "recording" else ""
    changed = NEWEST - timedelta(days=int(draw.expovariate(1 / 500)))
    return Document(
        kind=kind,
        id=str(number),
        texts=texts,
        url=f"/en/{kind}/{number}/",
        capacities=tuple(f"capacity-{capacity}" for capacity in own),
        broader=tuple(f"capacity-{capacity}" for capacity in broader),
        labels=tuple(label for capacity in (*own, *broader) for label in labels(capacity)),
        facets=_facets(draw, texts),
        passages=tuple(
            Passage(spoken, 20.0 * n, _sentence(draw, spoken, 12)) for n in range(5 if spoken else 0)
        ),
        people=(_name(draw),) if kind in ("person", "recording", "mentor") else (),
        updated=changed,
        confirmed=changed.date() if kind in ("person", "offer", "need") else None,
        starts=date(2026, 11, 1) + timedelta(days=draw.randint(-300, 300)) if kind == "course" else None,
        available=draw.random() < 0.9,
        card={"facts": {"en": ["35 minutes"]}},
    )


def documents(start: int, stop: int) -> Iterator[Document]:
    """The documents from number `start` to before `stop`."""
    for first in range(start - start % CHUNK, stop, CHUNK):
        draw = random.Random(f"documents from {first}")
        for number in range(first, first + CHUNK):
            document = _document(draw, number)
            if start <= number < stop:
                yield document
