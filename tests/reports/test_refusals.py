"""What is refused around a report, each with its sentence, and what is written down where it is not."""

from __future__ import annotations

import functools
import uuid

import pytest
from django.utils import translation

from directory.models import Person
from foundation.accounts.constants import Role
from foundation.accounts.models import User
from foundation.notifications.models import Notification
from foundation.reports import services
from foundation.reports.models import LeftOut, Message, Report
from foundation.reports.registry import find
from foundation.workflow.errors import StaleState, TransitionError
from foundation.workflow.models import LogEntry
from tests import refusals
from tests.factories.accounts import UserFactory
from tests.factories.directory import PersonFactory

pytestmark = pytest.mark.django_db
refused = functools.partial(refusals.refused, kind=TransitionError)
ONE_SENTENCE = "Write at least one sentence."


@pytest.fixture
def ingrid(db: None) -> User:
    return UserFactory(name="Ingrid Solheim", role=Role.ADMINISTRATOR)


@pytest.fixture
def reporter(db: None) -> Person:
    return PersonFactory(name="Salma Bouzid")


def sent(
    reporter: Person, about: Person | None = None, text: str = "He writes at night.", **how: object
) -> Report:
    about = about or PersonFactory()
    subject = find(reporter.user, "person", str(about.pk))
    assert subject is not None
    return services.send(subject, kind="person", id=str(about.pk), by=reporter.user, text=text, **how)  # type: ignore[arg-type]


def entries(report: Report) -> list[tuple[str, str, object]]:
    return [(entry.name, entry.role, entry.by) for entry in LogEntry.objects.of(report)]


def told(user: User, kind: str, *, read: bool = False) -> int:
    return Notification.objects.filter(user=user, kind=kind, read_at__isnull=not read).count()


def test_a_report_has_words(ingrid: User, reporter: Person) -> None:
    with refused(ONE_SENTENCE):
        sent(reporter, text=" \n")
    assert not Report.objects.exists()


def test_somebody_has_to_be_left_who_reads_it(ingrid: User, reporter: Person) -> None:
    with refused("Nobody could read this. Leave at least one administrator in."):
        sent(reporter, without=[ingrid.pk])
    assert not Report.objects.exists()


def test_who_has_sent_five_in_a_day_adds_to_one_of_them(ingrid: User, reporter: Person) -> None:
    for _number in range(services.MOST_A_DAY):
        sent(reporter)
    with refused(
        "You have sent 5 reports since yesterday, as many as can be sent in a day. "
        "You can add to one of them, and send another tomorrow."
    ):
        sent(reporter)
    sent(PersonFactory())  # the limit is each person's own


def test_each_report_is_a_new_one_unless_it_is_the_same_press(ingrid: User, reporter: Person) -> None:
    about, token = PersonFactory(), uuid.uuid4()
    first, second = sent(reporter, about), sent(reporter, about)
    assert first.pk != second.pk
    assert first.token != second.token
    pressed = sent(reporter, about, token=token)
    assert (sent(reporter, about, token=token), pressed.token) == (pressed, token)
    assert Report.objects.count() == 3


def test_the_log_says_who_reported(ingrid: User, reporter: Person) -> None:
    assert entries(sent(reporter)) == [("start", "reporter", reporter.user)]


def test_it_is_written_down_why_an_administrator_does_not_read_it(ingrid: User, reporter: Person) -> None:
    concerned = UserFactory(role=Role.ADMINISTRATOR)
    asked = UserFactory(role=Role.ADMINISTRATOR)
    stranger = UserFactory()
    report = sent(
        reporter,
        PersonFactory(user=concerned),
        without=[asked.pk, stranger.pk, concerned.pk, reporter.user_id],
    )
    rows = set(LeftOut.objects.filter(report=report).values_list("user_id", "why"))
    assert rows == {(concerned.pk, LeftOut.Why.CONCERNED), (asked.pk, LeftOut.Why.ASKED)}
    assert services.readers_of(report) == [ingrid]


