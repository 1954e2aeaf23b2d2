"""Bringing the index up to date: drain the outbox, rebuild beside and swap, compare and mend."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillSilent
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone, translation

from search import semantic
from search.circuit_breaker import current_breaker
from search.documents import document_type, document_types
from search.engines.base import Engine, Rebuilding, Writing
from search.engines.factory import current_engine
from search.engines.index_schema import digest_of
from search.errors import EngineError, place_of
from search.indexing.fan_out import fan_out
from search.indexing.parallel import Builders, Made
from search.models import KEPT_DONE, MOST_BEGUN, OutboxEntry
from search.outbox import announce, forget_announced, is_late
from search.semantic import tasks as semantic_jobs
from search.signals import index_changed
from search.types import Change, Document, EngineStatus

logger = logging.getLogger(__name__)
BATCH = 500  # outbox rows a commit of the index; small enough that a change is visible within a second
CHUNK = 200  # documents built with one set of queries during a rebuild
Progress = Callable[[str], None]
Key = tuple[str, str]


@dataclass(frozen=True)
class Status:
    """The state of index and outbox, for the command, the health page and the start of the site."""

    built: bool
    engine: EngineStatus | None
    error: str
    pending: int
    dead: int
    oldest_seconds: float
    meanings: int | None = None  # texts whose meaning is still to be computed; None with the extra off


@dataclass
class _Outcome:
    """What became of one batch."""

    failed: dict[Key, str] = field(default_factory=dict)
    # Kinds of which a document is now another one than the index had.
    changed: set[str] = field(default_factory=set)


def drain(
    *, engine: Engine | None = None, within: float | None = None, progress: Progress = lambda line: None
) -> int:
    """Write everything that waits in the outbox into the index; returns how many objects.

    Safe to run at any time and in several processes: each takes its turn, reads the objects after
    it got the turn, and marks the rows when they are durable in the index. `within` stops after so
    many seconds, for a job with little time; what is left waits. Raises EngineError when the engine
    cannot be written; the rows then wait untouched.
    """
    engine = engine or current_engine()
    written, began, kinds, late = 0, time.monotonic(), set[str](), set[str]()
    while OutboxEntry.objects.due().exists():
        with engine.writing() as writing:
            fan_out()
            batch = _next_batch()
            keys = list(dict.fromkeys((entry.kind, entry.object_id) for entry in batch))
            if not keys:
                continue
            # Read before the objects are: what is announced after this may not be in what we write.
            rows = list(OutboxEntry.objects.open_for(keys))
            versions = {(entry.kind, entry.object_id): entry.pk for entry in rows}
            try:
                outcome = _write_batch(writing, keys, versions, _held(engine, keys))
            except BaseException:
                # The engine's fault, or somebody stopped us; only a death in silence counts against a row.
                OutboxEntry.objects.filter(pk__in=[entry.pk for entry in batch]).update(begun=0)
                raise
            _mark(rows, outcome)
            forget_announced()
            kinds |= outcome.changed
            late |= outcome.changed & {row.kind for row in rows if is_late(row)}
            written += len(keys) - len(outcome.failed)
            progress(f"{written} written")
        if within is not None and time.monotonic() - began > within:
            break
    if written:
        current_breaker().answered()
    if kinds:
        index_changed.send(sender=None, kinds=frozenset(kinds), late=frozenset(late))
    if semantic.is_on():
        semantic_jobs.wake()
    return written


def _next_batch() -> list[OutboxEntry]:
    """The rows to write next, marked as begun.

    Rows whose write ended with the end of its process (begun, neither done nor failed) come last and in
    ever smaller batches, so that one document that kills whoever writes it is found and given up.
    """
    due = OutboxEntry.objects.due().of_documents().order_by("begun", "id")
    first = due.first()
    if first is None:
        return []
    if first.begun >= MOST_BEGUN:
        told = "The process that wrote it was ended each time: too long, too much memory, or a crash."
        due.filter(begun__gte=MOST_BEGUN).update(dead=True, error=told, tried=timezone.now())
        return []
    batch = list(due.filter(begun=first.begun)[: max(BATCH >> (3 * first.begun), 1)])
    OutboxEntry.objects.filter(pk__in=[entry.pk for entry in batch]).update(begun=first.begun + 1)
    return batch


def _held(engine: Engine, keys: Sequence[Key]) -> dict[Key, str] | None:
    """What the index holds of these objects before they are written, as digests; None where it cannot say."""
    try:
        found = engine.fetch(keys, language=settings.LANGUAGE_CODE)
    except EngineError:
        return None
    return {(hit.kind, hit.id): hit.digest for hit in found}


def _write_batch(
    writing: Writing, keys: Sequence[Key], versions: Mapping[Key, int], held: Mapping[Key, str] | None
) -> _Outcome:
    outcome = _Outcome()
    changes = list(_changes(keys, versions, outcome))
    outcome.changed.update(change.kind for change in changes if held is None or _differs(change, held))
    changes = _with_vectors(changes)
    try:
        writing.apply(changes)
    except EngineError as error:
        if len(changes) <= 1:
            raise
        logger.warning("A batch of %s was refused, trying one by one: %s", len(changes), error)
        _write_singly(writing, changes, outcome, error)
    except Exception as error:  # analysis stumbled over a document
        _write_singly(writing, changes, outcome, error)
    return outcome


def _differs(change: Change, held: Mapping[Key, str]) -> bool:
    """Whether a change makes the index another one. What cannot be compared is taken for a difference."""
    try:
        digest = digest_of(change.document) if change.document is not None else None
    except Exception:  # the engine will say what is wrong with it
        return True
    return digest != held.get((change.kind, change.id))


def _write_singly(writing: Writing, changes: Sequence[Change], outcome: _Outcome, first: Exception) -> None:
    """Write what can be written; when nothing can, it is the engine that is down, not the documents."""
    failed: dict[Key, str] = {}
    for change in changes:
        try:
            writing.apply([change])
        except Exception as error:
            failed[change.kind, change.id] = place_of(error)
    if len(failed) == len(changes) and isinstance(first, EngineError):
        raise first
    outcome.failed.update(failed)


def _changes(keys: Sequence[Key], versions: Mapping[Key, int], outcome: _Outcome) -> Iterator[Change]:
    by_kind: dict[str, list[str]] = {}
    for kind, id in keys:
        by_kind.setdefault(kind, []).append(id)
    for kind, ids in by_kind.items():
        yield from _changes_of_kind(kind, ids, versions, outcome)


def _changes_of_kind(
    kind: str, ids: Sequence[str], versions: Mapping[Key, int], outcome: _Outcome
) -> Iterator[Change]:
    """What to write for these ids: the document of each, or its removal when there is none."""
    made = document_type(kind)
    try:
        # In one language whoever writes, or the same document would differ from one process to the next.
        with translation.override(settings.LANGUAGE_CODE):
            documents = {document.id: document for document in made.build(ids)} if made else {}
    except Exception as error:
        if len(ids) == 1:
            outcome.failed[kind, ids[0]] = place_of(error)
            logger.error("The document %s:%s could not be made: %s", kind, ids[0], place_of(error))
            return
        for id in ids:
            yield from _changes_of_kind(kind, [id], versions, outcome)
        return
    for id in ids:
        yield Change(kind, id, documents.get(id), versions.get((kind, id), 0))


def _with_vectors(changes: list[Change]) -> list[Change]:
    """The changes with what the extra knows of their meaning; as they are where it is off."""
    if not semantic.is_on():
        return changes
    from search.semantic.storage import with_vectors

    return with_vectors(changes)


def documents_of(kind: str, ids: Sequence[str]) -> tuple[dict[str, Document], dict[str, str]]:
    """(the documents of these ids, why others could not be made), both by id. For comparing."""
    outcome = _Outcome()
    changes = _changes_of_kind(kind, ids, {}, outcome)
    documents = {change.id: change.document for change in changes if change.document is not None}
    return documents, {id: error for (_kind, id), error in outcome.failed.items()}


def _mark(rows: Sequence[OutboxEntry], outcome: _Outcome) -> None:
    """All rows of an object are done with it. Of one that failed, the row that failed most goes on."""
    now = timezone.now()
    going_on: dict[Key, OutboxEntry] = {}
    for row in sorted(rows, key=lambda row: (row.attempts, row.pk)):
        if (row.kind, row.object_id) in outcome.failed:
            going_on[row.kind, row.object_id] = row
    kept = {row.pk for row in going_on.values()}
    done = [row.pk for row in rows if row.pk not in kept]
    OutboxEntry.objects.filter(pk__in=done).update(done_at=now, dead=False, begun=0)
    for key, row in going_on.items():
        row.put_off(outcome.failed[key])


def rebuild(*, progress: Progress = lambda line: None, engine: Engine | None = None) -> int:
    """Write a new index beside the one in use and swap; returns how many documents it has.

    Readers see the old index until the new one is whole. What changed meanwhile is written again
    before the swap; what is still waiting then is drained into the new one. Raises EngineBusy while
    another rebuild runs, and whatever a room's `build` raises: then the old index stays.
    """
    engine = engine or current_engine()
    # Clocks of two processes may differ a little; replaying too much is harmless.
    began = timezone.now() - timedelta(minutes=1)
    # Objects are read after this, so the new index has these changes when it is whole.
    fan_out()
    waiting = list(OutboxEntry.objects.due().of_documents().values_list("pk", flat=True))
    forget_announced()
    count, failed = 0, set[Key]()
    with engine.rebuilding() as new, _builders(new) as builders:
        for kind, made in document_types().items():
            count += _rebuild_kind(kind, made.ids(), progress, builders, failed)
        builders.close()

        def replay(writing: Writing) -> None:
            again = OutboxEntry.objects.done_since(began).values_list("kind", "object_id").distinct()
            keys = list(again.order_by())
            progress(f"{len(keys)} changed meanwhile")
            for begin in range(0, len(keys), BATCH):
                outcome = _Outcome()
                writing.apply(_with_vectors(list(_changes(keys[begin : begin + BATCH], {}, outcome))))

        new.finish(replay)
    _mark_built(waiting, failed)
    drain(engine=engine)
    current_breaker().answered()
    index_changed.send(sender=None, kinds=frozenset(document_types()))
    return count


Chunk = tuple[str, list[str]]  # kind, ids


def _builders(new: Rebuilding) -> Builders[Chunk]:
    # The extra for meaning looks at the texts of a document, which stay in the process that makes it.
    processes = 1 if semantic.is_on() else None
    return Builders(new, _make_chunk, prepare=_with_vectors, processes=processes, size=_size)


def _size(chunk: Chunk) -> float:
    return len(chunk[1]) / CHUNK


def _make_chunk(chunk: Chunk) -> Made:
    kind, ids = chunk
    outcome = _Outcome()
    changes = [change for change in _changes_of_kind(kind, ids, {}, outcome) if change.document is not None]
    return Made(changes, outcome.failed)


def _mark_built(waiting: Sequence[int], failed: set[Key]) -> None:
    """The rows that waited when a rebuild began are done by it, but for objects that could not be made."""
    for begin in range(0, len(waiting), BATCH):
        rows = OutboxEntry.objects.pending().filter(pk__in=waiting[begin : begin + BATCH])
        found = rows.values_list("pk", "kind", "object_id")
        done = [pk for pk, kind, id in found if (kind, id) not in failed]
        OutboxEntry.objects.filter(pk__in=done).update(done_at=timezone.now(), begun=0)


def _rebuild_kind(
    kind: str, ids: Iterable[str], progress: Progress, builders: Builders[Chunk], failed_keys: set[Key]
) -> int:
    """One kind into the new index. A document that cannot be made is left to the outbox's retries."""
    count, failed, chunks = 0, set[str](), _chunks(kind, ids)
    for made in builders.write(chunks):
        failed.update(id for _, id in made.failed)
        failed_keys.update(made.failed)
        count += made.count
        if count % 5000 < CHUNK and count >= 5000:
            progress(f"{kind}: {count} so far")
    announce(kind, sorted(failed))
    progress(f"{kind}: {count}" + (f", {len(failed)} could not be made" if failed else ""))
    return count


