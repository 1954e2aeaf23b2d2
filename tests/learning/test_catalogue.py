"""The catalogue and what the index knows of learning."""

from __future__ import annotations

import pytest
from wagtail.models import PageViewRestriction

from learning.models import Caption, Library, LibraryCategory, LibraryEntry, TrainingModulePage
from search.api import find
from search.types import Query
from tests.factories.accounts import UserFactory
from tests.factories.directory import CapacityFactory
from tests.factories.learning import (
    learning_home,
    make_cohort,
    make_course,
    make_module,
    make_webinar,
    step,
    text,
    translate,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def governance():
    """A capacity below another."""
    return CapacityFactory(
        slug="boards", label="Boards", ar="المجالس", parent=CapacityFactory(slug="governance")
    )


def kinds(**query):
    """Kinds found by a query."""
    return sorted(hit.kind for hit in find(Query(**query)).hits)


def test_drafts_never_reach_the_index_and_leave_it_when_unpublished(index):
    draft = make_module(live=False, title="Hidden herons")
    page = make_module(title="Open otters")
    index.drain()
    assert find(Query(text="herons")).total == 0
    assert find(Query(text="otters")).total == 1
    page.unpublish()
    index.drain()
    assert find(Query(text="otters")).total == 0
    draft.save_revision().publish()
    index.drain()
    assert find(Query(text="herons")).total == 1


def test_a_draft_change_of_a_published_page_stays_out_of_the_index(index):
    page = make_module(title="Open otters")
    page.summary = "Not yet told badgers"
    page.save_revision()
    index.drain()
    assert find(Query(text="badgers")).total == 0


def test_private_pages_stay_out_of_the_index(index):
    page = make_module(title="Locked lynxes")
    index.drain()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    index.drain()
    assert find(Query(text="lynxes")).total == 0


def test_a_document_has_a_text_for_each_published_language(index):
    page = make_module(step("One", text("<p>Bring the drafts.</p>")), title="Open otters")
    translate(page, "es", {"Open otters": "Nutrias abiertas"})
    translate(page, "ar", {"Open otters": "ثعالب الماء"}, publish=False)
    index.rebuild()
    assert [hit.url for hit in find(Query(text="nutrias", language="es")).hits] == [f"/es/learn/{page.slug}/"]
    assert find(Query(text="otters")).total == 1
    assert find(Query(text="ثعالب", language="ar")).total == 0


def test_what_is_said_in_steps_is_found(index):
    make_module(step("One", text("<p>Count the <b>spoonbills</b>.</p>")))
    index.drain()
    assert find(Query(text="spoonbill")).total == 1


def test_a_translated_page_keeps_the_capacities_of_its_original(index, governance):
    page = make_module(capacities=[governance])
    translate(page, "es")
    index.rebuild()
    assert "lesson" in kinds(filters={"capacity": ("governance",)}, language="es")


def test_a_place_in_a_recording_is_found_with_its_second(index):
    make_webinar()
    index.drain()
    hit = find(Query(text="agreement without a date")).hits[0]
    assert hit.passage is not None
    assert hit.passage[0] == 62.5


def test_corrected_captions_reach_the_index(index):
    page = make_webinar()
    index.drain()
    Caption.objects.get(page=page).delete()
    Caption.objects.create(
        page=page, language="en", text="WEBVTT\n\n00:01.000 --> 00:02.000\nPelicans arrive.\n"
    )
    index.drain()
    assert find(Query(text="pelicans")).total == 1


def test_a_course_says_when_it_starts_and_whether_seats_are_left(index):
    course = make_course()
    cohort = make_cohort(course, seats=1)
    index.drain()
    hit = find(Query(text="fundraising")).hits[0]
    assert hit.starts == cohort.starts_on
    assert "1 seat left" in hit.card["en"]["facts"]


@pytest.mark.parametrize("count", [2, 12])
def test_documents_are_built_with_a_fixed_number_of_queries(
    index, governance, django_assert_max_num_queries, count
):
    from search.documents import document_type

    for number in range(count):
        make_module(title=f"Module {number}", capacities=[governance])
        make_webinar(title=f"Webinar {number}")
        make_cohort(make_course(title=f"Course {number}"))
    for kind in ("lesson", "recording", "course"):
        built = document_type(kind)
        ids = list(built.ids())
        with django_assert_max_num_queries(14):
            assert len(list(built.build(ids))) == count


def test_the_catalogue_lists_all_kinds_with_counts_and_filters(client, index, governance):
    make_module(title="Short lesson", minutes_max=10, capacities=[governance])
    make_module(title="Long lesson", minutes_max=90)
    make_webinar()
    make_course()
    index.drain()
    url = learning_home().url
    everything = client.get(url).text
    for title in ("Short lesson", "Long lesson", "Working with a museum", "Fundraising for small groups"):
        assert title in everything
    assert "4 results" in everything
    short = client.get(url, {"kind": "lesson", "length": "short"}).text
    assert "Short lesson" in short
    assert "Long lesson" not in short
    about = client.get(url, {"capacity": "governance"}).text
    assert "Short lesson" in about
    assert "Working with a museum" not in about


def test_any_address_of_the_catalogue_is_an_answer(client, index):
    url = learning_home().url
    for query in (
        {"q": '"\x00' * 5000},
        {"page": "x"},
        {"kind": "person"},
        {"capacity": "nothing"},
        {"q": "😀 "},
    ):
        assert client.get(url, query).status_code == 200


def test_the_catalogue_is_a_plain_list_while_search_is_down(client, settings):
    settings.SEARCH_URL = "elasticsearch-that-is-not-there://x"
    make_module(title="Open otters")
    make_module(title="Hidden herons", live=False)
    shown = client.get(learning_home().url).text
    assert "Search is resting" in shown
    assert "Open otters" in shown
    assert "Hidden herons" not in shown


def test_the_catalogue_asks_few_questions_of_the_database(
    client, index, django_assert_max_num_queries, governance
):
    for number in range(25):
        make_module(title=f"Module {number}", capacities=[governance])
    index.drain()
    url = learning_home().url
    client.get(url)
    with django_assert_max_num_queries(14):
        client.get(url)


def test_a_library_shows_its_modules_in_order_and_no_drafts(client, django_assert_max_num_queries):
    shown, draft = make_module(title="Open otters"), make_module(title="Hidden herons", live=False)
    library = Library.objects.create(name="First steps", slug="first-steps")
    category = LibraryCategory.objects.create(library=library, title="Begin here")
    LibraryEntry.objects.create(category=category, module=shown, name="Otters, at last")
    LibraryEntry.objects.create(category=category, module=draft)
    url = f"{learning_home().url}library/first-steps/"
    client.get(url)
    with django_assert_max_num_queries(16):
        page = client.get(url).text
    assert "Begin here" in page
    assert "Otters, at last" in page
    assert "Hidden herons" not in page


def test_an_editors_work_is_a_draft_until_it_is_published(client, index):
    editor = UserFactory(admin=True)
    client.force_login(editor)
    page = make_module(live=False, title="Open otters")
    edit = client.get(f"/admin/pages/{page.pk}/edit/")
    assert edit.status_code == 200
    assert "capacity-tree" in edit.text
    assert not TrainingModulePage.objects.get(pk=page.pk).live
    preview = page.make_preview_request(preview_mode="step/2/")
    assert preview.status_code == 200


def test_the_admin_lists_open(client):
    client.force_login(UserFactory(admin=True))
    make_cohort(make_course())
    for name in ("cohorts", "enrolments", "libraries"):
        assert client.get(f"/admin/{name}/").status_code == 200
    assert client.get("/admin/cohorts/new/").status_code == 200
    assert client.get("/admin/enrolments/new/").status_code != 200
