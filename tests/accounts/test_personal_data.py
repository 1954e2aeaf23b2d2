"""One's own data, model by model: an account with a row in each of them takes everything away, and is forgotten."""

from __future__ import annotations

import datetime
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection, models
from django.test import TestCase
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from directory.models import Capacity, Exchange, Listing, Organisation, Person
from foundation.accounts.models import User
from foundation.accounts.personal_data import (
    DECISIONS,
    FIELDS,
    WITHOUT_PEOPLE,
    Fate,
    Pointer,
    describe,
    erase,
    export,
    exported_models,
    loose_pointers,
    pointers,
)
from learning.models import Cohort, CoursePage, WebinarPage
from mentoring.models import MentoringProgrammePage
from tests.factories import learning as lessons
from tests.factories.accounts import UserFactory
from tests.factories.directory import CapacityFactory, ListingFactory, OrganisationFactory, PersonFactory
from tests.factories.mentoring import ProgrammeFactory

pytestmark = pytest.mark.django_db
NAME, ADDRESS = "Wilhelmina Canary", "wilhelmina@canary.example"


def label_of(pointer: str) -> str:
    return pointer.rsplit(".", 1)[0]


# Everything is decided -----------------------------------------------------------------------------------


def test_every_field_of_the_download_is_words_a_fact_or_a_secret() -> None:
    """A new field of a model that is in the download needs its place in `describe` of the room's `personal_data`."""
    wrong = {}
    for model in exported_models():
        fields = {field.name for field in (*model._meta.local_fields, *model._meta.local_many_to_many)}
        fields -= {model._meta.pk.name}
        said = FIELDS[model._meta.label].known if model._meta.label in FIELDS else frozenset()
        if fields != said:
            wrong[model._meta.label] = sorted(fields ^ said)
    assert wrong == {}


def test_nothing_else_is_described() -> None:
    assert FIELDS.keys() - {model._meta.label for model in exported_models()} == set()


def test_every_model_points_at_somebody_or_is_said_to_be_without_people() -> None:
    """Also what the database does not know to be a pointer: numbers of rows, jobs, sessions."""
    every = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    pointing = {label_of(name) for name in DECISIONS} | {"accounts.User"}
    assert sorted(every - pointing - WITHOUT_PEOPLE.keys()) == []
    assert sorted(pointing & WITHOUT_PEOPLE.keys()) == []
    assert sorted(WITHOUT_PEOPLE.keys() - every) == []


def test_a_relation_to_many_without_a_name_on_its_other_side_is_seen() -> None:
    names = {pointer.name for pointer in pointers()}
    assert {"mentoring.MentorOffer_not_with.person", "mentoring.MentoringRequest_not_with.person"} <= names
    assert "directory.ListingKeyword.object_id" in loose_pointers()


def test_a_field_is_one_thing_only() -> None:
    with pytest.raises(ValueError, match=r"made\.Up"):
        describe("made.Up", words="one", hidden="one")
    with pytest.raises(ValueError, match=r"directory\.Person"):
        describe("directory.Person", words="name")


def test_what_nobody_has_described_stays_in_the_house(monkeypatch: Any) -> None:
    """A secret with a new name cannot go out before somebody has said that it may."""
    user = PersonFactory(name=NAME).user
    assert NAME in export(user)
    known = FIELDS["directory.Person"]
    monkeypatch.setitem(
        FIELDS, "directory.Person", type(known)(known.words - {"name"}, known.facts, known.hidden)
    )
    [entry] = [row for row in json.loads(export(user)) if row["model"] == "directory.person"]
    assert "name" not in entry["fields"]
    assert "bio" in entry["fields"]


# An account with rows in every model ---------------------------------------------------------------------


