"""Running a course: the menu of editors, the page of a group for coordinators, recordings, and what learners see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.accounts.constants import Role
from learning.models import Cohort, Completion, Enrolment, Study
from learning.services.enrolment import complete, enrol
from tests.factories.accounts import UserFactory
from tests.factories.learning import make_cohort, make_course, make_module, make_webinar, translate

pytestmark = pytest.mark.django_db


def cohort_form(client, course, **changes):
    """What a browser sends from the empty form of a cohort."""
    form = client.get("/admin/cohorts/new/").context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    for formset in form.formsets.values():
        kept = formset.management_form
        sent |= {f"{formset.prefix}-{name}": kept[name].value() for name in kept.fields}
    today = timezone.localdate()
    filled = {
        "course": course.pk,
        "name": "Spring",
        "opens": f"{today} 00:00",
        "closes": f"{today + timedelta(days=9)} 00:00",
        "starts_on": today + timedelta(days=9),
        "ends_on": today + timedelta(days=30),
        "seats": 1,
        "waiting_list": "on",
    }
    return {**sent, **filled, **changes}


@pytest.mark.parametrize("role", [Role.EDITOR, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_editors_and_coordinators_find_cohorts_in_the_menu_and_make_one(client, role):
    course = make_course()
    client.force_login(UserFactory(role=role))
    assert "/admin/cohorts/" in client.get("/admin/").text
    assert client.get("/admin/cohorts/").status_code == 200
    response = client.post("/admin/cohorts/new/", cohort_form(client, course))
    assert response.status_code == 302, response.context["form"].errors
    assert Cohort.objects.get().course == course


@pytest.mark.parametrize("role", [Role.TRANSLATOR, None])
def test_others_do_not(client, role):
    client.force_login(UserFactory(role=role) if role else UserFactory())
    assert client.get("/admin/cohorts/").status_code == 302


@pytest.mark.parametrize("role", [Role.EDITOR, Role.COORDINATOR])
def test_the_course_can_be_found_in_the_chooser(client, role):
    course = make_course()
    client.force_login(UserFactory(role=role))
    below = client.get(f"/admin/choose-page/{course.get_parent().pk}/?page_type=learning.CoursePage")
    assert course.title in below.text


def test_editors_keep_dates_and_see_nobodys_enrolment_nor_delete_a_group(client):
    cohort = make_cohort(make_course())
    enrol(cohort, UserFactory(name="Amina Diallo"))
    client.force_login(UserFactory(role=Role.EDITOR))
    assert client.get("/admin/enrolments/").status_code == 302
    assert client.get(f"/admin/cohorts/delete/{cohort.pk}/").status_code == 302
    assert client.get(f"/en/learn/cohorts/{cohort.pk}/people/").status_code == 404
    assert Cohort.objects.exists()


def test_a_coordinator_sees_the_group_says_who_completed_and_takes_out(client, django_assert_max_num_queries):
    course = make_course()
    cohort = make_cohort(course, seats=2)
    people = [UserFactory(name=name) for name in ("Amina Diallo", "Jonas Weber", "Noor Mansour")]
    for person in people:
        enrol(cohort, person)
    client.force_login(UserFactory(role=Role.COORDINATOR))
    url = f"/en/learn/cohorts/{cohort.pk}/people/"
    assert url in client.get(course.url).text
    with django_assert_max_num_queries(18):
        shown = client.get(url).text
    assert "2 of 2 seats taken, 1 waiting." in shown
    assert shown.index("Jonas Weber") < shown.index("1. Noor Mansour")
    assert "Mark as completed" not in shown
    Cohort.objects.update(starts_on=timezone.localdate())
    assert "Mark as completed" in client.get(url).text
    seats = {row.user.name: row.pk for row in Enrolment.objects.all()}
    done = client.post(f"{url}{seats['Amina Diallo']}/", {"move": "complete"}, follow=True)
    assert "Amina Diallo completed the course, and was told." in done.text
    client.post(f"{url}{seats['Jonas Weber']}/", {"move": "remove"})
    assert dict(Enrolment.objects.values_list("user__name", "state")) == {
        "Amina Diallo": "completed",
        "Jonas Weber": "left",
        "Noor Mansour": "enrolled",
    }
    again = client.post(f"{url}{seats['Jonas Weber']}/", {"move": "remove"}, follow=True)
    assert "This has changed since you opened the page" in again.text
    assert client.post(f"{url}{seats['Jonas Weber']}/", {"move": "give_seat"}).status_code == 404


@pytest.mark.parametrize("who", ["learner", "stranger", "anonymous"])
def test_nobody_else_sees_or_moves_the_group(client, who):
    course = make_course()
    cohort = make_cohort(course)
    learner = UserFactory(name="Amina Diallo")
    seat = enrol(cohort, learner)
    if who != "anonymous":
        client.force_login(learner if who == "learner" else UserFactory())
    url = f"/en/learn/cohorts/{cohort.pk}/people/"
    assert url not in client.get(course.url).text
    for response in (client.get(url), client.post(f"{url}{seat.pk}/", {"move": "complete"})):
        assert response.status_code == (302 if who == "anonymous" else 404)
    assert Enrolment.objects.get().state == "enrolled"


def test_the_recording_of_a_call_stands_beside_it_in_the_readers_language_once_it_is_published(client):
    course = make_course()
    cohort = make_cohort(course)
    draft, recording = make_webinar(live=False), make_webinar()
    spanish = translate(recording, "es")
    translate(course, "es")
    cohort.sessions.update(recording=draft)
    assert "Watch the recording" not in client.get(course.url).text
    cohort.sessions.update(recording=recording)
    assert f'href="{recording.url}"' in client.get(course.url).text
    assert f'href="{spanish.url}"' in client.get(course.url.replace("/en/", "/es/")).text


def test_who_took_part_finds_the_course_its_end_and_its_recordings_later(client):
    course = make_course()
    cohort = make_cohort(course, seats=1)
    learner, waiting = UserFactory.create_batch(2)
    complete(enrol(cohort, learner), by=None)
    enrol(cohort, waiting)
    client.force_login(waiting)
    assert "You are number 1 on the waiting list" in client.get("/en/my/learning/").text
    recording = make_webinar()
    cohort.sessions.update(recording=recording)
    Cohort.objects.filter(pk=cohort.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    client.force_login(learner)
    shown = client.get(course.url).text
    assert "Where you took part: Spring" in shown
    assert "You completed it" in shown
    assert recording.url in shown
    mine = client.get("/en/my/learning/").text
    assert course.title in mine
    assert "Completed" in mine
    client.force_login(UserFactory())
    assert "Where you took part" not in client.get(course.url).text


def test_every_finished_lesson_can_be_reached(client):
    learner = UserFactory()
    page = make_module(title="The first of all")
    client.force_login(learner)
    Completion.objects.create(user=learner, module=page.translation_key, title=page.title)
    others = [
        Completion(user=learner, module=f"00000000-0000-4000-8000-{number:012d}", title=f"Lesson {number}")
        for number in range(120)
    ]
    Completion.objects.bulk_create(others)
    Completion.objects.filter(title=page.title).update(at=timezone.now() - timedelta(days=99))
    first = client.get("/en/my/learning/")
    assert page.title not in first.text
    assert "?page=2" in first.text
    assert page.title in client.get("/en/my/learning/?page=3").text
    assert client.get("/en/my/learning/?page=99&x=%00").status_code == 200


def test_every_lesson_begun_can_be_reached(client, django_assert_max_num_queries):
    learner = UserFactory()
    client.force_login(learner)
    pages = [make_module(title=f"Lesson number {number}") for number in range(8)]
    for page in pages:
        Study.objects.create(user=learner, module=page.translation_key)
    with django_assert_max_num_queries(30):
        shown = client.get("/en/my/learning/").text
    assert [page.title for page in pages if page.title not in shown] == []
