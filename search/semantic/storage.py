"""The vectors of the objects that change: what is known goes along into the index, what is missing is wanted."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models import F

from search.documents import document_type
from search.engines.base import Engine
from search.outbox import announce
from search.semantic import model
from search.semantic.models import Meaning
from search.semantic.passages import digest, meanings
from search.semantic.quantize import encode
from search.types import Change, Document

logger = logging.getLogger(__name__)
TOGETHER = 20  # objects whose documents are built with one set of queries


def with_vectors(changes: Sequence[Change]) -> list[Change]:
    """The changes with the vectors that are known of their texts.

    Texts without a vector are written down as wanted, and those that the object no longer has are forgotten, all
    of them when it leaves the index.
    """
    rows = _rows_of(changes)
    made: list[Change] = []
    wanted: list[Meaning] = []
    stale: list[int] = []
    for change in changes:
        known = rows.get((change.kind, change.id), {})
        texts = list(map(digest, _texts(change.document)))
        stale += [pk for text, (pk, _) in known.items() if text not in texts]
        wanted += [Meaning(kind=change.kind, object_id=change.id, digest=t) for t in texts if t not in known]
        vectors = (known[text][1] for text in texts if text in known)
        made.append(replace(change, vectors=tuple(vector for vector in vectors if vector)))
    for begin in range(0, len(stale), 500):
        Meaning.objects.filter(pk__in=stale[begin : begin + 500]).delete()
    Meaning.objects.bulk_create(wanted, batch_size=500, ignore_conflicts=True)
    return made


def _texts(document: Document | None) -> list[str]:
    """What stands for a document; nothing where it stumbles, since its words must get into the index."""
    try:
        return meanings(document) if document else []
    except Exception:
        logger.exception("A document could not be cut into texts for their meanings")
        return []


def _rows_of(changes: Sequence[Change]) -> dict[tuple[str, str], dict[str, tuple[int, bytes]]]:
    ids: dict[str, list[str]] = {}
    for change in changes:
        ids.setdefault(change.kind, []).append(change.id)
    rows: dict[tuple[str, str], dict[str, tuple[int, bytes]]] = {}
    for kind, some in ids.items():
        found = Meaning.objects.of(kind, some).values_list("pk", "object_id", "digest", "vector")
        for pk, id, text, vector in found:
            rows.setdefault((kind, id), {})[text] = (pk, bytes(vector or b""))
    return rows


def compute(seconds: float) -> int:
    """Compute wanted vectors for about so long; returns how many objects are whole now.

    They are announced to the outbox, so that the next drain takes their vectors into the index. Raises
    model.ModelUnusable.
    """
    model.passages([""])  # loads it; a model that cannot be used is no fault of a text
    until = time.monotonic() + seconds
    whole = 0
    while time.monotonic() < until:
        first = Meaning.objects.wanted().order_by("id").values_list("kind", flat=True).first()
        if first is None:
            break
        next_ids = (
            Meaning.objects.wanted().filter(kind=first).order_by("id").values_list("object_id", flat=True)
        )
        ids = list(dict.fromkeys(next_ids[: TOGETHER * 4]))[:TOGETHER]
        documents = _documents(first, ids)
        for id in ids:
            if time.monotonic() >= until:
                break
            if _compute_object(first, id, documents.get(id), until):
                announce(first, [id])
                whole += 1
    return whole


def _documents(kind: str, ids: Sequence[str]) -> dict[str, Document]:
    made = document_type(kind)
    try:
        return {document.id: document for document in made.build(ids)} if made else {}
    except Exception:
        logger.exception("The documents of %s cannot be made; their meanings wait", kind)
        Meaning.objects.wanted().filter(kind=kind, object_id__in=ids).update(tries=F("tries") + 1)
        raise


def _compute_object(kind: str, id: str, document: Document | None, until: float) -> bool:
    """Compute what an object lacks; returns whether it lacks nothing now."""
    texts = {digest(text): text for text in _texts(document)}
    rows = Meaning.objects.wanted().filter(kind=kind, object_id=id)
    for row in rows:
        text = texts.get(row.digest)
        if text is None:  # changed since; the drain of that change writes down what is wanted then
            row.delete()
            continue
        if time.monotonic() >= until:
            return False
        # Counted before: a text that ends the process must not be tried for ever.
        Meaning.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
        Meaning.objects.filter(pk=row.pk).update(vector=encode(model.passages([text])[0]))
    return bool(texts)


def forget(*, but: Iterable[tuple[str, str]] = ()) -> int:
    """Forget the vectors of everything that is not in the index; returns of how many objects."""
    there = set(but)
    known = Meaning.objects.order_by().values_list("kind", "object_id").distinct()
    gone = [key for key in known.iterator() if key not in there]
    for kind, id in gone:
        Meaning.objects.filter(kind=kind, object_id=id).delete()
    return len(gone)


def forget_surplus(engine: Engine) -> int:
    """Forget the vectors of what left the index while the extra was off; returns of how many objects."""
    return forget(but=engine.keys())
