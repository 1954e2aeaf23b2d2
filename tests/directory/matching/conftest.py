"""A small taxonomy, an index with real people and listings in it, and lessons as plain documents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from directory.models import Capacity
from directory.taxonomy.labels import all_labels
from search.engines.factory import current_engine
from search.types import Change, Document, Passage, Text
from tests.factories.directory import CapacityFactory
from tests.search_fixtures import Index, index  # noqa: F401


@pytest.fixture
def tree(db: None) -> dict[str, Capacity]:
    """money > fundraising > (grants, donors); money > accounts; law > gdpr."""
    money = CapacityFactory(slug="money", label="Money")
    fundraising = CapacityFactory(slug="fundraising", label="Fundraising", parent=money, es="Recaudación")
    found = {
        "money": money,
        "fundraising": fundraising,
        "grants": CapacityFactory(slug="grants", label="Grant writing", parent=fundraising),
        "donors": CapacityFactory(slug="donors", label="Major donors", parent=fundraising),
        "accounts": CapacityFactory(slug="accounts", label="Bookkeeping", parent=money),
    }
    found["law"] = CapacityFactory(slug="law", label="Law")
    found["gdpr"] = CapacityFactory(slug="gdpr", label="GDPR", parent=found["law"])
    return {slug: Capacity.objects.get(slug=slug) for slug in found}


@pytest.fixture
def learning(tree: dict[str, Capacity], index: Index) -> Callable[..., None]:  # noqa: F811
    """Puts a lesson, recording, course or mentor into the index, as their rooms would."""

    def put(kind: str, id: str, *slugs: str, title: str = "", **fields: Any) -> None:
        labels = all_labels()
        passages = tuple(Passage("en", start, text) for start, text in fields.pop("passages", ()))
        language = fields.pop("language", ("en",))
        facets = {"language": tuple(language), **fields.pop("facets", {})}
        document = Document(
            kind=kind,
            id=id,
            texts=(Text(language[0], title or f"A {kind} called {id}", fields.pop("summary", "")),),
            url=f"/en/{id}/",
            capacities=slugs,
            broader=labels.broader(slugs),
            labels=labels.texts(slugs),
            facets=facets,
            passages=passages,
            updated=fields.pop("updated", timezone.now() - timedelta(days=1)),
            card=fields.pop("card", {}),
            **fields,
        )
        with current_engine().writing() as writing:
            writing.apply([Change(kind, id, document, 1)])

    return put