def test_each_report_and_each_addition_is_told_to_its_readers(ingrid: User, reporter: Person) -> None:
    about = PersonFactory()
    report = sent(reporter, about)
    sent(reporter, about)
    assert told(ingrid, "report_arrived") == 2
    services.add(
        report, "And again.", by=reporter.user
    )  # nobody has read it yet: there is nothing new to tell
    assert told(ingrid, "report_arrived") == 2
    services.answer(report, "We look into it.", by=ingrid)
    assert (told(ingrid, "report_arrived"), told(ingrid, "report_arrived", read=True)) == (1, 1)
    services.add(report, "He wrote again.", by=reporter.user)
    assert told(ingrid, "report_arrived") == 2


def test_opening_it_is_written_down_once_with_who_did(ingrid: User, reporter: Person) -> None:
    report = sent(reporter)
    services.open_report(report, by=ingrid)
    services.open_report(report, by=ingrid)
    assert entries(report)[1:] == [("read", "administrator", ingrid)]
    assert report.state == Report.objects.get().state != "sent"


def test_what_is_answered_is_kept_with_who_wrote_it(ingrid: User, reporter: Person) -> None:
    report = sent(reporter)
    answer = services.answer(report, " We look into it. ", by=ingrid)
    more = services.add(report, "Thank you.", by=reporter.user)
    assert [(row.text, row.by, row.from_reporter) for row in (answer, more)] == [
        ("We look into it.", ingrid, False),
        ("Thank you.", reporter.user, True),
    ]
    assert [entry[0] for entry in entries(report)] == ["start", "answer", "add"]


@pytest.mark.parametrize("verb", [services.answer, services.close])
def test_an_administrator_who_saw_another_state_writes_nothing(verb, ingrid: User, reporter: Person) -> None:
    report = sent(reporter)
    with pytest.raises(StaleState):
        verb(report, "We look into it.", by=ingrid, expect="closed")
    assert not Message.objects.exists()
    verb(report, "We look into it.", by=ingrid, expect="sent")
    assert Message.objects.count() == 1


@pytest.mark.parametrize("verb", [services.add, services.answer, services.close])
def test_a_message_has_words_and_one_press_writes_it_once(verb, ingrid: User, reporter: Person) -> None:
    report, token = sent(reporter), uuid.uuid4()
    by = reporter.user if verb is services.add else ingrid
    with refused(ONE_SENTENCE):
        verb(report, " ", by=by)
    first = verb(report, "One.", by=by, token=token)
    assert verb(report, "Two.", by=by, token=token) == first
    assert [row.text for row in Message.objects.all()] == ["One."]


@pytest.mark.parametrize("verb", [services.add, services.answer, services.close, services.withdraw])
def test_somebody_else_writes_nothing_and_takes_nothing_back(verb, ingrid: User, reporter: Person) -> None:
    report, somebody = sent(reporter), UserFactory()
    with pytest.raises(TransitionError):
        verb(report, by=somebody) if verb is services.withdraw else verb(report, "Words.", by=somebody)
    report.refresh_from_db()
    assert report.state == "sent"
    assert not Message.objects.exists()


def test_the_person_who_reports_adds_at_most_twenty_times_a_day(ingrid: User, reporter: Person) -> None:
    report = sent(reporter)
    for number in range(services.MOST_MESSAGES_A_DAY):
        services.add(report, f"Number {number}.", by=reporter.user)
    with refused("You have written as often as anybody can in a day."):
        services.add(report, "One more.", by=reporter.user)
    assert Message.objects.count() == services.MOST_MESSAGES_A_DAY
    services.answer(report, "We have read them.", by=ingrid)


@pytest.mark.parametrize("by_mail", [True, False])
def test_news_are_told_in_the_site_and_by_mail_where_that_was_asked_for(
    by_mail: bool, ingrid: User, reporter: Person
) -> None:
    report = sent(reporter, by_mail=by_mail)
    with translation.override("fr"):
        services.answer(report, "We look into it.", by=ingrid)
    news = Notification.objects.get(user=reporter.user, kind="report_news")
    assert news.mail_due is by_mail
    # Without a language: each reader's own is put before it.
    assert news.url == report.get_absolute_url().removeprefix("/en")


def test_nobody_is_told_whose_account_is_closed(ingrid: User, reporter: Person) -> None:
    report = sent(reporter)
    reporter.user.is_active = False
    reporter.user.save()
    report.refresh_from_db()
    services.answer(report, "We look into it.", by=ingrid)
    assert not Notification.objects.filter(user=reporter.user).exists()
