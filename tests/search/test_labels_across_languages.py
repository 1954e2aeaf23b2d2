"""The labels of the taxonomy carry a question from one language to another, with and without the extra."""

from __future__ import annotations

from typing import Any

import pytest

from search import semantic
from search.api import find
from search.types import Query
from tests.factories.directory import CapacityFactory, ListingFactory
from tests.search.conftest import ON_BOTH
from tests.search.semantic_site import learn, needed
from tests.search_fixtures import Index

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["words", "meaning"])
def way(request: pytest.FixtureRequest, settings: Any) -> str:
    """Search by words, and with the extra on."""
    if request.param == "meaning":
        needed()
        settings.SEARCH_SEMANTIC = True
        settings.SEARCH_SEMANTIC_SECONDS = 60.0
    settings.JOBS_RUN_AT_ONCE = False
    return str(request.param)


@ON_BOTH
@pytest.mark.parametrize(
    ("label", "language"),
    [
        ("Grant writing", "en"),
        ("Redacción de subvenciones", "es"),
        ("Rédaction de demandes de subvention", "fr"),
        ("كتابة طلبات المنح", "ar"),
        ("Writing proposals", "en"),  # another name of it
        ("redaccion subvencion", "es"),  # as people type it
    ],
)
def test_a_label_in_one_language_finds_what_is_written_in_another(
    index: Index, way: str, label: str, language: str
) -> None:
    grants = CapacityFactory(
        slug="grant-writing",
        label="Grant writing",
        es="Redacción de subvenciones",
        fr="Rédaction de demandes de subvention",
        ar="كتابة طلبات المنح",
        alternatives=["Writing proposals"],
    )
    other = CapacityFactory(
        slug="juggling", label="Juggling", es="Malabares", fr="Jonglerie", ar="ألعاب الخفة"
    )
    german = ListingFactory(
        title="Ich lese deinen Entwurf",
        summary="In Ruhe.",
        description="-",
        language="de",
        capacities=[grants],
    )
    ListingFactory(
        title="Drei Bälle", summary="Zu zweit.", description="-", language="de", capacities=[other]
    )
    if semantic.is_on():
        learn()
    else:
        index.drain()
    found = [(hit.kind, hit.id) for hit in find(Query(label, language, kinds=("offer",))).hits]
    assert found[0] == ("offer", str(german.pk))
