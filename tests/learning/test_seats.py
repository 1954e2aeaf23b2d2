"""The waiting line is never jumped: however a seat becomes free, the next in line has it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from foundation.accounts.models import User
from foundation.accounts.personal_data import erase
from foundation.notifications.models import Notification
from foundation.workflow.errors import TransitionError
from learning.models import Cohort, Completion, Enrolment
from learning.services import enrolment as seats
from learning.services.enrolment import complete, enrol, fill_seats, leave, place_in_line, remove
from learning.tasks import complete_courses, fill_free_seats
from tests.factories.accounts import UserFactory
from tests.factories.learning import block_id, item, make_cohort, make_course, make_module
from tests.races import at_once, meet_after, needs_racing, without_locks

pytestmark = pytest.mark.django_db


def full(seats: int = 1, waiting: int = 2, **fields: Any) -> tuple[Cohort, list[User]]:
    """A cohort whose seats are taken, with a line."""
    cohort = make_cohort(make_course(), seats=seats, **fields)
    people = UserFactory.create_batch(seats + waiting)
    for person in people:
        enrol(cohort, person)
    return cohort, people


def states(people: list[User]) -> list[str]:
    """Who stands where, in the order of the people; "" for whom there is nothing."""
    known = dict(Enrolment.objects.values_list("user_id", "state"))
    return [known.get(person.pk, "") for person in people]


def coordinator() -> User:
    """Somebody who runs courses."""
    from django.contrib.auth.models import Group

    user = UserFactory()
    user.groups.add(Group.objects.get(name="Coordinators"))
    return user


def test_more_seats_go_to_those_who_wait():
    cohort, people = full()
    cohort.seats = 2
    cohort.save()
    assert states(people) == ["enrolled", "enrolled", "waiting"]
    assert Notification.objects.filter(user=people[1], kind="learning.seat_given").exists()


def test_more_seats_in_the_admin_go_to_those_who_wait(client):
    cohort, people = full()
    client.force_login(coordinator())
    page = client.get(f"/admin/cohorts/edit/{cohort.pk}/")
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent |= {"course": cohort.course_id, "seats": 2}
    for name in ("opens", "closes"):
        sent[name] = f"{getattr(cohort, name):%Y-%m-%d %H:%M}"
    for formset in form.formsets.values():
        sent |= {
            f"{formset.prefix}-{key}": formset.management_form[key].value()
            for key in formset.management_form.fields
        }
        for row in formset.forms:
            sent |= {row.add_prefix(name): row[name].value() or "" for name in row.fields}
            sent[row.add_prefix("starts_at")] = f"{row.instance.starts_at:%Y-%m-%d %H:%M}"
    response = client.post(f"/admin/cohorts/edit/{cohort.pk}/", sent)
    assert response.status_code == 302
    assert states(people) == ["enrolled", "enrolled", "waiting"]


def test_the_seat_of_a_deleted_account_goes_to_the_next_in_line():
    _cohort, people = full()
    erase(people[0])
    assert states(people[1:]) == ["enrolled", "waiting"]


def test_the_seat_of_a_closed_account_goes_to_the_next_in_line():
    _cohort, people = full()
    people[0].is_active = False
    people[0].save()
    assert states(people) == ["left", "enrolled", "waiting"]


def test_a_closed_account_in_the_line_is_passed_over_and_not_counted():
    _cohort, people = full()
    User.objects.filter(pk=people[1].pk).update(is_active=False)
    assert place_in_line(Enrolment.objects.get(user=people[2])) == 1
    leave(Enrolment.objects.get(user=people[0]), by=people[0])
    assert states(people) == ["left", "waiting", "enrolled"]


def test_the_seat_of_somebody_whom_a_coordinator_takes_out_goes_to_the_next_and_both_are_told():
    cohort, people = full()
    seat = Enrolment.objects.get(user=people[0])
    with pytest.raises(TransitionError):
        remove(seat, by=people[1])
    assert remove(seat, by=coordinator()) == 1
    assert states(people) == ["left", "enrolled", "waiting"]
    told = {
        row.user: row
        for row in Notification.objects.filter(kind__in=("learning.removed", "learning.seat_given"))
    }
    assert {user: row.kind for user, row in told.items()} == {
        people[0]: "learning.removed",
        people[1]: "learning.seat_given",
    }
    course = cohort.course.specific
    for row in told.values():
        assert (row.context, row.url) == ({"course": course.title, "cohort": cohort.name}, course.url)


def test_a_row_that_is_deleted_frees_its_seat():
    _cohort, people = full()
    Enrolment.objects.get(user=people[0]).delete()
    assert states(people) == ["", "enrolled", "waiting"]


def test_a_cohort_that_ends_later_after_all_gives_its_free_seats():
    cohort, people = full()
    Cohort.objects.filter(pk=cohort.pk).update(ends_on=timezone.localdate() - timedelta(days=1), seats=2)
    cohort.refresh_from_db()
    assert fill_seats(cohort) == 0
    cohort.ends_on = timezone.localdate() + timedelta(days=9)
    cohort.save()
    assert states(people) == ["enrolled", "enrolled", "waiting"]


def test_a_newcomer_does_not_take_a_seat_that_others_wait_for():
    cohort, people = full()
    # Past all services, as an operator's script would.
    Cohort.objects.filter(pk=cohort.pk).update(seats=2)
    newcomer = UserFactory()
    assert enrol(cohort, newcomer).state == "waiting"
    assert states([*people, newcomer]) == ["enrolled", "enrolled", "waiting", "waiting"]


def test_a_newcomer_who_is_refused_takes_no_seat_away_again():
    cohort, people = full(waiting=1)
    Cohort.objects.filter(pk=cohort.pk).update(seats=2, waiting_list=False)
    with pytest.raises(Exception, match="All seats are taken"):
        enrol(cohort, UserFactory())
    assert states(people) == ["enrolled", "enrolled"]


def test_every_night_free_seats_are_given():
    cohort, people = full()
    Cohort.objects.filter(pk=cohort.pk).update(seats=2)
    assert fill_free_seats() == 1
    assert fill_free_seats() == 0
    assert states(people) == ["enrolled", "enrolled", "waiting"]


def test_two_who_came_in_the_same_moment_have_two_places():
    _cohort, people = full(waiting=3)
    Enrolment.objects.filter(state="waiting").update(state_since=timezone.now())
    places = [place_in_line(Enrolment.objects.get(user=person)) for person in people[1:]]
    assert places == [1, 2, 3]


def test_the_page_offers_no_seat_that_others_wait_for_and_says_the_true_place(client):
    cohort, people = full()
    Cohort.objects.filter(pk=cohort.pk).update(seats=2)
    client.force_login(UserFactory())
    assert "Join the waiting list" in client.get(cohort.course.url).text
    client.force_login(people[2])
    assert "You are number 2 on the waiting list" in client.get(cohort.course.url).text


def test_who_finished_every_lesson_has_completed_the_course_after_its_last_day():
    lesson = make_module()
    week = {"title": "One", "summary": "", "minutes": 60, "text": "", "pages": [item(lesson.pk)]}
    course = make_course(weeks=[{"type": "week", "id": block_id(), "value": week}])
    cohort = make_cohort(course, seats=2)
    done, not_done = UserFactory.create_batch(2)
    for person in (done, not_done):
        enrol(cohort, person)
    Completion.objects.create(user=done, module=lesson.translation_key, title=lesson.title)
    assert complete_courses() == 0
    Cohort.objects.filter(pk=cohort.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert complete_courses() == 1
    assert complete_courses() == 0
    assert states([done, not_done]) == ["completed", "enrolled"]
    assert Notification.objects.filter(user=done, kind="learning.completed").exists()


def test_a_coordinator_says_who_completed_a_course_and_nobody_else_does():
    cohort, people = full(waiting=0)
    with pytest.raises(TransitionError, match="has not begun"):
        complete(Enrolment.objects.get(), by=coordinator())
    Cohort.objects.filter(pk=cohort.pk).update(starts_on=timezone.localdate())
    with pytest.raises(TransitionError):
        complete(Enrolment.objects.get(), by=people[0])
    assert states(people) == ["enrolled"]
    complete(Enrolment.objects.get(), by=coordinator())
    assert states(people) == ["completed"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_a_newcomer_at_once_give_one_seat_to_the_first_in_line():
    cohort, people = full(waiting=3)
    Cohort.objects.filter(pk=cohort.pk).update(seats=2)
    newcomer = UserFactory()
    results = at_once(fill_free_seats, fill_free_seats, lambda: enrol(cohort, newcomer))
    assert not [result for result in results if isinstance(result, Exception)], results
    assert states([*people, newcomer]) == ["enrolled", "enrolled", "waiting", "waiting", "waiting"]
    assert Notification.objects.filter(kind="learning.seat_given").count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_account_is_deleted_while_another_leaves_and_a_newcomer_comes():
    cohort, people = full(seats=2, waiting=2)
    newcomer = UserFactory()
    seat = Enrolment.objects.get(user=people[1])
    results = at_once(
        lambda: erase(User.objects.get(pk=people[0].pk)),
        lambda: leave(seat, by=people[1]),
        lambda: enrol(cohort, newcomer),
    )
    assert not [result for result in results if isinstance(result, Exception)], results
    assert states([*people[1:], newcomer]) == ["left", "enrolled", "enrolled", "waiting"]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("locked", "seated"), [(True, 1), (False, 2)])
def test_without_the_lock_one_seat_is_given_twice(locked: bool, seated: int, monkeypatch: pytest.MonkeyPatch):
    """The control: both have counted a free seat before either takes it. The cohort's lock alone keeps one out."""
    needs_racing()
    cohort, people = make_cohort(make_course(), seats=1), UserFactory.create_batch(2)
    meet_after(monkeypatch, seats, "_free")
    if not locked:
        without_locks(monkeypatch)
    at_once(*(lambda person=person: enrol(cohort, person) for person in people))
    assert states(people).count("enrolled") == seated


def test_on_its_last_day_a_cohort_still_gives_its_free_seats():
    cohort, people = full()
    Cohort.objects.filter(pk=cohort.pk).update(ends_on=timezone.localdate(), seats=2)
    cohort.refresh_from_db()
    assert fill_seats(cohort) == 1
    assert states(people) == ["enrolled", "enrolled", "waiting"]
