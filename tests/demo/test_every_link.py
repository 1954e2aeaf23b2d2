"""Every kind of link of the demo, followed by everybody in each language: none is dead, none leaves the language."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from wagtail.rich_text import RichText

from exchange.accounts.models import User
from exchange.demo.accounts import demo_address
from exchange.home.models import StandardPage
from tests.demo.crawler import Crawl
from tests.factories.learning import learning_home

pytestmark = pytest.mark.django_db

# Who goes, and some of what they cannot miss.
EVERYBODY = {
    "trainingmodulepage/step/*",
    "webinarpage",
    "coursepage",
    "mentoringprogrammepage",
    "standardpage",
}
MEMBERS = EVERYBODY | {"exchanges/<uuid:pk>/", "notifications/<int:pk>/", "my/profile/<slug:name>/"}
BOARD = "mentorship/board/<uuid:programme>/"
REACHED = {
    "": EVERYBODY | {"account/signup/", "search/feed.atom?kind"},
    "member": MEMBERS | {"mentorship/requests/<uuid:pk>/summary/"},
    "mentor": MEMBERS | {"mentorship/pairs/<uuid:pk>/", "mentorship/proposals/<uuid:pk>/"},
    "coordinator": MEMBERS | {BOARD, f"{BOARD}?mentor", "learning/cohorts/<int:cohort_id>/people/"},
    "administrator": EVERYBODY | {BOARD, "admin/pages/<int:parent_page_id>/"},
}


@pytest.mark.parametrize("language", [code for code, _name in settings.INTERFACE_LANGUAGES])
@pytest.mark.parametrize("who", REACHED)
def test_no_link_is_dead_and_none_leaves_the_language(
    demo: str, client: Client, who: str, language: str
) -> None:
    if who:
        client.force_login(User.objects.get(email=demo_address(who)))
    crawl = Crawl(client, language)
    assert crawl.run() == []
    assert REACHED[who] - crawl.followed.keys() == set()
    if language != "en":
        assert "trainingmodulepage, a guest/step/*" in crawl.followed


def test_what_is_wrong_is_noticed(client: Client) -> None:
    home = learning_home("en").get_parent().specific
    links = "".join(f'<a href="{url}">There</a>' for url in ("/en/nowhere/", "/es/search/", "/people/", "#x"))
    page = StandardPage(title="About", slug="about", body=[("text", RichText(f"<p>{links}</p>"))])
    home.add_child(instance=page)
    assert set(Crawl(client, "en").run()) >= {
        "/en/about/: leads out of the language to /es/search/",
        "/en/about/: leads out of the language to /people/",
        "/en/about/: nothing is at #x",
        "/en/nowhere/ (from /en/about/): 404",
    }
