"""The form of a cohort: what cannot be is refused with a sentence, and what somebody typed stays."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from foundation.accounts.constants import Role
from learning.models import Cohort, Session
from learning.services.enrolment import enrol
from tests.factories.accounts import UserFactory
from tests.factories.learning import make_cohort, make_course, make_module

pytestmark = pytest.mark.django_db
NEW = "/admin/cohorts/new/"


@pytest.fixture
def coordinator(client: Any) -> Any:
    """Signed in as a coordinator."""
    found = UserFactory(role=Role.COORDINATOR)
    client.force_login(found)
    return found


def sent(client: Any, address: str, **changes: Any) -> dict[str, Any]:
    """What a browser sends of a form as it is, with the changes."""
    form = client.get(address).context["form"]
    fields = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    for formset in form.formsets.values():
        kept = formset.management_form
        fields |= {f"{formset.prefix}-{name}": kept[name].value() for name in kept.fields}
        for row in formset.initial_forms:
            fields |= {row.add_prefix(name): row[name].value() or "" for name in row.fields}
    return {name: _typed(value) for name, value in (fields | changes).items()}


def _typed(value: Any) -> Any:
    return value.strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else value


def new(client: Any, **call: Any) -> dict[str, Any]:
    """The form of a new cohort that runs from the ninth to the thirtieth day from now, with one call."""
    today = timezone.localdate()
    row = {
        "title": "First call",
        "starts_at": f"{today + timedelta(days=9)} 18:00",
        "minutes": "60",
        "language": "en",
        "interpretation": "",
        "ORDER": "1",
        **call,
    }
    return sent(
        client,
        NEW,
        course=make_course().pk,
        name="Spring",
        opens=f"{today} 00:00",
        closes=f"{today + timedelta(days=9)} 00:00",
        starts_on=str(today + timedelta(days=9)),
        ends_on=str(today + timedelta(days=30)),
        **{"sessions-TOTAL_FORMS": "1"},
        **{f"sessions-0-{name}": value for name, value in row.items()},
    )


def test_a_right_call_is_taken(client, coordinator):
    answer = client.post(NEW, new(client))
    assert answer.status_code == 302
    assert Session.objects.get().minutes == 60


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ({"minutes": "0"}, "at least a minute"),
        ({"minutes": "-30"}, "greater than or equal to 0"),
        ({"minutes": "2000"}, "at most a day"),
        ({"days": 8}, "before the first day of the course"),
        ({"days": 31}, "after the last day of the course"),
        ({"interpretation": "es, xq"}, "We know no language called “xq”"),
        ({"language": "xq"}, "Select a valid choice"),
    ],
)
def test_a_call_that_cannot_be_is_refused(client, coordinator, call, message):
    if days := call.pop("days", 0):
        call["starts_at"] = f"{timezone.localdate() + timedelta(days=days)} 18:00"
    answer = client.post(NEW, new(client, title="My first call", **call))
    assert message in answer.text
    assert "My first call" in answer.text
    assert not Cohort.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("es, ar", "es, ar"), ("Spanish; العربية،fr", "es, ar, fr"), (" , ES,es ", "es"), ("swahili", "sw")],
)
def test_languages_of_interpretation_are_known_by_code_and_name(client, coordinator, typed, kept):
    client.post(NEW, new(client, interpretation=typed))
    assert Session.objects.get().interpretation == kept


@pytest.mark.parametrize(
    "changes",
    [
        {"ends_on": str(timezone.localdate()), "starts_on": str(timezone.localdate() + timedelta(days=1))},
        {"seats": "0"},
    ],
)
def test_a_cohort_that_cannot_be_is_refused(client, coordinator, changes):
    answer = client.post(NEW, new(client) | changes)
    assert answer.status_code == 200
    assert not Cohort.objects.exists()


def test_seats_that_are_taken_are_not_taken_away(client, coordinator):
    cohort = make_cohort(make_course(), seats=3)
    for _person in range(2):
        enrol(cohort, UserFactory())
    address = f"/admin/cohorts/edit/{cohort.pk}/"
    refused = client.post(address, sent(client, address, seats="1"))
    assert "2 seats are taken already" in refused.text
    assert Cohort.objects.get().seats == 3
    assert client.post(address, sent(client, address, seats="2")).status_code == 302
    assert Cohort.objects.get().seats == 2


def test_a_cohort_that_has_fewer_seats_already_can_be_changed_otherwise(client, coordinator):
    cohort = make_cohort(make_course(), seats=2)
    for _person in range(2):
        enrol(cohort, UserFactory())
    Cohort.objects.update(seats=1)
    address = f"/admin/cohorts/edit/{cohort.pk}/"
    assert client.post(address, sent(client, address, name="Autumn")).status_code == 302
    assert Cohort.objects.get().name == "Autumn"


def test_a_call_that_was_held_outside_of_the_days_may_still_have_its_recording(client, coordinator):
    cohort = make_cohort(make_course())
    early = timezone.make_aware(datetime.combine(cohort.starts_on - timedelta(days=2), time(18)))
    cohort.sessions.update(starts_at=early)
    address = f"/admin/cohorts/edit/{cohort.pk}/"
    assert client.post(address, sent(client, address, **{"sessions-0-title": "Before"})).status_code == 302
    assert Session.objects.get().title == "Before"
    later = str(cohort.starts_on + timedelta(days=1))
    refused = client.post(address, sent(client, address, starts_on=later))
    assert "before the first day of the course" in refused.text


def test_a_lesson_takes_at_least_no_longer_than_at_most():
    page = make_module()
    page.minutes_min, page.minutes_max = 30, 20
    with pytest.raises(ValidationError, match="less than"):
        page.full_clean()
