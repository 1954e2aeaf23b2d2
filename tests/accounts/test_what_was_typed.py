"""What members type is never lost: they were signed out meanwhile, or their page was too old."""

from __future__ import annotations

import inspect
import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from directory.services.people import person_of
from foundation.accounts.constants import Role
from foundation.accounts.decorators import MOST_KEPT, WAITING
from mentoring.models import Thanks
from tests.factories.accounts import UserFactory
from tests.factories.directory import ExchangeFactory, PersonFactory
from tests.factories.mentoring import PairingFactory, RequestFactory

PASSWORD = "correct horse battery"
WORDS = "Comment parler\nà une salle pleine <b>"
OURS = ("exchange.", "foundation.", "directory.", "learning.", "mentoring.", "search.")
# Views that look at what is sent and are not one of the three kinds, each with its reason.
OTHERWISE = {
    "learning.views.step.take_view": "keeps by itself what a learner enters (learning.services.session_progress)",
    "learning.views.course.enrol_view": "a button on a public page, to which it leads back",
    "learning.views.course.leave_view": "a button on a public page, to which it leads back",
    "exchange.home.views.moved.moved": "hands everything on to the address of today and reads none of it",
    "foundation.notifications.views.unsubscribe": "the secret in its address stands for the person; takes no words",
    "foundation.accounts.views.confirm_code": "for who cannot sign in yet; takes six digits and shows them again",
}


