"""Whose clock a time is told by: from sign-up to pages, messages and the admin."""

from __future__ import annotations

import importlib
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from directory.presenters.people import local_time
from exchange.home.presenters.dashboard import greeting
from foundation.accounts.models import User
from foundation.l10n.times import moment_text
from learning.models import Cohort
from tests.accounts.test_accounts import sign_up
from tests.factories.accounts import UserFactory
from tests.factories.directory import PersonFactory
from tests.factories.learning import make_cohort, make_course

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Africa/Casablanca", "Africa/Casablanca"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("Europe/Berlin ", "Europe/Berlin"),
        ("US/Pacific", "US/Pacific"),
        ("Etc/Unknown", ""),
        ("../../etc/passwd", ""),
        ("", ""),
    ],
)
def test_signing_up_keeps_the_zone_of_the_browser_where_it_tells_one(
    client: Client, sent: str, kept: str
) -> None:
    sign_up(client, timezone=sent)
    assert User.objects.get(email="salma@test.example").timezone == kept


def test_signing_up_without_javascript_chooses_no_zone(client: Client) -> None:
    sign_up(client)
    assert User.objects.get(email="salma@test.example").timezone == ""


def test_the_old_default_is_no_choice() -> None:
    asked, chosen = UserFactory(timezone="UTC"), UserFactory(timezone="Africa/Lagos")
    migration = importlib.import_module("foundation.accounts.migrations.0003_zone_not_chosen")
    migration.forget_what_nobody_chose(apps, None)
    asked.refresh_from_db()
    chosen.refresh_from_db()
    assert (asked.timezone, chosen.timezone) == ("", "Africa/Lagos")


def test_an_account_may_leave_the_zone_open_and_keeps_it_open(client: Client) -> None:
    user = UserFactory(timezone="")
    client.force_login(user)
    assert '<option value="" selected>' in client.get(reverse("accounts:account")).text
    client.post(reverse("accounts:account"), {"name": "Noor", "language": "en", "timezone": ""})
    user.refresh_from_db()
    assert (user.name, user.timezone) == ("Noor", "")


def late_course() -> Any:
    """A course with one call at half past eleven in the evening, UTC."""
    course = make_course()
    cohort = make_cohort(course)
    late = (timezone.now() + timedelta(days=7)).replace(hour=23, minute=30, second=0, microsecond=0)
    cohort.sessions.update(starts_at=late)
    Cohort.objects.update(starts_on=late.date())
    return course, late


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "America/Lima", ""])
def test_on_a_course_the_leaf_says_the_day_of_the_words(client: Client, zone: str) -> None:
    course, late = late_course()
    client.force_login(UserFactory(timezone=zone))
    page = client.get(course.url).text
    leaves = re.findall(r'<time class="date"[^>]*><b>(\d+)</b>', page)
    days = re.findall(r"<time[^>]*>\w+day (\d+) \w+ \d+, \d\d:\d\d (your time )?\(", page)
    local = late + timedelta(hours={"Asia/Kolkata": 5.5, "America/Lima": -5, "": 0}[zone])
    # Twice: in the box of the cohort, and in the list of its calls. (The third words say until when to enrol.)
    assert leaves == [str(local.day)] * 2
    assert [day for day, _yours in days].count(str(local.day)) >= 2
    assert all(bool(yours) is bool(zone) for _day, yours in days)
    assert ("(UTC)" in page) is (zone == "")


def test_strangers_read_utc_until_their_browser_says_better(client: Client) -> None:
    course, _late = late_course()
    page = client.get(course.url).text
    assert "your time" not in page
    assert page.count('data-local="leaf"') == 2
    assert page.count('data-local="datetime"') >= 2


def test_messages_name_the_zone_and_the_day_of_who_reads_them() -> None:
    moment = datetime(2026, 11, 28, 23, 30, tzinfo=UTC)
    with timezone.override("Asia/Tokyo"):  # of somebody else, whose request sends the message
        assert moment_text(moment, UserFactory(timezone="")) == "Saturday 28 November 2026, 23:30 (UTC)"
        noor = UserFactory(timezone="Africa/Casablanca")
        assert moment_text(moment, noor) == "Sunday 29 November 2026, 00:30 your time (Casablanca)"
        assert moment_text(moment, UserFactory(timezone="Etc/GMT-3")).endswith("02:30 your time (UTC+03:00)")
        assert moment_text(moment, noor, "date") == "29 November 2026"
        assert moment_text(moment, UserFactory(timezone="", language="ar")).endswith(
            "11:30 م (\u2068UTC\u2069)"
        )


