"""Pages read the tables that grow by index. What is asserted is the database's own plan, not a clock."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.constants import MembershipRole
from directory.models import Exchange, Listing, Membership, Person
from foundation.database.querysets import filter_any
from foundation.database.statistics import refresh_statistics
from tests.bench.crowd import crowd
from tests.factories.directory import CapacityFactory
from tests.search_fixtures import Index

pytestmark = pytest.mark.django_db

# Tables that have a row for each person or for each thing that people do, and that `crowd` fills: the plan for an
# empty table says nothing. Reading one whole is what must not happen.
GROWING = (
    "accounts_user",
    "directory_person",
    "directory_personcapacity",
    "directory_personlanguage",
    "directory_listing",
    "directory_listing_capacities",
    "directory_exchange",
    "directory_membership",
)


def fill(people: int) -> Membership:
    """A directory in which a whole table is worth avoiding; answers a manager of an organisation in it."""
    for number in range(6):
        CapacityFactory(slug=f"crowded-{number}")
    crowd(people=people, listings=people, exchanges=6 * people)
    refresh_statistics()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            # PostgreSQL rightly reads a small table whole. Where it is told to do so only if nothing else is possible,
            # a small table shows what a large one would do. (For this transaction only.)
            for way in ("seqscan", "hashjoin", "mergejoin"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    managers = Membership.objects.filter(role=MembershipRole.MANAGER)
    return managers.select_related("person__user", "organisation").first()  # type: ignore[return-value]


def whole_tables(statement: str) -> list[str]:
    """The growing tables that the database reads from end to end for this statement."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
            plan = cursor.fetchone()[0]
            nodes = _nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])
            return [
                f"{node['Relation Name']} ({node})"
                for node in nodes
                if node.get("Relation Name") in GROWING and _reads_all(node)
            ]
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        steps = [row[3] for row in cursor.fetchall()]
    # In each part of a UNION the aliases begin anew, so that one alias may be several tables.
    aliases: dict[str, set[str]] = defaultdict(set)
    for table, alias in re.findall(r'"(\w+)" ([A-Z]\d+)\b', statement):
        aliases[alias].add(table)
    scanned = [match[1] for step in steps if (match := re.match(r"SCAN (\w+)", step))]
    tables = [table for name in scanned for table in sorted(aliases.get(name, {name})) if table in GROWING]
    return [f"{table} ({'; '.join(steps)})" for table in tables]


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


def _reads_all(node: dict[str, Any]) -> bool:
    if node["Node Type"] == "Seq Scan":
        return True
    return node["Node Type"].startswith("Index") and not {"Index Cond", "Order By"} & node.keys()


def plans_of(asked: CaptureQueriesContext) -> list[str]:
    """Each statement that reads a growing table whole, with the table."""
    return [
        f"{table}: {statement}"
        for statement in (query["sql"] for query in asked)
        if statement.startswith("SELECT")
        for table in whole_tables(statement)
    ]


def test_ids_first_is_one_statement_that_reads_no_table_whole() -> None:
    manager = fill(300)
    user, organisation = manager.person.user, manager.organisation
    joined = Exchange.objects.filter(Q(starter__user=user) | Q(listing__person__user=user)).order_by()
    with CaptureQueriesContext(connection) as asked:
        before = set(joined)
    assert plans_of(asked), "The check does not see an OR across joins."

    apart = filter_any(Exchange.objects.all(), Q(starter__user=user), Q(listing__person__user=user))
    with CaptureQueriesContext(connection) as asked:
        assert set(apart) == before
    assert len(asked) == 1
    assert not plans_of(asked)

    # What was asked before is kept, and more can be asked after.
    narrow = filter_any(Listing.objects.offers(), Q(person__user=user), Q(organisation=organisation))
    wide = Listing.objects.filter(Q(person__user=user) | Q(organisation=organisation))
    assert set(narrow) == set(wide.offers())
    assert narrow.needs().count() == 0
    assert list(narrow.order_by("title")[:2]) == list(wide.offers().order_by("title")[:2])


def test_no_page_reads_a_growing_table_whole(client: Client, index: Index) -> None:
    manager = fill(1_000)
    index.rebuild()
    user = manager.person.user
    other = Person.objects.exclude(pk=manager.person_id).filter(asked_exchanges__isnull=False)[0]
    pages = [
        "/en/",
        reverse("directory:my_exchanges"),
        reverse("directory:my_listings"),
        reverse("directory:profile_edit"),
        reverse("notifications:feed"),
        other.get_absolute_url(),
        Listing.objects.shown().offers()[0].get_absolute_url(),
        Listing.objects.shown().needs()[0].get_absolute_url(),
        Exchange.objects.of(user)[0].get_absolute_url(),
        manager.organisation.get_absolute_url(),
    ]
    client.force_login(user)
    found = []
    for page in pages:
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        found += [f"{page}: {plan}" for plan in plans_of(asked)]
    assert not found, "\n\n".join(found)
