"""The frame around every page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils.translation import override

from foundation.accounts.models import User
from foundation.design.layout import Shell

ADDRESS = "/{}/patterns/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return User.objects.create_user("salma@example.org", "a long password", name="Salma Benali")


def body(client: Client, language: str = "en") -> str:
    response = client.get(ADDRESS.format(language))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("fr", "ltr")])
def test_language_and_direction_are_said(client: Client, language: str, direction: str) -> None:
    assert f'<html lang="{language}" dir="{direction}">' in body(client, language)


def test_the_first_link_leads_past_the_header(client: Client) -> None:
    html = body(client)
    assert re.search(r'<body[^>]*>\s*<a class="skip-link" href="#main">', html)
    assert '<main id="main" tabindex="-1">' in html


def test_the_switcher_leads_to_the_same_page_in_each_language(client: Client) -> None:
    html = body(client)
    for code, name in (("es", "Español"), ("fr", "Français"), ("ar", "العربية")):
        assert re.search(
            rf'<a href="/{code}/patterns/" lang="{code}" hreflang="{code}"[^>]*>{name}</a>', html
        )
        assert f'<link rel="alternate" hreflang="{code}" href="http://testserver/{code}/patterns/">' in html


def test_a_page_may_say_its_addresses_itself(rf: RequestFactory) -> None:
    shell = Shell(rf.get("/en/x/"))
    with override("en"):
        languages = {one.code: one for one in shell.languages({"ar": "/ar/y/", "sw": "/sw/z/"})}
    assert languages["ar"].url == "/ar/y/"
    assert (languages["fr"].url, languages["fr"].exists) == ("/fr/", False)
    assert languages["sw"].url == "/sw/z/"
    assert "ru" not in languages


def test_a_stranger_is_asked_to_sign_in_and_gets_no_token(client: Client) -> None:
    html = body(client)
    assert "Sign in" in html
    assert "Sign out" not in html
    # A token of the header would keep every page out of the shared cache.
    assert "csrfmiddlewaretoken" not in html.split("<main")[0]


def test_a_signed_in_person_finds_their_menu(client: Client, person: User) -> None:
    client.force_login(person)
    html = body(client)
    assert "Salma Benali" in html
    assert ">SB</text>" in html
    assert "Sign out" in html
    assert person.email not in html


def test_the_bell_counts_what_is_unread(client: Client, person: User) -> None:
    from foundation.notifications.models import Notification

    for number in range(3):
        Notification.objects.create(user=person, kind="test", key=str(number), context={})
    client.force_login(person)
    assert '<span class="badge" aria-hidden="true">3</span>' in body(client)


def test_the_frame_of_a_stranger_asks_the_database_nothing(
    client: Client, django_assert_num_queries: object
) -> None:
    body(client)
    with django_assert_num_queries(0):  # type: ignore[operator]
        body(client)


@pytest.mark.parametrize(("said", "marked"), [('{% section "capacities" %}', ["/en/capacities/"]), ("", [])])
def test_the_menu_marks_the_section_that_a_page_names(
    said: str, marked: list[str], rf: RequestFactory
) -> None:
    page = '{% extends "base.html" %}{% load design %}{% block section %}' + said + "{% endblock %}"
    with override("en"):
        html = engines["django"].from_string(page).render({}, rf.get("/en/learn/"))
    menu = re.search(r'<nav class="site-nav".*?</nav>', html, flags=re.S)
    assert menu
    assert re.findall(r'<a href="([^"]*)" aria-current', menu[0]) == marked


@pytest.mark.parametrize("name", ["400.html", "500.html", "403_csrf.html"])
def test_pages_for_trouble_need_neither_request_nor_database(name: str, django_db_blocker: object) -> None:
    with django_db_blocker.block():  # type: ignore[attr-defined]
        html = render_to_string(name)
    assert "<h1>" in html


def test_the_pattern_page_can_be_switched_off(client: Client, settings: object) -> None:
    settings.PATTERN_LIBRARY = False  # type: ignore[attr-defined]
    assert client.get(ADDRESS.format("en")).status_code == 404


def test_a_page_loads_only_our_own_files(client: Client) -> None:
    html = body(client)
    sources = re.findall(r'(?:src|<link rel="(?:stylesheet|icon)" href)="([^"]+)"', html)
    assert sources
    assert all(source.startswith("/static/exchange/") for source in sources)


def test_a_stranger_s_header_and_footer_are_light(client: Client) -> None:
    html = body(client)
    frame = html.split("<main")[0] + html.split("</main>")[1]
    assert len(frame.encode()) < 7_000


def test_every_place_of_the_frame_is_in_the_templates_folder() -> None:
    folder = Path(__file__).resolve().parents[2] / "site" / "exchange" / "templates"
    assert {"base.html", "404.html", "403.html", "500.html", "400.html"} <= {
        file.name for file in folder.iterdir()
    }


def test_dates_are_written_as_people_say_them() -> None:
    from datetime import UTC, datetime

    from django.utils.formats import date_format

    moment = datetime(2026, 11, 28, 18, 0, tzinfo=UTC)
    with override("en"):
        assert date_format(moment, "DATE_FORMAT") == "28 November 2026"
        assert date_format(moment, "DATETIME_FORMAT") == "Saturday 28 November 2026, 18:00"


def test_the_frame_s_words_do_not_reach_into_the_page(rf: RequestFactory) -> None:
    html = render_to_string("403.html", {"languages": "Arabic and French"}, request=rf.get("/en/x/"))
    assert 'hreflang="ar"' in html
    inner = '{% extends "base.html" %}{% block content %}They read {{ languages }}.{% endblock %}'
    from django.template import engines

    page = engines["django"].from_string(inner).render({"languages": "Arabic and French"}, rf.get("/en/x/"))
    assert "They read Arabic and French." in page
