"""The demonstration as it is loaded: what is there, that its pages answer, and that nothing private shows."""

from __future__ import annotations

import re
from collections import Counter
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from exchange.demo.users import ROLES, demo_address, demo_password

pytestmark = pytest.mark.django_db


def test_everything_is_there(demo: str) -> None:
    from directory.models import Listing, Organisation, Person
    from learning.models import Caption, CoursePage, Session, TrainingModulePage, WebinarPage

    assert "40 people" in demo
    assert TrainingModulePage.objects.live().filter(locale__language_code="en").count() == 6
    assert WebinarPage.objects.live().filter(locale__language_code="en").count() >= 2
    assert Caption.objects.exclude(text="").count() >= 2
    assert CoursePage.objects.live().filter(locale__language_code="en").count() == 1
    assert Session.objects.filter(starts_at__gt=timezone.now()).count() >= 4
    assert Person.objects.filter(is_demo=True).count() == 40
    assert Organisation.objects.filter(is_demo=True).count() == 12
    assert Listing.objects.filter(is_demo=True).count() >= 150


@pytest.mark.parametrize("language", ["es", "fr", "ar"])
def test_some_of_it_is_translated(demo: str, language: str) -> None:
    from exchange.home.models import HomePage
    from learning.models import TrainingModulePage, WebinarPage

    for model, count in ((HomePage, 1), (TrainingModulePage, 2), (WebinarPage, 1)):
        assert model.objects.live().filter(locale__language_code=language).count() >= count


def test_a_translation_has_the_same_blocks(demo: str) -> None:
    from learning.models import TrainingModulePage

    english = TrainingModulePage.objects.get(slug="good-offline-event", locale__language_code="en")
    arabic = TrainingModulePage.objects.get(slug="good-offline-event", locale__language_code="ar")
    assert english.translation_key == arabic.translation_key
    assert _ids(english.steps.raw_data) == _ids(arabic.steps.raw_data)


def _ids(blocks: Any) -> list[str]:
    """Every id in a stream, in order."""
    return re.findall(r"'id': '([0-9a-f-]{36})'", str(list(blocks)))


def test_there_is_a_request_an_exchange_and_a_pair_in_each_state(demo: str) -> None:
    from directory.models import Exchange
    from mentoring.flows import REQUEST
    from mentoring.models import MentoringRequest, Pairing, Proposal

    states = set(MentoringRequest.objects.values_list("state", flat=True))
    # Nobody of the demo has deleted their account.
    assert states == {state.name for state in REQUEST.states} - {"left"}
    assert {"asked", "accepted", "declined", "withdrawn", "lapsed", "done", "thanked", "ended"} == set(
        Exchange.objects.values_list("state", flat=True)
    )
    assert {"intro", "active", "completed"} == set(Pairing.objects.values_list("state", flat=True))
    assert {"offered", "accepted", "declined"} <= set(Proposal.objects.values_list("state", flat=True))


def test_the_log_tells_the_same_days_as_the_rows(demo: str) -> None:
    from foundation.workflow.models import LogEntry
    from mentoring.models import MentoringRequest

    for request in MentoringRequest.objects.all():
        entries = [entry for entry in LogEntry.objects.of(request) if entry.name != "amend"]
        assert entries[-1].target == request.state
        assert abs((entries[-1].at - request.state_since).total_seconds()) < 1
        assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    waiting = MentoringRequest.objects.get(person__name="Wanjiru Kamunya")
    assert waiting.days_waiting == 6
    assert waiting.is_late


def test_loading_sends_no_mail_and_most_news_is_old(demo: str) -> None:
    from foundation.notifications.models import Notification

    assert mail.outbox == []
    assert not Notification.objects.filter(mail_due=True).exists()
    unread = Notification.objects.unread().count()
    assert 0 < unread < Notification.objects.count() / 2


def test_nobody_gives_more_hours_than_they_have(demo: str) -> None:
    from directory.bandwidth import hours_taken
    from directory.models import Person

    people = {person.pk: person for person in Person.objects.all()}
    taken = hours_taken(people)
    assert [people[pk].name for pk, hours in taken.items() if hours > people[pk].hours_a_month] == []
    full = [people[pk].name for pk, hours in taken.items() if 0 < hours == people[pk].hours_a_month]
    assert "Priya Raghunathan" in full


