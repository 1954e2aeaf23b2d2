"""Somebody reports something: who reads it, who never does, and what the person who reported sees."""

from __future__ import annotations

import datetime
import json
import uuid

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.models import Person
from foundation.accounts.constants import Role
from foundation.accounts.models import User
from foundation.accounts.personal_data import erase, export
from foundation.notifications.models import Notification
from foundation.reports import services
from foundation.reports.models import LeftOut, Report
from foundation.reports.registry import find
from foundation.reports.tasks import remind
from foundation.workflow.errors import TransitionError
from foundation.workflow.models import LogEntry
from tests.factories.accounts import UserFactory
from tests.factories.directory import (
    ExchangeFactory,
    ListingFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.factories.mentoring import PairingFactory

pytestmark = pytest.mark.django_db
WORDS = "He wrote to my private address at night"
INDEX = "reports_admin:index"


def client_of(user: User) -> Client:
    """A browser in which this account is signed in."""
    client = Client()
    client.force_login(user)
    return client


def status_for(user: User, report: Report) -> int:
    """What an account gets at the administrators' address of a report (below /en/ where there is none)."""
    address = reverse("reports_admin:report", args=[report.pk])
    return client_of(user).get(address, follow=True).status_code


def administrator(name: str) -> User:
    """Somebody who looks after the site."""
    return UserFactory(name=name, role=Role.ADMINISTRATOR)


@pytest.fixture
def ingrid() -> User:
    """An administrator whom nothing concerns."""
    return administrator("Ingrid Solheim")


@pytest.fixture
def reporter() -> Person:
    """The person who reports."""
    return PersonFactory(name="Salma Bouzid")


def reported(reporter: Person, about: Person) -> Report:
    """A report about a person's page."""
    subject = find(reporter.user, "person", str(about.pk))
    assert subject is not None
    return services.send(subject, kind="person", id=str(about.pk), by=reporter.user, text=WORDS)


def test_a_report_is_sent_from_the_page_of_a_person_read_answered_and_closed(
    ingrid: User, reporter: Person
) -> None:
    about = PersonFactory(name="Farid Amrani")
    mine, theirs = client_of(reporter.user), client_of(ingrid)
    url = reverse("reports:new", args=["person", about.pk])
    assert url in mine.get(about.get_absolute_url()).content.decode()
    page = mine.get(url)
    assert "Ingrid Solheim" in page.content.decode()
    token = page.context["form"].initial["token"]

    sent = mine.post(url, {"text": WORDS, "token": token}, follow=True)
    report = Report.objects.get()
    assert report.receipt in sent.content.decode()
    assert "It has arrived" in sent.content.decode()

    assert report.receipt in theirs.get(reverse(INDEX)).content.decode()
    address = reverse("reports_admin:report", args=[report.pk])
    assert WORDS in theirs.get(address).content.decode()
    # Opening tells the writer nothing, so that nothing which opens links by itself can.
    assert "An administrator has read it" not in mine.get(report.get_absolute_url()).content.decode()
    begun = theirs.post(address, {"do": "read", "text": "Thank you for"}).content.decode()
    assert "Thank you for" in begun
    assert "I have read it" not in begun
    assert "An administrator has read it" in mine.get(report.get_absolute_url()).content.decode()

    theirs.post(address, {"do": "answer", "text": "Thank you for telling us.", "token": uuid.uuid4()})
    seen = mine.get(report.get_absolute_url()).content.decode()
    assert "Thank you for telling us." in seen
    mine.post(reverse("reports:add", args=[report.pk]), {"text": "And again today.", "token": uuid.uuid4()})
    report.refresh_from_db()
    assert report.state == "sent"
    assert "And again today." in theirs.get(address).content.decode()
    theirs.post(address, {"do": "read"})

    assert theirs.post(address, {"do": "close", "text": " ", "token": uuid.uuid4()}).status_code == 200
    theirs.post(address, {"do": "close", "text": "We have spoken with him.", "token": uuid.uuid4()})
    report.refresh_from_db()
    assert report.state == "closed"
    assert "We have spoken with him." in mine.get(report.get_absolute_url()).content.decode()
    assert [entry.name for entry in LogEntry.objects.of(report)] == [
        "start", "read", "answer", "add", "read", "close",
    ]  # fmt: skip
    assert not any(entry.reason for entry in LogEntry.objects.of(report))


def test_an_empty_answer_is_told_to_its_writer_and_there_is_one_field_for_both_buttons(
    ingrid: User, reporter: Person
) -> None:
    theirs = client_of(ingrid)
    address = reverse("reports_admin:report", args=[reported(reporter, PersonFactory()).pk])
    page = theirs.get(address).content.decode()
    assert page.count("<textarea") == 1
    for button in ("answer", "close"):
        assert f'name="do" value="{button}"' in page
        told = theirs.post(address, {"do": button, "text": " ", "token": uuid.uuid4()}).content.decode()
        assert "Write what the person who reported is to read" in told
        assert "It need not be complete" not in told


def test_the_list_says_which_one_it_is_about_and_leads_there(ingrid: User, reporter: Person) -> None:
    about = PersonFactory(name="Farid Amrani")
    hidden = PersonFactory(name="Hidden Person")
    listing = ListingFactory(person=about, title="Portraits at events")
    organisation = OrganisationFactory(name="House of Maps", managers=[about])
    draft = ListingFactory(person=about, title="Not written yet")
    for kind, key in (
        ("person", about.pk),
        ("person", hidden.pk),
        ("listing", listing.pk),
        ("listing", draft.pk),
        ("organisation", organisation.slug),
    ):
        subject = find(reporter.user, kind, str(key))
        assert subject is not None
        services.send(subject, kind=kind, id=str(key), by=reporter.user, text=WORDS)
    hidden.listed = False
    hidden.save()
    draft.state = "draft"
    draft.save()
    page = client_of(ingrid).get(reverse(INDEX)).content.decode()
    for thing, title in (
        (about, "Farid Amrani"),
        (listing, "Portraits at events"),
        (organisation, "House of Maps"),
    ):
        assert f'href="{thing.get_absolute_url()}" dir="auto">{title}</a>' in page
    assert "Hidden Person" not in page
    assert "Not written yet" not in page


def subjects_of(reporter: Person, about: Person) -> list[tuple[str, object, str]]:
    """(kind, its key, the page that must lead to the form) for everything that can be reported."""
    organisation = OrganisationFactory(managers=[about])
    offer, need = ListingFactory(person=about), ListingFactory(person=about, direction="need")
    exchange = ExchangeFactory(listing=offer, starter=reporter)
    pair = PairingFactory(request__person=reporter, offer__person=about)
    return [
        ("person", about.pk, about.get_absolute_url()),
        ("listing", offer.pk, offer.get_absolute_url()),
        ("listing", need.pk, need.get_absolute_url()),
        ("exchange", exchange.pk, exchange.get_absolute_url()),
        ("organisation", organisation.slug, organisation.get_absolute_url()),
        ("pairing", pair.pk, pair.get_absolute_url()),
        ("pairing", pair.pk, reverse("mentoring:pairing_move", args=[pair.pk, "close"])),
    ]


def test_every_such_page_leads_to_a_report_that_its_person_never_reads(
    ingrid: User, reporter: Person, index: object
) -> None:
    farid = PersonFactory(name="Farid Amrani", user=administrator("Farid Amrani"))
    theirs = client_of(farid.user)
    for kind, key, page in subjects_of(reporter, farid):
        url = reverse("reports:new", args=[kind, key])
        mine = client_of(reporter.user)
        assert url in mine.get(page).content.decode(), page
        form = mine.get(url)
        assert "Farid Amrani" not in form.content.decode().split("It goes to")[1].split("</p>")[0]
        token = form.context["form"].initial["token"]
        Report.objects.all().delete()
        mine.post(url, {"text": WORDS, "token": token})
        report = Report.objects.get()
        assert [row.user for row in report.left_out.all()] == [farid.user]
        assert status_for(farid.user, report) == 404
        assert report.receipt not in theirs.get(reverse(INDEX)).content.decode()
        assert not Notification.objects.filter(user=farid.user, kind__startswith="report").exists()


def test_one_s_own_things_cannot_be_reported_and_hidden_ones_have_no_form(reporter: Person) -> None:
    own = client_of(reporter.user)
    listing = ListingFactory(person=reporter)
    stranger = PairingFactory()
    for kind, key in (
        ("person", reporter.pk),
        ("listing", listing.pk),
        ("person", PersonFactory(listed=False).pk),
        ("exchange", ExchangeFactory().pk),
        ("pairing", stranger.pk),
        ("pairing", "nonsense"),
        ("person", "nonsense"),
        ("secret", reporter.pk),
    ):
        assert own.get(reverse("reports:new", args=[kind, key])).status_code == 404
    assert reverse("reports:new", args=["person", reporter.pk]) not in str(
        own.get(reporter.get_absolute_url()).content
    )


def test_whoever_is_left_out_by_the_reporter_cannot_open_it_either(ingrid: User, reporter: Person) -> None:
    deepa, about = administrator("Deepa Rathnayake"), PersonFactory()
    mine, url = client_of(reporter.user), reverse("reports:new", args=["person", about.pk])
    everybody = mine.post(
        url, {"text": WORDS, "without": [ingrid.pk, deepa.pk], "token": uuid.uuid4()}
    ).content.decode()
    assert "Then nobody could read it." in everybody
    assert WORDS in everybody
    assert not Report.objects.exists()
    mine.post(url, {"text": WORDS, "without": [deepa.pk], "token": uuid.uuid4()})
    report = Report.objects.get()
    assert report.left_out.get(why=LeftOut.Why.ASKED).user == deepa
    assert (status_for(deepa, report), status_for(ingrid, report)) == (404, 200)
    assert [row.user for row in Notification.objects.filter(kind="report_arrived")] == [ingrid]


def test_nobody_else_opens_a_report(ingrid: User, reporter: Person) -> None:
    about = PersonFactory()
    report = reported(reporter, about)
    for user in (about.user, UserFactory(), UserFactory(role=Role.COORDINATOR), ingrid):
        assert client_of(user).get(report.get_absolute_url()).status_code == 404
        for name in ("add", "withdraw"):
            address = reverse(f"reports:{name}", args=[report.pk])
            assert client_of(user).post(address, {"text": "x", "token": uuid.uuid4()}).status_code == 404
    address = reverse("reports_admin:report", args=[report.pk])
    for user in (about.user, UserFactory(), *(UserFactory(role=r) for r in Role if r != Role.ADMINISTRATOR)):
        answer = client_of(user).get(address)
        assert answer.status_code in (302, 403)
        assert client_of(user).post(address, {"do": "close", "text": "x"}).status_code in (302, 403)
    report.refresh_from_db()
    assert report.state == "sent"
    assert Client().get(report.get_absolute_url()).status_code == 302


def test_an_administrator_does_not_answer_their_own_report(ingrid: User) -> None:
    deepa = PersonFactory(name="Deepa", user=administrator("Deepa Rathnayake"))
    report = reported(deepa, PersonFactory())
    assert services.readers_of(report) == [ingrid]
    with pytest.raises(TransitionError):
        services.close(report, "Nothing to see.", by=deepa.user)


def test_nothing_is_taken_where_nobody_could_read_it(reporter: Person) -> None:
    only = PersonFactory(name="The Only One", user=administrator("The Only One"))
    client, url = client_of(reporter.user), reverse("reports:new", args=["person", only.pk])
    page = client.get(url).content.decode()
    assert "Nobody here could read it" in page
    assert "Send the report" not in page
    client.post(url, {"text": WORDS, "token": uuid.uuid4()})
    assert not Report.objects.exists()


def test_a_second_press_sends_once_and_there_is_a_limit_a_day(ingrid: User, reporter: Person) -> None:
    about, token = PersonFactory(), uuid.uuid4()
    client, url = client_of(reporter.user), reverse("reports:new", args=["person", about.pk])
    for _press in range(2):
        client.post(url, {"text": WORDS, "token": token})
    assert Report.objects.count() == 1
    for _one in range(services.MOST_A_DAY - 1):
        client.post(url, {"text": WORDS, "token": uuid.uuid4()})
    page = client.post(url, {"text": "One more", "token": uuid.uuid4()}).content.decode()
    assert "as many as can be sent in a day" in page
    assert "One more" in page
    assert Report.objects.count() == services.MOST_A_DAY
    Report.objects.update(created=timezone.now() - datetime.timedelta(hours=25))
    client.post(url, {"text": WORDS, "token": uuid.uuid4()})
    assert Report.objects.count() == services.MOST_A_DAY + 1


def test_an_empty_report_is_not_sent(ingrid: User, reporter: Person) -> None:
    url = reverse("reports:new", args=["person", PersonFactory().pk])
    page = client_of(reporter.user).post(url, {"text": "  ", "token": uuid.uuid4()}).content.decode()
    assert "Write at least one sentence." in page
    assert not Report.objects.exists()


def test_nothing_of_it_is_in_an_export_of_the_reported_or_in_a_message(
    ingrid: User, reporter: Person, django_capture_on_commit_callbacks: object
) -> None:
    about = PersonFactory(name="Farid Amrani")
    report = reported(reporter, about)
    services.answer(report, "We will speak with Farid.", by=ingrid)
    theirs = export(about.user)
    for private in (WORDS, report.receipt, str(report.pk), "Salma", "reports."):
        assert private not in theirs
    assert WORDS in export(reporter.user)
    for row in Notification.objects.all():
        told = json.dumps([row.subject, row.body, row.context])
        for private in (WORDS, "Farid", "Salma", report.receipt):
            assert private not in told
    # Their mail may be read by others: nothing is sent there unless they asked for it.
    news = Notification.objects.get(user=reporter.user)
    assert not news.mail_due
    assert not any(reporter.user.email in message.to for message in mail.outbox)


def test_by_mail_only_where_asked(ingrid: User, reporter: Person) -> None:
    url = reverse("reports:new", args=["person", PersonFactory().pk])
    client_of(reporter.user).post(url, {"text": WORDS, "by_mail": "on", "token": uuid.uuid4()})
    services.answer(Report.objects.get(), "Thank you.", by=ingrid)
    assert Notification.objects.get(user=reporter.user).mail_due


def test_taking_back_closes_it_to_the_administrators(ingrid: User, reporter: Person) -> None:
    report = reported(reporter, PersonFactory())
    client = client_of(reporter.user)
    for _press in range(2):
        client.post(reverse("reports:withdraw", args=[report.pk]))
    report.refresh_from_db()
    assert report.state == "withdrawn"
    assert status_for(ingrid, report) == 404
    assert not Notification.objects.unread().filter(kind="report_arrived").exists()


def test_a_report_outlives_its_writer_s_account_without_their_name(ingrid: User, reporter: Person) -> None:
    report = reported(reporter, PersonFactory())
    erase(reporter.user)
    report.refresh_from_db()
    page = client_of(ingrid).get(reverse("reports_admin:report", args=[report.pk])).content.decode()
    assert WORDS in page
    assert "Salma" not in page
    assert "has deleted their account" in page


def test_administrators_are_told_again_once_of_what_nobody_has_read(ingrid: User, reporter: Person) -> None:
    report = reported(reporter, PersonFactory())
    assert remind() == 0
    Report.objects.update(state_since=timezone.now() - datetime.timedelta(hours=25))
    assert (remind(), remind()) == (1, 0)
    assert Notification.objects.filter(user=ingrid, kind="report_arrived").count() == 2
    client_of(ingrid).post(reverse("reports_admin:report", args=[report.pk]), {"do": "read"})
    Report.objects.update(state_since=timezone.now() - datetime.timedelta(days=9), reminded_at=None)
    assert remind() == 0


def test_the_list_takes_as_many_queries_for_one_as_for_twenty(
    ingrid: User, reporter: Person, django_assert_max_num_queries: object
) -> None:
    client = client_of(ingrid)

    def queries() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(INDEX))
        return len(captured)

    reported(reporter, PersonFactory())
    client.get(reverse(INDEX))
    one = queries()
    for _more in range(20):
        reported(PersonFactory(), PersonFactory())
    assert queries() == one


def test_co_managers_of_an_organisation_are_left_out_too(ingrid: User, reporter: Person) -> None:
    manager = PersonFactory(name="Manager", user=administrator("A Manager"))
    organisation = OrganisationFactory(managers=[PersonFactory(), manager])
    MembershipFactory(organisation=organisation, person=PersonFactory(user=administrator("A Member")))
    listing = ListingFactory(person=None, organisation=organisation)
    subject = find(reporter.user, "listing", str(listing.pk))
    assert subject is not None
    assert manager.user not in services.possible_readers(subject, reporter.user)
    assert ingrid in services.possible_readers(subject, reporter.user)
