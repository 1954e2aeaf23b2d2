"""The whole taxonomy's labels and ancestors in memory, for work over many objects at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import uuid4

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Max

from directory.constants import TextRole
from directory.models import Capacity, CapacityText
from directory.models.capacity import in_language, slug_in_words
from search.models import OutboxEntry
from search.types import Label

VERSION_KEY = "directory:taxonomy"
VERSION_SECONDS = 300  # a change that nobody told of is seen after this long at the latest


MOST_DIGITS = 18  # of a key; no more than a database's whole numbers hold


class Labels:
    """Slugs, places and labels of all capacities, read in two queries. Ten thousand rows take a second: keep it."""

    def __init__(self) -> None:
        steplen = Capacity.steplen
        self._slug: dict[int, str] = {}
        self._key: dict[str, int] = {}
        self._below: dict[str, list[str]] = {}
        self._above: dict[str, tuple[str, ...]] = {}
        self._preferred: dict[str, dict[str, str]] = {}
        self._all: dict[str, list[Label]] = {}
        self._folded: dict[str, str] = {}
        by_path: dict[str, str] = {}
        for pk, slug, path in Capacity.objects.order_by("path").values_list("pk", "slug", "path"):
            self._slug[pk], self._key[slug] = slug, pk
            by_path[path] = slug
            steps = range(steplen, len(path), steplen)
            above = tuple(by_path[path[:end]] for end in steps if path[:end] in by_path)
            self._above[slug] = above
            self._below.setdefault(above[-1] if above else "", []).append(slug)
        texts = CapacityText.objects.exclude(role=TextRole.DEFINITION).order_by("pk")
        for pk, language, role, text in texts.values_list("capacity_id", "language", "role", "text"):
            slug = self._slug.get(pk)
            if slug is None:
                continue
            self._all.setdefault(slug, []).append(Label(language, text))
            if role == TextRole.PREFERRED:
                self._preferred.setdefault(slug, {})[language] = text

    def preferred(self, slug: str) -> Iterable[str]:
        """The preferred labels in all languages."""
        return self._preferred.get(slug, {}).values()

    def names(self, slug: str) -> Iterable[str]:
        """All labels in all languages, also the hidden ones."""
        return (label.text for label in self._all.get(slug, ()))

    def slug_of(self, capacity_id: int) -> str:
        """The slug of a primary key, "" where there is none."""
        return self._slug.get(capacity_id, "")

    def slug_of_key(self, key: str) -> str:
        """The slug of a primary key as a request sends it, "" where it is none."""
        return self.slug_of(int(key)) if key.isdecimal() and len(key) <= MOST_DIGITS else ""

    def key_of(self, slug: str) -> int:
        """The primary key of a slug that is here."""
        return self._key[slug]

    def above(self, slug: str) -> tuple[str, ...]:
        """All broader capacities of one, outermost first."""
        return self._above.get(slug, ())

    def broader(self, slugs: Iterable[str]) -> tuple[str, ...]:
        """All broader capacities of several, each once."""
        return tuple(dict.fromkeys(above for slug in slugs for above in self.above(slug)))

    def all_slugs(self) -> tuple[str, ...]:
        """Every capacity, in the order of the tree."""
        return tuple(self._above)

    def roots(self) -> tuple[str, ...]:
        """The capacities that belong to no other."""
        return tuple(self._below.get("", ()))

    def children(self, slug: str) -> tuple[str, ...]:
        """The capacities one level below, in the order of the tree."""
        return tuple(self._below.get(slug, ()))

    def narrower(self, slug: str) -> tuple[str, ...]:
        """All capacities below one."""
        found: list[str] = []
        waiting = list(reversed(self._below.get(slug, ())))
        while waiting:
            here = waiting.pop()
            found.append(here)
            waiting += reversed(self._below.get(here, ()))
        return tuple(found)

    def named(self, words: str) -> Iterator[str]:
        """The capacities in whose names (any language, hidden ones, the slug) all words occur, in the order of the
        tree; first those where they begin a word of a name."""
        wanted = words.casefold().split()
        if not self._folded:
            self._folded = {
                slug: " ".join(["", slug, *(label.text for label in self._all.get(slug, ()))]).casefold()
                for slug in self._above
            }
        found = [slug for slug, names in self._folded.items() if all(word in names for word in wanted)]
        return iter(
            sorted(found, key=lambda slug: not all(f" {word}" in self._folded[slug] for word in wanted))
        )

    def label(self, slug: str, language: str) -> str:
        """The label in a language, else in English, else in any, else the slug in words, as of a Capacity."""
        return in_language(self._preferred.get(slug, {}), language) or slug_in_words(slug)

    def trail(self, slugs: Iterable[str], language: str) -> str:
        """The labels of capacities that lie below each other, in one line, the outermost first."""
        return " › ".join(self.label(slug, language) for slug in slugs)

    def texts(self, slugs: Iterable[str]) -> tuple[Label, ...]:
        """All labels in all languages of the capacities, and the preferred ones of what they belong to."""
        own = [label for slug in slugs for label in self._all.get(slug, [])]
        wider = [
            Label(language, text)
            for slug in self.broader(slugs)
            for language, text in self._preferred.get(slug, {}).items()
        ]
        return tuple(dict.fromkeys([*own, *wider]))


_kept: tuple[tuple[str, int | None], Labels] | None = None
_held: tuple[str, Labels] | None = None


def all_labels() -> Labels:
    """The taxonomy as it is in the database now, for whatever is written down (documents, imports).

    Kept from one drain of the outbox to the next while nothing in it was changed. The version of the cache is taken
    away a moment after a change is committed, which is too late for a drain that begins in between; but every change
    announces the capacities that it touches in its own transaction, so the last of these rows tells at once. Inside a
    transaction the reading is fresh.
    """
    global _kept
    if connection.in_atomic_block:
        return Labels()
    last = OutboxEntry.objects.filter(kind="capacity").aggregate(last=Max("pk"))["last"]
    now = (_version(), last)
    kept = _kept
    if kept is None or kept[0] != now:
        kept = _kept = (now, Labels())
    return kept[1]


def known_labels() -> Labels:
    """The taxonomy as this process read it last, for pages: no query while nothing was changed.

    All processes share one version in the cache, which every change takes away once it is committed. Inside a
    transaction the reading is fresh, since that may hold changes that nobody else has seen.
    """
    global _held
    if connection.in_atomic_block:
        return Labels()
    version, held = _version(), _held
    if held is None or held[0] != version:
        held = _held = (version, Labels())
    return held[1]


def _version() -> str:
    version = cache.get(VERSION_KEY)
    if version is None:
        # add: two processes that find nothing agree on the first one's version.
        cache.add(VERSION_KEY, uuid4().hex, VERSION_SECONDS)
        version = cache.get(VERSION_KEY, "")
    return str(version)


def taxonomy_changed() -> None:
    """Every process reads the taxonomy anew, as soon as the transaction of the change is committed."""
    transaction.on_commit(lambda: cache.delete(VERSION_KEY))
