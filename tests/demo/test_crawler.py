"""What follows every link says what is wrong with them."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.rich_text import RichText

from exchange.home.models import StandardPage
from tests.demo.crawler import Crawl
from tests.factories.learning import learning_home

pytestmark = pytest.mark.django_db


def test_what_is_wrong_is_noticed(client: Client) -> None:
    home = learning_home("en").get_parent().specific
    links = "".join(f'<a href="{url}">There</a>' for url in ("/en/nowhere/", "/es/search/", "/people/", "#x"))
    page = StandardPage(title="About", slug="about", body=[("text", RichText(f"<p>{links}</p>"))])
    home.add_child(instance=page)
    assert Crawl(client, "en").run() == [
        "/en/about/: leads out of the language to /es/search/",
        "/en/about/: leads out of the language to /people/",
        "/en/about/: nothing is at #x",
        "/en/nowhere/ (from /en/about/): 404",
    ]
