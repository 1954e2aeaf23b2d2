"""Comparing the index with the database: what is missing, what is too many, what is not as it is now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.conf import settings

from search.documents import DocumentType, document_types
from search.engines.base import Engine
from search.engines.factory import current_engine
from search.engines.index_schema import digest_of
from search.indexing.fan_out import fan_out
from search.indexing.updates import documents_of
from search.models import OutboxEntry
from search.outbox import announce

FEW = 20  # things, which a rebuild is not worth
CHUNK = 200  # objects compared with one set of queries
Key = tuple[str, str]
Progress = Callable[[str], None]


def set_aside_if_lost(engine: Engine) -> str:
    """Take an index that lacks most of what there is out of use, so that nobody is told there is nothing; why, or "".

    A disk that was restored, or a folder emptied in part, leaves such a one. What waits in the outbox is no loss.
    Raises EngineError.
    """
    found = engine.status()
    wanted = sum(_count(made) for made in document_types().values()) - OutboxEntry.objects.pending().count()
    if wanted < FEW or found.documents * 2 >= wanted:
        return ""
    engine.set_aside(found.generation)
    return f"The search index held {found.documents} of {wanted} things. It is built anew."


def _count(made: DocumentType) -> int:
    plain = made.plain()
    if plain is None:
        return sum(1 for _ in made.ids())
    return plain.rows.order_by().values(plain.key).distinct().count()


@dataclass
class Verification:
    """What the index lacks, what it should not have, and what it holds in an older state, as (kind, id).

    Changes that wait in the outbox are no difference: they are on their way.
    """

    missing: list[Key] = field(default_factory=list)
    surplus: list[Key] = field(default_factory=list)
    stale: list[Key] = field(default_factory=list)
    known: int = 0

    @property
    def agrees(self) -> bool:
        """Whether the index is what the database says."""
        return not self.differing

    @property
    def differing(self) -> list[Key]:
        """Every difference."""
        return [*self.missing, *self.surplus, *self.stale]


def verify(
    *,
    mend: bool = False,
    content: bool = True,
    engine: Engine | None = None,
    progress: Progress = lambda line: None,
) -> Verification:
    """Compare database and index; `mend` announces every difference to the outbox.

    `content` compares the documents themselves, which makes each of them anew; without it only which
    objects there are. What waits in the outbox is left out; drain first. Raises EngineError.
    """
    engine = engine or current_engine()
    fan_out()
    waiting = set(OutboxEntry.objects.pending().values_list("kind", "object_id"))
    there = set(engine.keys())
    found, wanted = Verification(known=len(there)), set[Key]()
    for kind, made in document_types().items():
        count = 0
        for ids in chunks(made.ids()):
            keys = {(kind, id) for id in ids}
            wanted |= keys
            count += len(keys)
            found.missing += sorted(keys - there - waiting)
            if content:
                found.stale += _stale(kind, sorted(id for _kind, id in (keys & there) - waiting), engine)
            if count % 5000 < CHUNK <= count:
                progress(f"{kind}: {count} compared so far")
        progress(f"{kind}: {count} compared")
    found.surplus = sorted(there - wanted - waiting)
    if mend:
        _announce(found.differing)
    return found


def compare_some(kind: str, begin: int, most: int, *, engine: Engine | None = None) -> tuple[list[Key], bool]:
    """Compare the content of the `most` objects of a kind from number `begin` on, and announce what differs.

    Answers (differences, whether there may be more). For a nightly job in pieces: what is saved meanwhile
    may move an object past us; the next night finds it.
    """
    engine = engine or current_engine()
    made = document_types()[kind]
    fan_out()
    stale: list[Key] = []
    count = 0
    for ids in chunks(islice(made.ids(), begin, begin + most)):
        count += len(ids)
        stale += _stale(kind, ids, engine, only_there=True)
    waiting = set(OutboxEntry.objects.open_for(stale).values_list("kind", "object_id")) if stale else set()
    stale = [key for key in stale if key not in waiting]
    _announce(stale)
    return stale, count == most


def chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    """Ids in pieces, each of them once in its piece."""
    remaining = iter(ids)
    while chunk := [str(id) for id in islice(remaining, CHUNK)]:
        yield list(dict.fromkeys(chunk))


def _stale(kind: str, ids: Sequence[str], engine: Engine, *, only_there: bool = False) -> list[Key]:
    """Those of these ids that the index holds otherwise than the database says.

    With `only_there` an id that the index lacks is no matter. What cannot be made is in the outbox.
    """
    if not ids:
        return []
    documents, failed = documents_of(kind, ids)
    held = {
        hit.id: hit.digest
        for hit in engine.fetch([(kind, id) for id in ids], language=settings.LANGUAGE_CODE)
    }
    _announce_new([(kind, id) for id in failed])
    return [
        (kind, id)
        for id in ids
        if id not in failed
        and (id in held or not only_there)
        and (id not in documents or digest_of(documents[id]) != held.get(id))
    ]


def _announce_new(keys: Sequence[Key]) -> None:
    """What could not be made goes to the outbox, unless it waits or was given up there already."""
    known = set(OutboxEntry.objects.open_for(keys).values_list("kind", "object_id")) if keys else set()
    _announce([key for key in keys if key not in known])


def _announce(keys: Iterable[Key]) -> None:
    by_kind: dict[str, list[str]] = {}
    for kind, id in keys:
        by_kind.setdefault(kind, []).append(id)
    for kind, ids in by_kind.items():
        announce(kind, ids)
