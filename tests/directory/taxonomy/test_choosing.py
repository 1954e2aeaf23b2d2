"""Choosing among ten thousand capacities: pages stay small, words find, branches come when they are opened."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from directory.forms.fields import Capacities
from directory.models import Capacity, CapacityText
from directory.models.capacity import own_address
from directory.taxonomy.concepts import Concept
from directory.taxonomy.labels import Labels
from directory.taxonomy.tree_writer import Tree
from directory.taxonomy.usage import relations
from tests.factories.accounts import UserFactory
from tests.factories.directory import CapacityFactory, PersonFactory
from tests.factories.learning import make_module

pytestmark = pytest.mark.django_db
MANY = 3000


def grow(number: int) -> None:
    """A taxonomy of so many: 30 at the top, ten below each, the others below these."""
    tree = Tree([])
    for at in range(number):
        parent = "" if at < 30 else f"c{at % 30}" if at < 330 else f"c{30 + at % 300}"
        tree.add(Capacity(slug=f"c{at}", address=own_address(f"c{at}")), parent)
    tree.write()
    CapacityText.objects.bulk_create(
        CapacityText(capacity=row, text=f"Capacity {slug}") for slug, row in tree.rows.items()
    )
    cache.clear()


@pytest.fixture
def many() -> None:
    grow(MANY)


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(UserFactory(admin=True))
    return client


def choose(client: Client, **asked: str) -> str:
    answer = client.get(reverse("directory_capacities:choose"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_editor_of_a_lesson_stays_small(many: None, editor: Client) -> None:
    chosen = Capacity.objects.get(slug="c2999")
    page = make_module(live=False, capacities=[chosen])
    text = editor.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert f'name="capacities" value="{chosen.pk}" checked' in " ".join(text.split())
    # The top of the tree, in the form and in what Wagtail's own scripts make new forms of.
    assert text.count("data-capacity=") == 60
    assert len(text) < 400_000


def test_words_find_and_branches_open(many: None, editor: Client) -> None:
    row = Capacity.objects.get(slug="c2999")
    CapacityText.objects.create(capacity=row, language="de", role="alternative", text="Überall Zuhause")
    cache.clear()
    page = choose(editor, q="überall zuh")
    assert page.count("data-capacity=") == 1
    assert f'value="{row.pk}"' in page
    assert "No capacity has a name with “&lt;b&gt;”" in choose(editor, q="<b>\0")
    assert choose(editor, q="capacity").count("data-capacity=") == 100
    assert "Add a word to see fewer" in choose(editor, q="capacity")
    top = Capacity.objects.get(slug="c5")
    assert choose(editor, below=str(top.pk)).count("data-capacity=") == top.numchild == 10
    assert "8 below Capacity c35" in choose(editor, below=str(top.pk))
    for odd in ("", "x", "9" * 30, "-1"):
        assert "data-capacity=" not in choose(editor, below=odd)


def test_only_who_may_enter_the_admin_is_answered(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get(reverse("directory_capacities:choose"), {"q": "x"}).status_code == 302


def test_the_forms_of_people_stay_small(many: None, client: Client) -> None:
    person = PersonFactory()
    assert person.user is not None
    client.force_login(person.user)
    url = reverse("directory:listing_new") + "?direction=offer"
    text = client.get(url, follow=True).content.decode()
    assert len(text) < 100_000
    assert "There are 3000 to choose from" in text


def test_what_is_typed_is_found_among_many(many: None) -> None:
    catalogue = Capacities()
    assert catalogue.resolve("capacity C1234") == str(Capacity.objects.get(slug="c1234").pk)
    assert catalogue.near("c123")[:3] == ["Capacity c123", "Capacity c1230", "Capacity c1231"]
    assert len(catalogue.near("capacity")) == 12
    assert catalogue.near("capacitx c7")


def test_a_short_list_is_there_as_a_whole(client: Client) -> None:
    CapacityFactory(slug="money", label="Money")
    catalogue = Capacities()
    assert catalogue.is_short
    assert catalogue.suggestions() == ["Money"]


def test_the_catalogue_is_read_in_two_statements(many: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        assert len(Capacities().names) == MANY


def test_places_are_known_without_going_through_all() -> None:
    top = CapacityFactory(slug="a")
    CapacityFactory(slug="c", parent=CapacityFactory(slug="b", parent=top))
    CapacityFactory(slug="d", parent=top)
    labels = Labels()
    assert labels.roots() == ("a",)
    assert labels.children("a") == ("b", "d")
    assert labels.narrower("a") == ("b", "c", "d")
    assert labels.narrower("d") == ()


def test_a_tree_laid_out_in_memory_is_one_that_treebeard_understands(many: None) -> None:
    assert Capacity.find_problems() == ([], [], [], [], [])
    tree = Tree(Capacity.objects.all())
    concepts = [Concept(f"c{at}", order=30 - at) for at in range(30)]
    assert len(tree.put_in_order("", concepts)) == 29
    tree.move("c31", "c2")
    tree.write()
    assert Capacity.find_problems() == ([], [], [], [], [])
    assert [row.slug for row in Capacity.get_root_nodes()] == [f"c{at}" for at in reversed(range(30))]
    assert Capacity.objects.get(slug="c31").get_parent().slug == "c2"
    assert Capacity.objects.get(slug="c31").numchild == 8


def test_the_list_of_the_admin_shows_what_is_opened_and_what_is_found(
    many: None, editor: Client, django_assert_max_num_queries: Any
) -> None:
    url = reverse("directory_capacities:index")
    with django_assert_max_num_queries(3 + len(relations()) + 16):
        page = editor.get(url).content.decode()
    assert page.count("captree-row") == 30 + 1  # and once in its style
    assert "Open everything" not in page
    top, middle = Capacity.objects.get(slug="c5"), Capacity.objects.get(slug="c35")
    assert f"?open={top.pk}#captree-{top.pk}" in page
    page = editor.get(url, {"open": middle.pk}).content.decode()
    assert page.count("captree-row") == 30 + 10 + 8 + 1
    page = editor.get(url, {"q": "capacity c605"}).content.decode()
    assert page.count("captree-row") == 3 + 1
    assert "captree-found" in page
    assert "No capacity has a name" in editor.get(url, {"q": "nowhere"}).content.decode()
    page = editor.get(url, {"q": "capacity"}).content.decode()
    assert "Not everything is shown here" in page
    assert len(page) < 400_000
    assert editor.get(url, {"open": "9" * 40}).status_code == 200


def options(text: str, name: str) -> list[str]:
    """What a list offers, without the entry for nothing."""
    chooser = BeautifulSoup(text, "html.parser").select_one(f"select[name={name}]")
    assert chooser is not None
    return [str(option["value"]) for option in chooser.select("option") if option.get("value")]


@pytest.mark.parametrize(("way", "name"), [("move", "parent"), ("merge", "into")])
def test_moving_and_merging_offer_the_top_and_what_is_looked_for(
    many: None, editor: Client, way: str, name: str, django_assert_max_num_queries
) -> None:
    one, other = Capacity.objects.get(slug="c2999"), Capacity.objects.get(slug="c31")
    url = reverse(f"directory_capacities:{way}", args=[one.pk])
    with django_assert_max_num_queries(40):
        text = editor.get(url).content.decode()
    assert len(text) < 120_000
    assert 30 <= len(options(text, name)) <= 31
    found = options(editor.get(url, {"find": "c31", name: ""}).content.decode(), name)
    assert str(other.pk) in found
    assert len(found) <= 12
    chosen = editor.get(url, {name: other.pk})
    assert chosen.status_code == 200
    assert str(other.pk) in options(chosen.content.decode(), name)
    sent = {name: other.pk, "after": ""} if way == "move" else {name: other.pk}
    assert editor.post(url, sent).status_code == 302
    if way == "move":
        assert Capacity.objects.get(pk=one.pk).get_parent().pk == other.pk
    else:
        assert not Capacity.objects.filter(pk=one.pk).exists()