def _chunks(kind: str, ids: Iterable[str]) -> Iterator[Chunk]:
    """The ids in pieces, each id once: pieces may be written by different processes."""
    seen = set[int]()
    chunk: list[str] = []
    for id in map(str, ids):
        number = hash(id)
        if number in seen:
            continue
        seen.add(number)
        chunk.append(id)
        if len(chunk) == CHUNK:
            yield kind, chunk
            chunk = []
    if chunk:
        yield kind, chunk


def status(*, engine: Engine | None = None, within: float | None = None) -> Status:
    """The state of index and outbox; never raises. `within`: how many seconds the engine has to answer."""
    found: EngineStatus | None = None
    error = ""
    try:
        found = _asked(engine or current_engine(), within)
    except (EngineError, ImproperlyConfigured) as problem:
        error = str(problem)
    pending = OutboxEntry.objects.pending()
    oldest = pending.order_by("id").values_list("created", flat=True).first()
    return Status(
        built=found is not None,
        engine=found,
        error=error,
        pending=pending.count(),
        dead=OutboxEntry.objects.dead().count(),
        oldest_seconds=(timezone.now() - oldest).total_seconds() if oldest else 0.0,
        meanings=semantic_jobs.waiting(),
    )


# One thread, so that an engine that stays silent is asked once at a time, however many pages want to know.
_asking = ThreadPoolExecutor(max_workers=1, thread_name_prefix="search-status")


def _asked(engine: Engine, within: float | None) -> EngineStatus:
    if within is None:
        return engine.status()
    answer = _asking.submit(engine.status)
    try:
        return answer.result(timeout=within)
    except StillSilent:
        answer.cancel()
        raise EngineError(f"The search engine did not answer within {within:g} s.") from None


def purge() -> int:
    """Forget what was written long ago; a rebuild replays only what was done while it ran."""
    deleted, _ = OutboxEntry.objects.filter(done_at__lt=timezone.now() - KEPT_DONE).delete()
    return deleted
