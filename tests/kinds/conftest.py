"""The made-up room, moved in for a test and out again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from directory.models import Capacity
from foundation.kinds import registry
from search import documents
from tests.factories.directory import CapacityFactory
from tests.factories.home import make_site
from tests.search.conftest import elasticsearch_url, index

__all__ = ["elasticsearch_url", "index"]

STATIC = Path(__file__).with_name("toolkits") / "static"


@pytest.fixture(scope="session")
def toolkits_table(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The room's one table. Its app is in no INSTALLED_APPS, so that no other test meets it."""
    from tests.kinds.toolkits.models import Toolkit

    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(Toolkit)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.delete_model(Toolkit)


@pytest.fixture
def toolkits(toolkits_table: None, settings: Any) -> Iterator[None]:
    """The room's `kinds.py` and `documents.py`, imported as on start, and its static files."""
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, STATIC]
    from tests.kinds.toolkits.kinds import TOOLKIT

    registry.register(TOOLKIT)
    from tests.kinds.toolkits.documents import ToolkitDocument

    if documents.document_type(TOOLKIT.name) is None:  # importing it the first time has registered it
        documents.register(ToolkitDocument)
    yield
    documents.unregister(TOOLKIT.name)
    registry.unregister(TOOLKIT.name)


@pytest.fixture
def grants(db: None) -> Capacity:
    """What the toolkit is about: fundraising > grants."""
    make_site()
    fundraising = CapacityFactory(slug="fundraising", label="Fundraising")
    return CapacityFactory(slug="grants", label="Grant writing", parent=fundraising)
