"""The taxonomy in the editors' admin, as its roles see it, without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from directory.models import Capacity, CapacityText
from directory.taxonomy.usage import relations
from foundation.accounts.constants import Role
from tests.factories.accounts import UserFactory
from tests.factories.directory import CapacityFactory, ListingFactory, PersonFactory

pytestmark = pytest.mark.django_db


def url(name: str, capacity: Capacity | None = None) -> str:
    return reverse(f"directory_capacities:{name}", args=[capacity.pk] if capacity else [])


def sign_in(client: Client, role: Role = Role.COORDINATOR) -> Any:
    user = UserFactory(role=role)
    client.force_login(user)
    return user


@pytest.fixture
def money(client: Client) -> Capacity:
    sign_in(client)
    return CapacityFactory(
        slug="money", label="Money", es="Dinero", alternatives=["cash"], definition="Coins."
    )


def texts(**changes: str) -> dict[str, str]:
    """What a browser sends for the four languages and the row for another."""
    data = {"texts-TOTAL_FORMS": "5", "texts-INITIAL_FORMS": "4", "wikidata_id": ""}
    for row in range(5):
        data |= {f"texts-{row}-{field}": "" for field in ("label", "alternatives", "definition")}
    data["texts-4-language"] = ""
    return data | changes


def names(capacity: Capacity) -> set[tuple[str, str, str]]:
    return set(CapacityText.objects.filter(capacity=capacity).values_list("language", "role", "text"))


def test_the_tree_shows_everything_with_its_uses(client: Client, money: Capacity) -> None:
    grants = CapacityFactory(slug="grants", label="Grants", parent=money)
    ListingFactory.create_batch(2, capacities=[grants])
    PersonFactory(offers=[grants])
    page = client.get(url("index")).content.decode()
    assert "Listings: 2" in page
    assert "People: 1" in page
    assert "1 below Money" in page
    assert url("add_below", money) in page
    assert url("delete", grants) not in page


def test_the_tree_asks_the_database_as_often_for_many_as_for_few(
    client: Client, money: Capacity, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        listing = ListingFactory(capacities=[CapacityFactory(slug=f"part-{number}", parent=money)])
        assert listing.pk
    client.get(url("index"))
    # Two for the tree, one count, one for each relation; the rest is Wagtail's frame and the session.
    with django_assert_max_num_queries(3 + len(relations()) + 14):
        client.get(url("index"))


def test_the_tree_is_searched_in_every_language(client: Client, money: Capacity) -> None:
    CapacityFactory(slug="grants", label="Grants", ar="المنح", parent=money)
    CapacityFactory(slug="law", label="Law")
    page = client.get(url("index"), {"q": "المنح"}).content.decode()
    assert "Grants" in page
    assert "Money" in page
    assert "<details open>" in page
    assert ">Law<" not in page
    assert "No capacity has a name" in client.get(url("index"), {"q": 'x"<\0'}).content.decode()


@pytest.mark.parametrize(
    ("role", "sees", "changes"),
    [
        (Role.ADMINISTRATOR, 200, True),
        (Role.COORDINATOR, 200, True),
        (Role.EDITOR, 200, False),
        (Role.TRANSLATOR, 302, False),
        (Role.MEMBER, 302, False),
    ],
)
def test_roles(client: Client, role: Role, sees: int, changes: bool) -> None:
    capacity = CapacityFactory(slug="money", label="Money")
    sign_in(client, role)
    assert client.get(url("index")).status_code == sees
    for name in ("add", "move", "merge", "delete"):
        answer = client.get(url(name, None if name == "add" else capacity))
        assert (answer.status_code == 200) is changes, name
    client.post(url("edit", capacity), texts(**{"texts-0-label": "Cash"}))
    client.post(url("delete", capacity))
    assert Capacity.objects.exists() is not changes
    if sees == 200 and not changes:
        page = client.get(url("edit", capacity)).content.decode()
        assert "Money" in page
        assert ">Save<" not in page


def test_add_below_another(client: Client, money: Capacity) -> None:
    data = texts(
        slug="grants",
        wikidata_id="Q230788",
        **{"texts-0-label": " Grants ", "texts-0-alternatives": "grant money\n\nfunding\ngrant money"},
        **{"texts-4-language": "sw", "texts-4-label": "Ruzuku"},
    )
    answer = client.post(url("add_below", money), data)
    assert answer.status_code == 302
    grants = Capacity.objects.get(slug="grants")
    assert (grants.depth, grants.get_parent().slug, grants.wikidata_id) == (2, "money", "Q230788")
    assert names(grants) == {
        ("en", "preferred", "Grants"),
        ("en", "alternative", "grant money"),
        ("en", "alternative", "funding"),
        ("sw", "preferred", "Ruzuku"),
    }
    assert ModelLogEntry.objects.filter(action="wagtail.create", object_id=str(grants.pk)).exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"slug": "Not This"}, "Use small letters"),
        ({"slug": "money"}, "Another capacity has this short name"),
        ({"texts-0-label": ""}, "This field is required"),
        ({"wikidata_id": "124"}, "A Wikidata id is Q and a number"),
        ({"texts-0-label": "Money"}, "“Money” is a name of “Money” already"),
        ({"texts-0-alternatives": "cash"}, "“cash” is a name of “Money” already"),
        ({"texts-4-label": "Ruzuku"}, "Choose the language of these words"),
        ({"texts-4-language": "es", "texts-4-label": "Otra"}, "has its own place above"),
        ({"texts-0-definition": "x" * 601}, "at most 600"),
        ({"texts-TOTAL_FORMS": "x"}, "ManagementForm"),
    ],
)
def test_what_is_wrong_is_said_in_place_and_nothing_is_lost(
    client: Client, money: Capacity, changes: dict[str, str], message: str
) -> None:
    data = (
        texts(slug="kept", **{"texts-0-label": "Kept label", "texts-1-label": "Etiqueta guardada"}) | changes
    )
    answer = client.post(url("add"), data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert message in page
    assert "TOTAL" in str(changes) or "Etiqueta guardada" in page
    assert Capacity.objects.count() == 1


def test_a_fourth_level_is_refused(client: Client, money: Capacity) -> None:
    deep = CapacityFactory(slug="c", parent=CapacityFactory(slug="b", parent=money))
    answer = client.post(url("add_below", deep), texts(slug="d", **{"texts-0-label": "D"}))
    assert answer.status_code == 422
    assert "at most 3 levels" in answer.content.decode()


def test_change_the_words(client: Client, money: Capacity) -> None:
    page = client.get(url("edit", money)).content.decode()
    assert "Dinero" in page
    assert 'dir="rtl"' in page
    sent = texts(
        **{"texts-0-label": "Money", "texts-0-alternatives": "coins", "texts-1-label": "Plata", "more": "1"}
    )
    answer = client.post(url("edit", money), sent)
    assert answer.url == url("edit", money)
    assert names(money) == {
        ("en", "preferred", "Money"),
        ("en", "alternative", "coins"),
        ("es", "preferred", "Plata"),
    }
    client.post(url("edit", money), sent)
    assert ModelLogEntry.objects.filter(action="wagtail.edit").count() == 1


def test_move_to_another_place(client: Client, money: Capacity) -> None:
    law = CapacityFactory(slug="law", label="Law")
    first = CapacityFactory(slug="first", label="First one", parent=money)
    CapacityFactory(slug="second", label="Second one", parent=money)
    page = client.get(url("move", law), {"parent": money.pk}).content.decode()
    assert "After “First one”" in page
    answer = client.post(url("move", law), {"parent": money.pk, "after": first.pk})
    assert answer.status_code == 302
    assert list(Capacity.objects.values_list("slug", "depth")) == [
        ("money", 1),
        ("first", 2),
        ("law", 2),
        ("second", 2),
    ]
    client.post(url("move", law), {"parent": "", "after": ""})
    assert list(Capacity.objects.values_list("slug", flat=True)) == ["law", "money", "first", "second"]
    client.post(url("move", first), {"parent": law.pk, "after": ""})
    assert Capacity.objects.get(slug="first").get_parent().slug == "law"
    assert ModelLogEntry.objects.filter(action="directory.move").count() == 3


def test_rings_and_depth_are_refused_in_place(client: Client, money: Capacity) -> None:
    grants = CapacityFactory(slug="grants", label="Grants", parent=money)
    law = CapacityFactory(slug="law", label="Law")
    CapacityFactory(slug="below", parent=CapacityFactory(slug="gdpr", parent=law))
    for capacity, parent, message in ((money, grants, "lies below"), (law, grants, "at most 3 levels")):
        for answer in (
            client.get(url("move", capacity), {"parent": parent.pk}),
            client.post(url("move", capacity), {"parent": parent.pk, "after": ""}),
        ):
            assert answer.status_code == 422
            assert message in answer.content.decode()
    for odd in ("999999", "x", "-1", "²"):
        assert client.post(url("move", law), {"parent": odd, "after": ""}).status_code == 422
    assert client.post(url("move", law), {"parent": "", "after": grants.pk}).status_code == 422
    assert Capacity.objects.get(slug="law").depth == 1


def test_merge_asks_first(client: Client, money: Capacity) -> None:
    cash = CapacityFactory(slug="coins", label="Coins and notes")
    listing = ListingFactory(capacities=[cash])
    page = client.get(url("merge", cash), {"into": money.pk}).content.decode()
    assert "Listings: 1" in page
    assert "Coins and notes" in page
    assert Capacity.objects.count() == 2
    answer = client.post(url("merge", cash), {"into": money.pk}, follow=True)
    assert "1 reference was taken along" in answer.content.decode()
    assert [row.slug for row in listing.capacities.all()] == ["money"]
    # A second press finds that it is gone.
    again = client.post(url("merge", cash), {"into": money.pk}, follow=True)
    assert "does not exist any more" in again.content.decode()


def test_merging_into_a_part_of_itself_is_refused_in_place(client: Client, money: Capacity) -> None:
    grants = CapacityFactory(slug="grants", label="Grants", parent=money)
    for answer in (
        client.get(url("merge", money), {"into": grants.pk}),
        client.post(url("merge", money), {"into": grants.pk}),
        client.post(url("merge", money), {"into": money.pk}),
        client.post(url("merge", money), {}),
    ):
        assert answer.status_code == 422
    assert "lies below it" in client.get(url("merge", money), {"into": grants.pk}).content.decode()


def test_only_what_nothing_uses_can_be_deleted(client: Client, money: Capacity) -> None:
    listing = ListingFactory(capacities=[money])
    assert "cannot be deleted" in client.get(url("delete", money)).content.decode()
    assert client.post(url("delete", money)).status_code == 422
    listing.delete()
    child = CapacityFactory(slug="child", parent=money)
    assert client.post(url("delete", money)).status_code == 422
    assert client.post(url("delete", child)).status_code == 302
    assert client.post(url("delete", money)).status_code == 302
    assert not Capacity.objects.exists()


def test_what_came_from_others_needs_no_english_and_says_where_it_is_from(client: Client) -> None:
    sign_in(client)
    made = Capacity.add_root(slug="ehrenamt", address="http://v.example.org/3A80F194")
    CapacityText.objects.create(capacity=made, language="fr", text="Bénévolat")
    CapacityText.objects.create(capacity=made, language="fr", role="hidden", text="benevola")
    page = client.get(url("edit", made)).content.decode()
    assert "http://v.example.org/3A80F194" in page
    assert "benevola" in page
    sent = {"texts-2-label": "Le bénévolat", "texts-2-hidden": "benevola\nbénevola"}
    assert client.post(url("edit", made), texts(**sent)).status_code == 302
    assert names(made) == {
        ("fr", "preferred", "Le bénévolat"),
        ("fr", "hidden", "benevola"),
        ("fr", "hidden", "bénevola"),
    }
    assert Capacity.objects.get().address == "http://v.example.org/3A80F194"
    answer = client.post(url("edit", made), texts())
    assert answer.status_code == 422
    assert "Give it a label in at least one language." in answer.content.decode()
    assert len(names(made)) == 3


def test_the_short_name_of_an_address_that_is_taken_is_refused(client: Client) -> None:
    """A capacity of ours may have another short name here, where its own was taken when it came in."""
    sign_in(client)
    Capacity.add_root(slug="law-2", address="urn:capacity-exchange:capacity:law")
    answer = client.post(url("add"), texts(slug="law", **{"texts-0-label": "Law"}))
    assert answer.status_code == 422
    assert "Another capacity has this short name." in answer.content.decode()
