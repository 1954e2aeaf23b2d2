"""Addresses of before lead to those of today, with what was asked and sent, and no page of the tree is in the way."""

import pytest
from django.test import Client
from django.urls import resolve

from learning.models import LearningIndexPage
from tests.factories.directory import PersonFactory
from tests.factories.home import make_site

KEY = "7f2f3f60-1d0e-4b6f-8f0c-0a1b2c3d4e5f"


@pytest.mark.parametrize(
    ("before", "today", "view"),
    [
        ("learning/mine/?page=2", "my/learning/?page=2", "learning:mine"),
        ("learning/cohorts/3/people/", "learn/cohorts/3/people/", "learning:people"),
        ("learning/lessons/3/steps/a%20b/", "learn/lessons/3/steps/a%20b/", "learning:take"),
        ("mentorship/", "my/mentoring/", "mentoring:mine"),
        ("mentorship/mine/", "my/mentoring/", "mentoring:mine"),
        ("mentorship/proposals/", "my/mentoring/proposals/", "mentoring:proposals"),
        (f"mentorship/proposals/{KEY}/", f"mentoring/proposals/{KEY}/", "mentoring:proposal"),
        (f"mentorship/board/{KEY}/?request={KEY}", f"mentoring/board/{KEY}/?request={KEY}", "mentoring:board"),
        (f"mentorship/pairs/{KEY}/coordinators/", f"mentoring/pairs/{KEY}/coordinators/", "mentoring:pairing_coordinators"),
    ],
)  # fmt: skip
def test_old_addresses_lead_to_those_of_today(client: Client, before: str, today: str, view: str) -> None:
    for language in ("en", "ar"):
        answer = client.get(f"/{language}/{before}")
        assert (answer.status_code, answer["Location"]) == (301, f"/{language}/{today}")
        assert resolve(answer["Location"].split("?")[0]).view_name == view


@pytest.mark.django_db
def test_a_form_opened_before_the_change_still_arrives() -> None:
    """A form's own token comes along, and so does what is written in it."""
    user = PersonFactory().user
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    answer = client.post("/en/learning/cohorts/3/enrol/", {"x": "1"})
    assert (answer.status_code, answer["Location"]) == (308, "/en/learn/cohorts/3/enrol/")
    assert client.post(answer["Location"], {"x": "1"}).status_code == 403, "the new place asks for the token"


@pytest.mark.django_db
def test_a_page_of_the_tree_may_have_the_old_name(client: Client, index: object) -> None:
    page = make_site()["en"].add_child(instance=LearningIndexPage(title="Learning", slug="learning"))
    assert client.get(page.url).status_code == 200


def test_nothing_leads_off_the_site(client: Client) -> None:
    answer = client.get("/en/mentorship/board//evil.example/")
    assert answer.status_code == 404 or answer["Location"].startswith("/en/mentoring/")