def test_nobody_is_greeted_by_a_clock_that_is_not_theirs() -> None:
    assert greeting(UserFactory(timezone="", name="Noor Mansour")) == "Hello, Noor"
    assert greeting(UserFactory(timezone="Asia/Tokyo", name="Noor Mansour")).startswith("Good ")


def test_a_person_s_clock_is_compared_only_with_a_clock_that_is_known() -> None:
    person = PersonFactory(user__timezone="Africa/Nairobi")
    assert local_time(person, UserFactory(timezone="")).endswith("there now (UTC+03)")
    assert local_time(person, UserFactory(timezone="UTC")).endswith("3 hours ahead of you")
    assert local_time(PersonFactory(user__timezone=""), UserFactory()) == ""


def save_cohort(client: Client, course: Any, opens: str) -> str:
    """Types a cohort into the admin; answers the page that asks for the next one."""
    form = client.get("/admin/cohorts/new/").text
    values = {
        **{"course": course.pk, "name": "Spring", "language": "en", "starts_on": "2027-01-01", "seats": 5},
        **{"ends_on": "2027-02-01", "opens": opens, "closes": "2026-12-30 10:00", "waiting_list": "on"},
        **{f"sessions-{name}": value for name, value in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0))},
    }
    answer = client.post("/admin/cohorts/new/", values)
    assert answer.status_code == 302, answer.text
    return form


@pytest.mark.parametrize(
    ("zone", "named", "hour"),
    [("Asia/Kolkata", "Asia/Kolkata", 12), ("", "UTC", 18), ("Europe/Kyiv", "Europe/Kyiv", 16)],
)
def test_the_admin_reads_typed_times_by_the_account_s_clock_and_says_so(
    client: Client, zone: str, named: str, hour: int
) -> None:
    course, editor = make_course(), UserFactory(admin=True, timezone=zone)
    # What Wagtail's own profile says does not count: there is one choice.
    UserProfile.objects.create(user=editor, current_time_zone="America/Lima")
    client.force_login(editor)
    form = save_cohort(client, course, "2026-12-01 18:00")
    assert f'data-zone="{named}"' in form
    # Beside each field that takes a time: opens, closes, and the start of a session.
    assert len(re.findall(rf"Time zone: {named}", form)) == 3
    cohort = Cohort.objects.get(name="Spring")
    assert (cohort.opens.hour, cohort.opens.minute) == (hour, 30 if zone == "Asia/Kolkata" else 0)
    assert 'value="2026-12-01 18:00"' in client.get(f"/admin/cohorts/edit/{cohort.pk}/").text


def test_publishing_at_a_time_names_the_zone_too(client: Client) -> None:
    course = make_course()
    client.force_login(UserFactory(admin=True, timezone="Asia/Kolkata"))
    page = client.get(reverse("wagtailadmin_pages:edit", args=[course.pk])).text
    assert page.count("Time zone: Asia/Kolkata") >= 2
    # Wagtail asks for no zone of its own; its page leads to the account.
    account = client.get(reverse("wagtailadmin_account")).text
    assert "current_time_zone" not in account
    assert "Name, language and time zone" in account


def test_no_template_writes_a_moment_by_itself() -> None:
    """Moments go through {% local_time %} and {% datebox %}, or leaf and words come to say two things."""
    ours = [
        config
        for config in apps.get_app_configs()
        if str(config.path).startswith(str(ROOT)) and ".venv" not in config.path
    ]
    names = {
        field.name
        for config in ours
        for model in config.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.DateTimeField)
    }
    names |= {"at", "looks_until"}
    written = re.compile(rf"\.({'|'.join(sorted(names))})\|(date|time)\b(?!:'c')")
    folders = [
        ROOT / room
        for room in ("site", "learning", "directory", "mentoring", "search", "frontend/components")
    ]
    found = [
        f"{file.relative_to(ROOT)}: {match.group()}"
        for folder in folders
        for file in folder.rglob("*.html")
        for match in written.finditer(file.read_text())
    ]
    assert found == []
    assert settings.WAGTAIL_USER_TIME_ZONES == ["UTC"]