def account(**fields):
    """A member who can sign in by the form."""
    user = UserFactory(password=PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def signed_out(user) -> Client:
    """A browser in which somebody read a page before their session ended."""
    client = Client()
    client.force_login(user)
    client.get(reverse("accounts:account"))
    client.session.flush()
    return client


def sign_in(client: Client, user, url: str):
    """Signs in by the form to which they were sent, and comes back."""
    assert url.startswith(reverse("account_login"))
    return client.post(url, {"login": user.email, "password": PASSWORD}, follow=True)


# All views --------------------------------------------------------------------------------------------------


def public_views(patterns=None, prefix=""):
    """(address, view) of every pattern outside the admin."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        here = prefix + str(each.pattern)
        if here.startswith(("admin/", "documents/")):
            continue
        if isinstance(each, URLPattern):
            yield here, each.callback
        else:
            yield from public_views(each.url_patterns, here)


def own_views():
    """Those of our own rooms, once each."""
    return {view for _url, view in public_views() if view.__module__.startswith(OURS)}


def name_of(view) -> str:
    return f"{view.__module__}.{view.__qualname__}"


def test_every_view_that_takes_something_is_one_of_the_three_kinds():
    unnamed = [
        name_of(view)
        for view in own_views()
        if not hasattr(view, "members")
        and ("POST" in inspect.getsource(inspect.unwrap(view)) or "login_required" in inspect.getsource(view))
        and name_of(view) not in OTHERWISE
    ]
    assert unnamed == []


def test_every_form_of_members_is_filled_with_what_waits():
    forms = [view for view in own_views() if getattr(view, "members", "") == "form"]
    assert len(forms) > 20
    assert [name_of(view) for view in forms if "typed(request)" not in inspect.getsource(view)] == []


def test_pages_and_buttons_read_no_words():
    """A form under another name would lose what is written in it."""
    others = [view for view in own_views() if getattr(view, "members", "form") != "form"]
    assert len(others) > 20
    # Leaving takes a password and a tick, which are not kept.
    forms = [name_of(view) for view in others if "Form(request.POST" in inspect.getsource(view)]
    assert sorted(forms) == ["foundation.accounts.views.leave", "mentoring.views.offers.rest"]


def test_the_views_named_otherwise_are_still_there():
    assert set(OTHERWISE) <= {name_of(view) for view in own_views()}


# There and back ---------------------------------------------------------------------------------------------


def screens(user):
    """(address, field) of forms of this member, one of each room."""
    person = PersonFactory(user=user)
    pair = PairingFactory(
        request__person=person, request__programme__coordinators=[PersonFactory()], state="active"
    )
    over = PairingFactory(request__person=person, state="completed")
    done = ExchangeFactory(starter=person, done=True)
    asked = RequestFactory(person=person, state="draft")
    return {
        "screen": (reverse("mentoring:request_screen", args=[asked.pk, "need"]), "goal"),
        "plan": (reverse("mentoring:pairing_plan", args=[pair.pk]), "goals"),
        "coordinators": (reverse("mentoring:pairing_coordinators", args=[pair.pk]), "text"),
        "pair's thanks": (reverse("mentoring:pairing_thanks", args=[over.pk]), "text"),
        "profile": (reverse("directory:profile_section", args=["about"]), "bio"),
        "thanks": (reverse("directory:exchange_move", args=[done.pk, "thank"]), "text"),
        "report": (reverse("reports:new", args=["exchange", str(done.pk)]), "text"),
    }


@pytest.mark.parametrize(
    "form", ["screen", "plan", "coordinators", "pair's thanks", "profile", "thanks", "report"]
)
@pytest.mark.django_db
def test_what_was_typed_is_there_again_after_signing_in(form):
    user = account()
    UserFactory(role=Role.ADMINISTRATOR)
    url, field = screens(user)[form]
    client = signed_out(user)
    sent = client.post(url, {field: WORDS, "password": "hunter2"})
    back = sign_in(client, user, sent.url)
    assert back.redirect_chain[-1][0] == url
    assert "Comment parler\nà une salle pleine &lt;b&gt;</textarea>" in back.text
    assert "hunter2" not in back.text
    assert "It is not sent yet." in back.text
    assert "no-store" in back.headers["Cache-Control"]
    assert WORDS not in str(client.session.items())
    assert not Thanks.objects.exists()
    # Once.
    assert "Comment parler" not in client.get(url).text


@pytest.mark.django_db
def test_somebody_else_who_signs_in_gets_nothing_of_it():
    writer, other = account(), account()
    url = reverse("directory:profile_section", args=["about"])
    client = signed_out(writer)
    sent = client.post(url, {"bio": WORDS})
    back = sign_in(client, other, sent.url)
    assert back.redirect_chain[-1][0] == url
    assert "Comment parler" not in back.text
    assert WAITING not in client.session
    assert person_of(other).bio == ""


@pytest.mark.django_db
def test_a_few_forms_wait_and_one_that_is_too_long_is_shown_to_be_copied():
    client = signed_out(account())
    for name in ("about", "languages", "help", "learn", "time"):
        client.post(reverse("directory:profile_section", args=[name]), {"bio": WORDS})
    assert len(client.session[WAITING]) == 3
    url = reverse("directory:profile_section", args=["about"])
    answer = client.post(url, {"bio": "Long words. " * (MOST_KEPT // 10)})
    assert answer.status_code == 413
    assert "Long words. Long words." in answer.text
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_who_pressed_a_button_comes_back_to_its_page():
    user = account()
    page = reverse("directory:my_organisations")
    client = signed_out(user)
    url = reverse("directory:leave_organisation", args=[1])
    sent = client.post(url, headers={"referer": f"http://testserver{page}?x=1"})
    assert sign_in(client, user, sent.url).redirect_chain[-1][0] == f"{page}?x=1"
    sent = signed_out(user).post(url, headers={"referer": "https://elsewhere.example/x/"})
    assert sent.url == f"{reverse('account_login')}?next=/"


# A page that was too old ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "label"), [("en", "About you"), ("fr", "")])
@pytest.mark.django_db
def test_a_form_without_a_token_is_shown_to_be_copied(language, label):
    client = Client(enforce_csrf_checks=True)
    url = f"/{language}/my/profile/about/"
    sent = {
        "bio": WORDS,
        "password": "hunter 2",
        "csrfmiddlewaretoken": "x y",
        "token": "4e1c-99",
        "do": "save",
    }
    answer = client.post(url, sent, headers={"referer": f"http://testserver{url}"})
    assert answer.status_code == 403
    assert f'lang="{language}"' in answer.text
    assert "Comment parler\nà une salle pleine &lt;b&gt;</textarea>" in answer.text
    assert answer.text.count("<textarea") == 1
    assert "readonly" in answer.text
    assert f'href="{url}"' in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    assert "still there" not in answer.text


@pytest.mark.django_db
def test_a_refused_form_names_its_fields_as_the_form_does():
    client = Client(enforce_csrf_checks=True)
    for url, field, label in (
        ("/en/my/profile/about/", "bio", "About you"),
        ("/en/reports/new/person/1/", "text", "What happened?"),
        ("/en/nowhere/", "no_such_field", "What you wrote"),
    ):
        answer = client.post(url, {field: WORDS})
        assert f'<label class="label" for="text-1">{label}</label>' in answer.text


@pytest.mark.django_db
def test_of_what_was_sent_one_word_is_shown_where_a_field_takes_words():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/en/my/profile/about/", {"bio": "Thanks", "country": "FR", "form-token": "a1b2-c3"})
    assert re.findall(r"<textarea[^>]*>&#10;([^<]*)</textarea>", answer.text) == ["Thanks"]


@pytest.mark.django_db
def test_what_another_site_sent_is_not_shown():
    client = Client(enforce_csrf_checks=True)
    answer = client.post(
        "/en/account/", {"name": "Call this number"}, headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 403
    assert "Call this number" not in answer.text
