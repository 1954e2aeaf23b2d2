"""The bar of quick actions and checks: for who edits, on pages and in previews, and for nobody else."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.accounts.constants import Role
from tests.factories.accounts import UserFactory
from tests.factories.learning import learning_home, make_module
from tests.factories.mentoring import ProgrammeFactory

pytestmark = pytest.mark.django_db

BAR = "wagtail-userbar"
DESK = [Role.EDITOR, Role.TRANSLATOR, Role.COORDINATOR, Role.MODERATOR, Role.ADMINISTRATOR]


@pytest.mark.parametrize("role", DESK)
def test_who_has_a_desk_sees_the_bar(client, index, role):
    page = make_module()
    client.force_login(UserFactory(role=role))
    for address in (page.url, f"{page.url}step/1/", learning_home().url, "/en/people/"):
        assert BAR in client.get(address).text, address


@pytest.mark.parametrize("role", DESK)
@pytest.mark.parametrize("place", ["lesson", "home", "programme"])
def test_only_who_may_edit_the_page_is_offered_to(client, index, role, place):
    page = {
        "lesson": make_module,
        "home": lambda: learning_home().get_parent().specific,
        "programme": ProgrammeFactory,
    }[place]()
    client.force_login(UserFactory(role=role))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    offered = f'<a href="{address}">Edit this page</a>' in client.get(page.url).text
    assert offered is (client.get(address).status_code == 200)


def test_nobody_else_is_sent_a_byte_of_it(client, index):
    page = make_module()
    anonymous = client.get(page.url)
    assert BAR not in anonymous.text
    assert "csrf" not in anonymous.text
    assert not anonymous.cookies
    client.force_login(UserFactory())
    assert BAR not in client.get(page.url).text


def test_a_page_is_kept_for_everybody_as_before(client, index, settings):
    settings.PAGE_CACHE_SECONDS = 60
    page = make_module()
    index.drain()  # no page is kept that could show what the index has not got yet
    client.get(page.url)
    assert client.get(page.url).headers["X-Page-Cache"] == "hit"


def test_it_costs_a_member_no_question(client, index):
    page = make_module()
    client.force_login(UserFactory())
    client.get(page.url)
    with CaptureQueriesContext(connection) as asked:
        client.get(page.url)
    assert not [row for row in asked if "auth_permission" in row["sql"]]


def test_a_preview_has_it_for_the_checks_of_the_editor(client, rf):
    page = make_module()
    client.force_login(UserFactory(role=Role.EDITOR))
    rf.cookies = client.cookies
    request = rf.get(page.url)
    for mode, _label in page.preview_modes:
        answer = page.make_preview_request(request, mode)
        assert BAR in answer.content.decode(), mode
