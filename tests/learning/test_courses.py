"""Courses: seats, waiting list, and who sees the address of a meeting."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone
from wagtail.models import PageViewRestriction

from foundation.notifications.models import Notification
from foundation.workflow.models import LogEntry
from learning.errors import EnrolmentError
from learning.models import Enrolment
from learning.selectors import coming_up_for
from learning.services.enrolment import enrol, leave
from tests.factories.accounts import UserFactory
from tests.factories.learning import block_id, item, make_cohort, make_course, make_module, translate

SECRET = "meet.example/secret-room"


@pytest.mark.django_db
def test_enrolling_twice_is_the_same_as_once():
    cohort = make_cohort(make_course())
    user = UserFactory()
    assert enrol(cohort, user) == enrol(cohort, user)
    assert Enrolment.objects.get().state == "enrolled"


@pytest.mark.django_db
def test_the_next_in_line_gets_the_seat_of_somebody_who_leaves_and_is_told():
    cohort = make_cohort(make_course(), seats=1)
    first, second, third = UserFactory.create_batch(3)
    seat = enrol(cohort, first)
    assert [enrol(cohort, user).state for user in (second, third)] == ["waiting", "waiting"]
    assert leave(seat, by=first) == 1
    states = dict(Enrolment.objects.values_list("user_id", "state"))
    assert states == {first.pk: "left", second.pk: "enrolled", third.pk: "waiting"}
    assert Notification.objects.filter(user=second, kind="learning.seat_given").exists()
    moves = LogEntry.objects.of(Enrolment.objects.get(user=second)).values_list("name", flat=True)
    assert list(moves) == ["start", "give_seat"]


@pytest.mark.django_db
def test_who_left_may_come_back_at_the_end_of_the_line():
    cohort = make_cohort(make_course(), seats=1)
    first, second = UserFactory.create_batch(2)
    leave(enrol(cohort, first), by=first)
    enrol(cohort, second)
    assert enrol(cohort, first).state == "waiting"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"opens": timezone.now() + timedelta(days=1)}, "not open yet"),
        ({"closes": timezone.now() - timedelta(hours=1)}, "closed"),
    ],
)
def test_enrolment_keeps_to_its_window(change, message):
    cohort = make_cohort(make_course(), **change)
    with pytest.raises(EnrolmentError, match=message):
        enrol(cohort, UserFactory())


@pytest.mark.django_db
def test_a_full_cohort_without_a_waiting_list_says_so():
    cohort = make_cohort(make_course(), seats=1, waiting_list=False)
    enrol(cohort, UserFactory())
    with pytest.raises(EnrolmentError, match="All seats are taken"):
        enrol(cohort, UserFactory())


@pytest.mark.django_db(transaction=True)
def test_of_many_who_press_at_once_no_more_get_a_seat_than_there_are():
    cohort = make_cohort(make_course(), seats=2)
    users = UserFactory.create_batch(6)
    barrier = threading.Barrier(len(users))
    failures = []

    def press(user):
        try:
            barrier.wait(timeout=20)
            enrol(cohort, user)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=(user,)) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    states = sorted(Enrolment.objects.values_list("state", flat=True))
    assert states == ["enrolled"] * 2 + ["waiting"] * 4


@pytest.mark.django_db
def test_the_meeting_address_reaches_only_those_who_hold_a_seat(client):
    course = make_course()
    cohort = make_cohort(course, seats=1)
    seated, waiting, left, stranger = UserFactory.create_batch(4)
    leave(enrol(cohort, left), by=left)
    enrol(cohort, seated)
    enrol(cohort, waiting)
    assert SECRET not in client.get(course.url).text
    for user in (waiting, left, stranger):
        client.force_login(user)
        assert SECRET not in client.get(course.url).text
        assert SECRET not in client.get("/en/my/learning/").text
        assert coming_up_for(user) == []
    client.force_login(seated)
    assert SECRET in client.get(course.url).text
    assert SECRET in client.get("/en/my/learning/").text


@pytest.mark.django_db
def test_the_meeting_address_is_not_in_the_index(index):
    from search.api import find
    from search.engines.factory import current_engine
    from search.types import Query

    course = make_course()
    make_cohort(course)
    index.rebuild()
    assert ("course", str(course.translation_key)) in set(current_engine().keys())
    assert find(Query(text="secret-room", match="any")).total == 0
    hit = find(Query(text="fundraising")).hits[0]
    assert SECRET not in str(hit)


@pytest.mark.django_db
def test_enrolling_and_leaving_on_the_page(client):
    course = make_course()
    cohort = make_cohort(course, seats=3)
    anonymous = client.get(course.url).text
    assert "Sign in to enrol" in anonymous
    assert "csrfmiddlewaretoken" not in anonymous
    assert "0 of 3 seats taken, 3 left" in anonymous
    client.force_login(UserFactory())
    enrolled = client.post(f"/en/learn/cohorts/{cohort.pk}/enrol/", follow=True).text
    assert "You are enrolled." in enrolled
    assert "Your cohort" in enrolled
    left = client.post(f"/en/learn/cohorts/{cohort.pk}/leave/", follow=True).text
    assert "You have left the course." in left


@pytest.mark.django_db
def test_somebody_whose_session_ended_is_asked_to_sign_in_and_comes_back_to_the_course(client):
    course = make_course()
    cohort = make_cohort(course)
    response = client.post(f"/en/learn/cohorts/{cohort.pk}/enrol/")
    assert response.status_code == 302
    assert response.url.endswith(f"?next={course.url}")


@pytest.mark.django_db
def test_nobody_enrols_in_a_course_that_is_not_published(client):
    cohort = make_cohort(make_course(live=False))
    client.force_login(UserFactory())
    assert client.post(f"/en/learn/cohorts/{cohort.pk}/enrol/").status_code == 404


@pytest.mark.django_db
def test_all_languages_of_a_course_share_its_cohorts(client):
    course = make_course()
    make_cohort(course)
    spanish = translate(course, "es")
    assert "Spring" in client.get(spanish.url).text


@pytest.mark.django_db
def test_a_week_shows_its_lessons_but_no_draft_and_nothing_behind_a_password(client):
    pages = [make_module(title="Open otters"), make_module(title="Hidden herons", live=False)]
    pages.append(make_module(title="Locked lynxes"))
    PageViewRestriction.objects.create(page=pages[2], restriction_type=PageViewRestriction.LOGIN)
    week = {
        "title": "One",
        "summary": "",
        "minutes": 60,
        "text": "",
        "pages": [item(page.pk) for page in pages],
    }
    course = make_course(weeks=[{"type": "week", "id": block_id(), "value": week}])
    shown = client.get(course.url).text
    assert "Open otters" in shown
    assert "Hidden herons" not in shown
    assert "Locked lynxes" not in shown


@pytest.mark.django_db
def test_times_are_in_the_readers_zone(client):
    course = make_course()
    make_cohort(course)
    client.force_login(UserFactory(timezone="Africa/Casablanca"))
    assert "+01:00" in client.get(course.url).text


@pytest.mark.django_db
def test_a_course_asks_few_questions_of_the_database(client, django_assert_max_num_queries):
    course = make_course()
    for _number in range(4):
        make_cohort(course, sessions=6)
    client.get(course.url)
    with django_assert_max_num_queries(26):
        client.get(course.url)
