"""A need's page asks for its answers once: of the index, of the exchanges, whatever there is to show."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory.models import Capacity, Exchange
from search.engines.factory import current_engine
from tests.factories.directory import ListingFactory, OrganisationFactory, PersonFactory
from tests.search.conftest import ON_BOTH, elasticsearch_url, index  # noqa: F401
from tests.search_fixtures import Index

pytestmark = pytest.mark.django_db
Tree = dict[str, Capacity]
Put = Callable[..., None]


@pytest.fixture
def questions(index: Index, monkeypatch: pytest.MonkeyPatch) -> list[str]:  # noqa: F811
    """Which methods of the real engine are called, in order."""
    called: list[str] = []
    engine = type(current_engine())

    def counted(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def call(*args: Any, **kwargs: Any) -> Any:
            called.append(name)
            return method(*args, **kwargs)

        return call

    for name in ("search", "suggest", "fetch", "near"):
        monkeypatch.setattr(engine, name, counted(name, getattr(engine, name)))
    return called


@pytest.fixture
def answers(tree: Tree, index: Index, learning: Put) -> None:  # noqa: F811
    """Something of each group: lessons, recordings, people, offers, organisations, mentors, courses and money."""
    grants = [tree["grants"]]
    for number in range(3):
        PersonFactory(offers=grants)
        ListingFactory(title=f"Offer {number}", capacities=grants)
        ListingFactory(grant=True, title=f"Fund {number}", capacities=grants)
        organisation = OrganisationFactory(name=f"Circle {number}", languages=["en"])
        ListingFactory(person=None, organisation=organisation, title="A template", capacities=grants)
    index.drain()
    for number in range(3):
        learning("lesson", f"lesson-{number}", "grants")
        learning("course", f"course-{number}", "grants")
        learning("mentor", f"mentor-{number}", "grants", card={"owner": f"person:{number}"})
        learning("recording", f"recording-{number}", "grants", passages=((60, "Our first application."),))


def seen(need: Any, client: Client) -> tuple[list[str], int]:
    """The groups of a need's page for a stranger, and how often the exchanges were asked about what was lately."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = client.get(need.get_absolute_url())
    assert page.status_code == 200
    lately = [row for row in queries if Exchange._meta.db_table in row["sql"] and "UNION" in row["sql"]]
    return [group.key for group in page.context["groups"]], len(lately)


@ON_BOTH
@pytest.mark.usefixtures("answers")
def test_a_page_full_of_answers_takes_two_questions(tree: Tree, questions: list[str], client: Client) -> None:
    need = ListingFactory(need=True, title="Our first application", capacities=[tree["grants"]])
    groups, exchanges = seen(need, client)
    assert groups == ["read", "watch", "ask", "join", "fund"]
    # One for all that fits, one for the moment of a recording that speaks of it.
    assert questions == ["search", "search"]
    assert exchanges == 1


@ON_BOTH
@pytest.mark.usefixtures("answers")
def test_a_page_that_only_words_answer_takes_two_questions(
    tree: Tree, questions: list[str], client: Client
) -> None:
    need = ListingFactory(need=True, title="Circle template", capacities=[tree["gdpr"]])
    groups, _exchanges = seen(need, client)
    assert groups == ["ask"]
    assert questions == ["search", "search"]


@ON_BOTH
def test_a_page_that_nothing_answers_takes_two_questions(
    tree: Tree, learning: Put, questions: list[str], client: Client
) -> None:
    # About something beside what is wanted: found below what both belong to, and no answer.
    learning("recording", "beside", "donors", passages=((60, "A first application."),))
    need = ListingFactory(need=True, title="Nothing of this", capacities=[tree["grants"]])
    groups, exchanges = seen(need, client)
    assert (groups, exchanges) == ([], 0)
    assert questions == ["search", "search"]