def test_the_clock_is_right_again(demo: str) -> None:
    from exchange.demo.clock import ago, as_of

    true_now = timezone.now
    with as_of(ago(days=3)):
        assert timezone.now() < true_now()
    assert timezone.now is true_now


def test_a_second_load_finds_everything_there(demo: str) -> None:
    out = StringIO()
    call_command("prepare", "demo", stdout=out)
    assert out.getvalue().strip() == "demo: there"


def test_without_demo_content_in_the_settings_nothing_is_loaded(settings: Any) -> None:
    settings.DEMO_CONTENT = False
    with pytest.raises(CommandError, match="development settings"):
        call_command("prepare", "demo")


# Pages -------------------------------------------------------------------------------------------------


def addresses() -> dict[str, str]:
    """One address of each kind of page, without its language."""
    from exchange.demo.material import stable_id

    return {
        "home": "/",
        "learn": "/learn/",
        "module": "/learn/good-offline-event/",
        "step": "/learn/good-offline-event/step/3/",
        "recording": "/learn/museum-first-visit/",
        "course": "/learn/first-partnership/",
        "people": "/people/",
        "person": f"/people/{stable_id('person', 'samira-belkacem')}/",
        "organisations": "/organisations/",
        "organisation": "/organisations/atlas-writers-club/",
        "listings": "/exchange/",
        "offer": f"/listings/{stable_id('listing', 'agenda-clinic')}/",
        "need": f"/listings/{stable_id('listing', 'need-library-offline')}/",
        "capacities": "/capacities/",
        "capacity": "/capacities/building-partnerships/",
        "search": "/search/?q=internet",
        "mentoring": "/mentoring/",
        "programme": "/mentoring/first-steps-in-leading/",
        "sign in": "/account/login/",
        "sign up": "/account/signup/",
    }


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", list(addresses()))
def test_each_kind_of_page_answers(demo: str, client: Client, language: str, kind: str) -> None:
    answer = client.get(f"/{language}{addresses()[kind]}")
    assert answer.status_code == 200
    html = answer.content.decode()
    assert f'lang="{language}"' in html
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in html


@pytest.mark.parametrize("language", ["en", "es", "fr", "ar"])
def test_standard_pages_answer(demo: str, client: Client, language: str) -> None:
    from exchange.home.models import StandardPage

    pages = StandardPage.objects.live().filter(locale__language_code=language)
    assert pages
    assert Counter(client.get(page.url).status_code for page in pages) == {200: len(pages)}


def test_a_demo_person_signs_in_and_finds_something_waiting(demo: str) -> None:
    for role in ("member", "mentor", "coordinator"):
        client = Client()
        assert client.login(email=demo_address(role), password=demo_password())
        html = client.get("/en/").content.decode()
        assert "Waiting for you" in html, role


def test_each_role_has_one_account(demo: str) -> None:
    from foundation.accounts.models import User

    for role, (_person, group) in ROLES.items():
        user = User.objects.get(email=demo_address(role))
        assert user.has_usable_password()
        assert group is None or user.groups.filter(name=group.value).exists()
    others = User.objects.exclude(email__in=[demo_address(role) for role in ROLES])
    assert not any(user.has_usable_password() for user in others)


# What must not show ------------------------------------------------------------------------------------


def test_what_somebody_hides_is_on_none_of_their_pages(demo: str, client: Client) -> None:
    from exchange.demo.material import stable_id

    for language in ("en", "ar"):
        html = client.get(f"/{language}/people/{stable_id('person', 'yasmin-haddad')}/").content.decode()
        for hidden in ("Lebanon", "لبنان", "Asia/Beirut", "Beirut"):
            assert hidden not in html


def test_somebody_left_alone_is_in_no_list(demo: str, client: Client) -> None:
    from directory.models import Person
    from search.engines.factory import current_engine

    alone = Person.objects.get(leave_alone=True)
    keys = set(current_engine().keys())
    assert ("person", str(alone.pk)) not in keys
    for address in ("/en/people/", "/en/search/?q=Iriarte"):
        assert alone.name not in client.get(address).content.decode().replace("q=Iriarte", "")


def test_no_address_meeting_link_or_private_note_is_shown_to_anybody(demo: str, client: Client) -> None:
    secrets = (
        "@demo.example",
        "meet.example",
        "quarrel between the same four people",
        "gave their names to the coordinator",
    )
    for kind, path in addresses().items():
        html = client.get(f"/en{path}").content.decode()
        assert [secret for secret in secrets if secret in html] == [], kind
