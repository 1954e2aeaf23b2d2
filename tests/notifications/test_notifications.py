"""Telling people: once, in their language, as they prefer, and never by a request."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.notifications import registry, tasks
from foundation.notifications.models import Delivery, Notification, Preference
from foundation.notifications.services import notify, unread_count
from tests.factories.accounts import UserFactory

KIND = registry.Kind(
    "test.asked", "test", _("%(name)s asks you"), _("About %(title)s."), _("Answer"), needs_answer=True
)
SAFETY = registry.Kind("test.safety", "test", "Safety", "Read this.", always_mail=True)


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    monkeypatch.setitem(registry.KINDS, KIND.name, KIND)
    monkeypatch.setitem(registry.KINDS, SAFETY.name, SAFETY)
    monkeypatch.setitem(registry.GROUPS, "test", "Tests")


@pytest.fixture
def person(db):
    return UserFactory(name="Salma Benali")


def tell(person, key="one", **context):
    return notify(person, "test.asked", {"name": "Noor", "title": "archives", **context}, url="/en/", key=key)


def test_telling_twice_is_telling_once(person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert tell(person) is not None
        assert tell(person) is None
    assert Notification.objects.count() == 1
    assert len(mail.outbox) == 1


def test_mail_is_sent_by_the_queue_not_by_the_call(person, settings):
    settings.JOBS_RUN_AT_ONCE = False
    tell(person)
    assert mail.outbox == []


def test_a_second_run_of_the_job_mails_nothing(person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        row = tell(person)
    tasks.mail(row.pk)
    assert len(mail.outbox) == 1


def test_mail_has_a_one_click_stop(person, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tell(person)
    message = mail.outbox[0]
    assert message.to == [person.email]
    assert message.subject == "Noor asks you"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = message.extra_headers["List-Unsubscribe"].strip("<>")
    path = "/" + stop.split("/", 3)[3]
    assert client.get(path).status_code == 200
    assert Preference.objects.get(user=person).delivery == Delivery.AT_ONCE
    client.post(path)
    assert Preference.objects.get(user=person).delivery == Delivery.SITE


@pytest.mark.parametrize("url", ["/en/my/exchanges/", "/my/exchanges/"])
def test_a_mail_leads_into_the_language_in_which_it_is_written(
    person, settings, url, django_capture_on_commit_callbacks
):
    person.language = "ar"
    person.save()
    with django_capture_on_commit_callbacks(execute=True):
        notify(person, "test.asked", {"name": "Noor", "title": "archives"}, url=url, key="one")
    message = mail.outbox[0]
    wanted = f"{settings.BASE_URL}/ar/my/exchanges/"
    assert wanted in message.body
    assert f'href="{wanted}"' in message.alternatives[0][0]


def test_who_chose_the_site_gets_no_mail(person, django_capture_on_commit_callbacks):
    Preference.objects.create(user=person, group="test", delivery=Delivery.SITE)
    with django_capture_on_commit_callbacks(execute=True):
        tell(person)
    assert mail.outbox == []
    assert unread_count(person) == 1


def test_what_keeps_an_account_safe_always_comes(person, django_capture_on_commit_callbacks):
    Preference.objects.create(user=person, group="test", delivery=Delivery.SITE)
    with django_capture_on_commit_callbacks(execute=True):
        notify(person, "test.safety", key="safety")
    assert len(mail.outbox) == 1


def test_the_digest_is_one_mail_a_day(person, django_capture_on_commit_callbacks):
    Preference.objects.create(user=person, group="test", delivery=Delivery.DAILY)
    with django_capture_on_commit_callbacks(execute=True):
        tell(person, key="one", title="archives")
        tell(person, key="two", title="maps")
    assert mail.outbox == []
    for _again in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            tasks.digest()
    assert len(mail.outbox) == 1
    assert "archives" in mail.outbox[0].body
    assert "maps" in mail.outbox[0].body


def test_the_feed_shows_only_ones_own(person, client):
    other = UserFactory()
    tell(other, title="a secret of somebody else")
    tell(person, title="archives")
    client.force_login(person)
    page = client.get(reverse("notifications:feed")).content.decode()
    assert "archives" in page
    assert "secret" not in page
    theirs = Notification.objects.get(user=other)
    assert client.get(reverse("notifications:open", args=[theirs.pk])).status_code == 404


def test_the_feed_costs_the_same_for_one_and_for_thirty(person, client, django_assert_max_num_queries):
    client.force_login(person)
    for number in range(30):
        tell(person, key=str(number))
    with django_assert_max_num_queries(12):
        client.get(reverse("notifications:feed"))


def test_opening_marks_as_read_and_never_leaves_the_site(person, client):
    client.force_login(person)
    row = notify(person, "test.asked", {}, url="https://evil.example/", key="evil")
    answer = client.get(reverse("notifications:open", args=[row.pk]))
    assert answer.headers["Location"] == reverse("notifications:feed")
    row.refresh_from_db()
    assert row.read_at is not None


def test_preferences_are_kept(person, client):
    client.force_login(person)
    chosen = dict.fromkeys(registry.GROUPS, Delivery.AT_ONCE) | {"test": Delivery.DAILY}
    client.post(reverse("notifications:preferences"), chosen)
    assert Preference.objects.get(user=person, group="test").delivery == Delivery.DAILY


def test_a_sentence_with_a_missing_value_is_still_a_sentence(person):
    row = notify(person, "test.asked", {}, key="bare")
    assert row.subject == "Somebody asks you"


def test_somebody_who_is_not_active_gets_no_mail(person, django_capture_on_commit_callbacks):
    person.is_active = False
    person.save()
    with django_capture_on_commit_callbacks(execute=True):
        tell(person)
    assert mail.outbox == []


@pytest.mark.django_db
def test_every_kind_that_rooms_declare_renders_without_a_context():
    for kind in list(registry.KINDS.values()):
        for part in ("subject", "body", "action"):
            assert isinstance(kind.render(part, {}), str), kind.name
        assert kind.never_mail or kind.group in registry.GROUPS, kind.name
