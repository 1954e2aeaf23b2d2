"""Every kind of link of the demo, followed by everybody in each language: none is dead, none leaves the language."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from exchange.demo.users import demo_address
from foundation.accounts.models import User
from tests.demo.crawler import Crawl

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
BOARD = "mentoring/board/<uuid:programme>/"
REACHED = {
    "": EVERYBODY | {"account/signup/", "search/feed.atom?kind"},
    "member": MEMBERS | {"mentoring/requests/<uuid:pk>/summary/"},
    "mentor": MEMBERS | {"mentoring/pairs/<uuid:pk>/", "mentoring/proposals/<uuid:pk>/"},
    "coordinator": MEMBERS | {BOARD, f"{BOARD}?mentor", "learn/cohorts/<int:cohort_id>/people/"},
    "administrator": EVERYBODY | {"admin/pages/<int:parent_page_id>/"},
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
