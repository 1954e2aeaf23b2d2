"""What cannot be deleted in the admin, since people would lose what is theirs: by no way, and said with numbers."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import models
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from directory.models import Organisation
from foundation.accounts.constants import Role
from foundation.accounts.personal_data import DECISIONS
from foundation.design.delete import GOES_ALONG, HOLDS_BACK, losses, undecided
from learning.models import Cohort, Completion, Enrolment, Progress
from learning.services.enrolment import enrol
from tests.factories import learning as lessons
from tests.factories.accounts import UserFactory
from tests.factories.directory import CapacityFactory, ListingFactory, MembershipFactory, OrganisationFactory
from tests.factories.mentoring import MentorOfferFactory, ProgrammeFactory, RequestFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(UserFactory(admin=True))
    return client


def test_every_pointer_from_what_is_peoples_own_is_decided() -> None:
    """A new one needs `holds_back` or `goes_along` in its room's `personal_data`, with the reason."""
    assert sorted(undecided()) == []


def test_no_decision_is_about_something_that_is_gone() -> None:
    assert HOLDS_BACK.keys() & GOES_ALONG.keys() == set()
    for name in HOLDS_BACK.keys() | GOES_ALONG.keys():
        app, model, field = name.split(".")
        found = Page._meta.apps.get_model(app, model)._meta.get_field(field)
        assert isinstance(found, models.ForeignKey), name
        assert name not in DECISIONS, name
        assert (HOLDS_BACK | GOES_ALONG)[name].endswith("."), name


def course_with_people() -> Page:
    course = lessons.make_course(slug="course", title="A course")
    cohort = lessons.make_cohort(course, seats=9)
    for _each in range(3):
        enrol(cohort, UserFactory())
    return course


def programme_with_people() -> Page:
    programme = ProgrammeFactory()
    RequestFactory(programme=programme)
    MentorOfferFactory(programme=programme)
    return programme


def lesson_with_learners() -> Page:
    lesson = lessons.make_module(lessons.step("One"), slug="lesson", title="A lesson")
    for _each in range(2):
        Completion.objects.create(
            user=UserFactory(), module=lesson.translation_key, language="en", title="A lesson"
        )
    return lesson


def one_by_one(desk: Client, page: Page) -> Any:
    return desk.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)


def with_its_parent(desk: Client, page: Page) -> Any:
    return one_by_one(desk, page.get_parent())


def with_others(desk: Client, page: Page) -> Any:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    return desk.post(f"{url}?id={page.pk}&next=/admin/", follow=True)


def by_the_api(desk: Client, page: Page) -> Any:
    return desk.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "delete"]))


@pytest.mark.parametrize("way", [one_by_one, with_its_parent, with_others, by_the_api])
@pytest.mark.parametrize(
    ("make", "numbers"),
    [
        (course_with_people, ["enrolments: 3"]),
        (programme_with_people, ["mentoring requests: 1", "mentors' offers: 1"]),
        (lesson_with_learners, ["completions: 2"]),
    ],
)
def test_a_page_with_what_is_peoples_own_stays(
    desk: Client, make: Callable[[], Page], numbers: list[str], way: Callable[[Client, Page], Any]
) -> None:
    page = make()
    answer = way(desk, page)
    assert Page.objects.filter(pk=page.pk).exists()
    words = html.unescape(answer.content.decode())
    assert answer.status_code in (200, 400)
    assert "people would lose what is theirs" in words
    assert [number for number in numbers if number not in words] == []


def test_what_nobody_has_a_part_in_is_deleted(desk: Client) -> None:
    course, lesson = (
        lessons.make_course(slug="course"),
        lessons.make_module(lessons.step("One"), slug="lesson"),
    )
    lessons.make_cohort(course)
    one_by_one(desk, course)
    assert by_the_api(desk, lesson).status_code == 204
    assert not Page.objects.filter(pk__in=[course.pk, lesson.pk]).exists()
    assert not Cohort.objects.exists()


def test_a_translation_may_go_while_the_lesson_is_left_in_another_language(desk: Client) -> None:
    lesson = lesson_with_learners()
    arabic = lessons.translate(lesson, "ar")
    one_by_one(desk, arabic)
    assert not Page.objects.filter(pk=arabic.pk).exists()
    one_by_one(desk, lesson)
    assert Page.objects.filter(pk=lesson.pk).exists()
    assert not Progress.objects.exists()


def test_a_cohort_an_organisation_and_a_role_that_people_have_stay(desk: Client) -> None:
    cohort = Cohort.objects.get(course=course_with_people())
    circle = OrganisationFactory()
    MembershipFactory(organisation=circle)
    role = Group.objects.get(name=Role.MEMBER.value)
    members = role.user_set.count()
    for address, row, number in (
        ("cohorts:delete", cohort, "enrolments: 3"),
        ("directory_organisations:delete", circle, "memberships: 1"),
        ("wagtailusers_groups:delete", role, f"accounts: {members}"),
    ):
        words = desk.post(reverse(address, args=[row.pk]), follow=True).content.decode()
        assert number in words, address
        assert type(row)._default_manager.filter(pk=row.pk).exists(), address
    assert Enrolment.objects.count() == 3
    empty = OrganisationFactory()
    desk.post(reverse("directory_organisations:delete", args=[empty.pk]))
    assert not Organisation.objects.filter(pk=empty.pk).exists()


def test_a_delete_without_the_form_is_not_taken(desk: Client) -> None:
    """Django's own class for deleting answers the method DELETE, too, and asks no form what holds a thing back."""
    organisation = MembershipFactory().organisation
    cohort = lessons.make_cohort(course_with_people())
    for name, kept in (("directory_organisations", organisation), ("cohorts", cohort)):
        assert desk.delete(reverse(f"{name}:delete", args=[kept.pk])).status_code == 405
        assert type(kept)._base_manager.filter(pk=kept.pk).exists()


def test_a_form_that_lacks_a_part_is_a_bad_request(desk: Client) -> None:
    """As nobody's browser sends it: the rows of a field are not counted."""
    home = lessons.learning_home()
    address = reverse("wagtailadmin_pages:add", args=["learning", "trainingmodulepage", home.pk])
    assert desk.post(address, {"title": "A lesson"}).status_code == 400


def test_a_capacity_that_an_offer_names_is_counted() -> None:
    capacity = CapacityFactory()
    ListingFactory(capacities=[capacity])
    assert sum(losses(type(capacity).objects.filter(pk=capacity.pk)).values()) == 1
