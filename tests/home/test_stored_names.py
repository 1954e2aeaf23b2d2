"""Names that others see: cleaned on their way in, wherever that is, and once more where they lie."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from directory.importers.organisations import import_organisations
from directory.models import Organisation, OrganisationText, Person
from directory.taxonomy.concepts import one_line
from exchange.home.tasks import clean_stored_names
from foundation.accounts.constants import Role
from foundation.l10n.languages import is_language
from foundation.l10n.names import UNSEEN as UNSEEN_MESSAGE
from learning.models import Cohort, Library, Speaker, TrainingModulePage
from tests.factories.accounts import UserFactory
from tests.factories.directory import PersonFactory
from tests.factories.learning import make_cohort, make_course, make_module
from tests.learning.test_in_the_admin import adding, lesson

pytestmark = pytest.mark.django_db
TURNED, PLAIN = "Evil\u202egnp.exe", "Evilgnp.exe"
UNSEEN = "\u200b\u200b"


def test_the_title_of_a_page_is_cleaned_whoever_saves_it():
    page = make_module(title=TURNED)
    assert Page.objects.get(pk=page.pk).title == PLAIN
    page.title = "More\u200b of it"
    page.save_revision().publish()
    assert Page.objects.get(pk=page.pk).title == "More of it"
    page.title = "Two  blanks stay"
    page.save_revision().publish()
    assert Page.objects.get(pk=page.pk).title == "Two  blanks stay"


def test_a_title_that_nobody_can_see_is_refused_in_the_admin(client):
    client.force_login(UserFactory(role=Role.EDITOR))
    answer = client.post(adding(TrainingModulePage), lesson() | {"title": UNSEEN})
    assert "only characters that cannot be seen" in answer.text
    assert not TrainingModulePage.objects.exists()


@pytest.mark.parametrize("model", [Organisation, OrganisationText, Cohort, Library, Speaker])
def test_names_of_all_kinds_are_cleaned_and_refused_where_nothing_is_to_be_seen(model):
    with pytest.raises(ValidationError) as found:
        model(name=UNSEEN).clean_fields()
    assert found.value.message_dict["name"] == [str(UNSEEN_MESSAGE)]
    row = model(name=TURNED)
    with suppress(ValidationError):  # other fields are missing
        row.clean_fields()
    assert row.name == PLAIN


def test_a_list_of_organisations_is_cleaned_line_by_line(tmp_path: Path):
    table = tmp_path / "list.csv"
    table.write_text(f"acronym,name,type\nWX,{TURNED},Chapter\nWY,{UNSEEN},Chapter\n", "utf-8")
    report = import_organisations(table)
    assert Organisation.objects.get().name == PLAIN
    assert report.problems == ["line 3, name: holds only characters that cannot be seen"]
    assert report.notes == [f"line 2, name: characters that cannot be seen were taken out of “{PLAIN}”"]
    assert import_organisations(table).counts["unchanged"] == 1


def test_labels_of_capacities_are_cleaned():
    assert one_line(f" {TURNED} \n x") == f"{PLAIN} x"
    assert one_line(UNSEEN) == ""
    assert one_line("علی\u200cرضا") == "علی\u200cرضا"


@pytest.mark.parametrize(
    ("code", "known"), [("es", True), ("zh-hans", True), ("pnb", True), ("xq", False), ("", False)]
)
def test_languages_that_there_are_not_are_known_as_such(code, known):
    assert is_language(code) is known


def test_stored_names_are_cleaned_and_those_of_which_nothing_is_left_are_named(
    caplog, django_assert_num_queries
):
    person, unnamed = PersonFactory(name="Ana"), PersonFactory(name="Ben")
    Person.objects.filter(pk=person.pk).update(name=f"Ana\u200b {TURNED}")
    Person.objects.filter(pk=unnamed.pk).update(name=UNSEEN)
    page, cohort = make_module(title="Soil"), make_cohort(make_course())
    Page.objects.filter(pk=page.pk).update(title=TURNED, draft_title=TURNED)
    Cohort.objects.update(name=TURNED)
    assert clean_stored_names() == 3
    assert Person.objects.get(pk=person.pk).name == f"Ana {PLAIN}"
    assert Person.objects.get(pk=unnamed.pk).name == UNSEEN
    assert f"directory.Person {unnamed.pk}" in caplog.text
    stored = Page.objects.get(pk=page.pk)
    assert (stored.title, stored.draft_title) == (PLAIN, PLAIN)
    cohort.refresh_from_db()
    assert cohort.name == PLAIN
    with django_assert_num_queries(16):
        assert clean_stored_names() == 0
