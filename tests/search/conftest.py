"""Fixtures of the search tests: the engines under contract, and a tiny kind of object of their own."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from django.contrib.auth.models import Group, Permission

from search import documents
from search.documents import DocumentType
from search.engines.base import Engine
from search.engines.factory import current_engine
from search.types import Document, Text
from tests import elasticsearch_server
from tests.search.samples import ALL, puts
from tests.search_fixtures import Index, empty

if TYPE_CHECKING:
    from search.engines.elastic.engine import ElasticEngine

ENGINES = ("tantivy", "elasticsearch")


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """The address of a real Elasticsearch: the one that `tests.run` started, else one of this session's own."""
    given = os.environ.get("TEST_ELASTICSEARCH_URL", "")
    if given and not given.startswith("skip: "):
        yield given
        return
    if given or "PYTEST_XDIST_WORKER" in os.environ:
        without(given.removeprefix("skip: ") or "Several workers need one that is started before them.")
    try:
        with elasticsearch_server.running(quick=True) as server:
            yield server.url
    except elasticsearch_server.Missing as reason:
        without(str(reason))


def without(reason: str) -> NoReturn:
    """Skip what needs Elasticsearch, except in CI, where its absence is a failure."""
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"No Elasticsearch: {reason}")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """Each engine in turn, empty."""
    if request.param == "elasticsearch":
        return request.getfixturevalue("elastic")  # type: ignore[no-any-return]
    from search.engines.tantivy.engine import TantivyEngine

    made = TantivyEngine(tmp_path / "engine")
    empty(made)
    return made


@pytest.fixture
def elastic(elasticsearch_url: str) -> Iterator[Engine]:
    """An empty index on Elasticsearch under a name of its own, removed after the test."""
    from search.engines.elastic.config import address_of
    from search.engines.elastic.engine import ElasticEngine

    made = ElasticEngine(address_of(f"{elasticsearch_url}/test-{uuid.uuid4().hex[:12]}"))
    empty(made)
    yield made
    remove(made)


def remove(engine: ElasticEngine) -> None:
    """Take everything of an engine out of its cluster."""
    for name in (*engine.generations.all(), engine.locks.index):
        engine.connection.client.indices.delete(index=name, ignore_unavailable=True)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """Each engine in turn with the sample documents."""
    with engine.writing() as writing:
        writing.apply(puts(*ALL))
    return engine


@pytest.fixture
def index(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> Iterator[Index]:
    """An empty index, drained after each commit; on the engine that ON_BOTH names for the test."""
    settings.SEARCH_DRAIN = "on_commit"
    settings.SEARCH_URL = "tantivy://"
    settings.INDEX_DIR = tmp_path / "index"
    if getattr(request, "param", "tantivy") == "elasticsearch":
        settings.SEARCH_URL = f"{request.getfixturevalue('elasticsearch_url')}/test-{uuid.uuid4().hex[:12]}"
    made: Any = current_engine()
    empty(made)
    yield Index()
    if made.name == "elasticsearch":
        remove(made)


ON_BOTH = pytest.mark.parametrize("index", ENGINES, indirect=True)


class NoteDocuments(DocumentType):
    """Groups as notes: "draft …" is never public; permissions stand for related rows."""

    kind = "page"
    watches = {
        Group: lambda group: [group.pk],
        Permission: lambda permission: permission.group_set.values_list("pk", flat=True),
    }
    broken: set[str] = set()
    complaint = "This note cannot be read."

    def ids(self) -> Iterable[str]:
        public = Group.objects.exclude(name__startswith="draft").order_by("pk")
        return (str(pk) for pk in public.values_list("pk", flat=True).iterator())

    def build(self, ids: Sequence[str]) -> Iterable[Document]:
        if self.broken.intersection(ids):
            raise ValueError(self.complaint)
        groups = Group.objects.filter(pk__in=ids).exclude(name__startswith="draft")
        for group in groups.prefetch_related("permissions"):
            keywords = tuple(permission.codename for permission in group.permissions.all())
            yield Document(
                "page", str(group.pk), (Text("en", group.name, keywords=keywords),), f"/{group.pk}/"
            )


@pytest.fixture
def notes(index: Index, db: Any) -> Iterator[type[NoteDocuments]]:
    """The index with notes as its only kind of page."""
    kept = documents.document_types()
    for kind in kept:
        documents.unregister(kind)
    NoteDocuments.broken = set()
    NoteDocuments.complaint = "This note cannot be read."
    documents.register(NoteDocuments)
    Group.objects.all().delete()
    index.drain()
    yield NoteDocuments
    documents.unregister("page")
    for kind_type in kept.values():
        documents.register(type(kind_type))