class Full:
    """An account, and for each pointer a row that points at it (or at what is deleted with it)."""

    def __init__(self) -> None:
        self.user = UserFactory(name=NAME, email=ADDRESS, wikimedia_name="Canary wikimedia")
        self.pointer = "directory.Person.user"
        self.person = PersonFactory(user=self.user, name=NAME, bio=self.words(Person, "bio"))
        self.other = PersonFactory()
        programme = ProgrammeFactory()
        course = lessons.make_course(slug="course", title="A course")
        self.first: dict[type[models.Model], Any] = {
            User: self.other.user,
            Person: self.other,
            Organisation: OrganisationFactory(),
            Capacity: CapacityFactory(),
            MentoringProgrammePage: programme,
            CoursePage: course,
            Cohort: lessons.make_cohort(course),
            WebinarPage: lessons.make_webinar(slug="seen", title="Seen"),
            Page: course,
            ContentType: ContentType.objects.get_for_model(Page),
            Listing: ListingFactory(person=self.other),
        }
        self.mine: dict[type[models.Model], Any] = {User: self.user, Person: self.person}
        self.rows = {pointer.name: self.point(pointer) for pointer in pointers()}

    def words(self, model: type[models.Model], field: str) -> str:
        """What stands in a field of words; it is searched for later. Rows made on the way are not the account's."""
        return f"Canary {self.pointer} {field}." if label_of(self.pointer) == model._meta.label else "Words"

    def point(self, pointer: Pointer) -> Any:
        """A row whose pointer leads to the account."""
        target, self.pointer = self.mine[pointer.field.related_model], pointer.name
        if pointer.name == "directory.Person.user":
            return self.person
        if pointer.model is Page:
            Page.objects.filter(pk=self.first[Page].pk).update(**{pointer.field.name: target})
            return self.first[Page]
        row = self.make(pointer.model, **{pointer.field.name: target})
        if pointer.field.remote_field.on_delete is models.CASCADE:
            self.mine.setdefault(pointer.model, row)
        return row

    def make(self, model: type[models.Model], **given: Any) -> Any:
        """A row with something in every field that is words, and in each that must not be empty."""
        values = {**MUST.get(model._meta.label, {}), **given}
        if model is Exchange and not {"listing", "asked_person"} & given.keys():
            values["asked_person"] = self.other
        for field in model._meta.local_fields:
            if field.name not in values and (value := self.value(model, field)) is not None:
                values[field.name] = value
        row = model(**values)
        row.save_base(raw=True, force_insert=True)
        return row

    def value(self, model: type[models.Model], field: Any) -> Any:
        """What to write into a field; None where it may stay as it is."""
        label = model._meta.label
        if field.remote_field:
            if field.related_model is Person and field.name != "asked_person":
                return PersonFactory()
            if field.null and field.name != "context":
                return None
            if field.related_model not in self.first:
                self.first[field.related_model] = self.make(field.related_model)
            return self.first[field.related_model]
        if label in FIELDS and field.name in FIELDS[label].words and not field.choices:
            words = self.words(model, field.name)
            if isinstance(field, models.JSONField):
                return {"said": words}
            if isinstance(field, models.FileField):
                return field.storage.save("face.png", ContentFile(b"face"))
            return f"{words}@canary.example" if field.name == "email" else words
        automatic = isinstance(field, models.AutoField) or field.null or field.has_default()
        if automatic:
            return None
        if isinstance(field, models.CharField) and (
            field.unique or field.name in ("object_id", "key", "block")
        ):
            return f"n{next(NUMBERS)}"
        return TYPES.get(type(field).__name__)


NUMBERS = itertools.count(1000)
MUST: dict[str, dict[str, Any]] = {
    "directory.Membership": {"role": "member"},
    "learning.Enrolment": {"state": "enrolled"},
    "directory.Exchange": {"state": "thanked"},
    "mentoring.Pairing": {"state": "completed"},
    "mentoring.MentoringRequest": {"state": "left"},
    "mentoring.Proposal": {"state": "accepted"},
    "mentoring.MentorOffer": {"state": "open"},
    "reports.Report": {"state": "closed"},
}
DAY = datetime.date(2026, 3, 1)
TYPES: dict[str, Any] = {
    "DateField": DAY,
    "DateTimeField": datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC),
    "DecimalField": 1,
    "IntegerField": 1,
    "PositiveIntegerField": 1,
    "PositiveSmallIntegerField": 1,
    "UUIDField": "8f8b6f5e-6d0c-4f2e-9d6b-0a4b7c0f1e2d",
    "BooleanField": False,
    "JSONField": {},
}


def everything() -> Iterator[tuple[str, str]]:
    """(table, text) of each row of the database."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if "_fts" in table:
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                yield table, " ".join(str(value) for value in row)


@pytest.fixture
def full(settings: Any, tmp_path: Any) -> Full:
    settings.MEDIA_ROOT = tmp_path
    return Full()


def test_the_download_holds_all_words_of_every_model_and_no_secret(full: Full) -> None:
    text = export(full.user)
    missing, leaked = [], []
    for name, row in full.rows.items():
        decision, fields = DECISIONS[name], FIELDS.get(label_of(name))
        if not decision.exported:
            leaked += [name] if f"Canary {name} " in text else []
            continue
        assert fields is not None, name
        for field in fields.words & row.__dict__.keys():
            if (
                f"Canary {name} {field}." in str(getattr(row, field))
                and f"Canary {name} {field}." not in text
            ):
                missing.append(f"{name} {field}")
        hidden = {field: str(getattr(row, field)) for field in fields.hidden}
        leaked += [f"{name} {field}" for field, value in hidden.items() if len(value) > 3 and value in text]
    assert (missing, leaked) == ([], [])
    assert text.count("Canary ") > 30


def test_after_leaving_every_row_is_what_was_decided_and_the_name_stands_nowhere(full: Full) -> None:
    for record in (full.user, full.person, full.rows["directory.Listing.person"]):
        ModelLogEntry.objects.log_action(record, "wagtail.edit", user=full.other.user)
    PageLogEntry.objects.log_action(
        full.first[Page], "wagtail.comments.create", user=full.user, data={"comment": {"text": NAME}}
    )
    profile = full.rows["wagtailusers.UserProfile.user"]
    face = profile.avatar.path
    others = User.objects.count() - 1
    with TestCase.captureOnCommitCallbacks(execute=True):
        erase(full.user)
    wrong, gone = [], ["Canary directory.Person.user ", NAME, ADDRESS, "Canary wikimedia"]
    for name, row in full.rows.items():
        fate, now = DECISIONS[name].fate, type(row)._base_manager.filter(pk=row.pk).first()
        if fate is Fate.ERASED:
            gone.append(f"Canary {name} ")
            wrong += [name] if now is not None else []
        elif fate is Fate.ANONYMISED and (now is None or getattr(now, name.rsplit(".", 1)[1]) is not None):
            wrong.append(name)
    gone.append("Canary mentoring.MentoringRequest.person ")  # which is kept, without its words
    assert wrong == []
    assert User.objects.count() == others
    assert not Path(face).exists()
    assert [f"{words} in {table}" for table, row in everything() for words in gone if words in row] == []
