"""Wagtail's own links and mails begin where BASE_URL says that the site stands."""

from __future__ import annotations

import pytest
from wagtail.models import Site

from exchange.home.signal_handlers import follow_base_url
from tests.factories.learning import make_module

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("http://localhost:8101", "http://localhost:8101/"),
        ("https://exchange.example", "https://exchange.example/"),
        ("http://exchange.example:8080", "http://exchange.example:8080/"),
    ],
)
def test_a_site_that_was_not_set_up_stands_where_base_url_says(settings, base, expected):
    page = make_module()
    Site.objects.update(hostname="localhost", port=80)
    Site.clear_site_root_paths_cache()
    settings.BASE_URL = base
    assert follow_base_url() is True
    Site.clear_site_root_paths_cache()
    assert type(page).objects.get(pk=page.pk).full_url.startswith(expected)
    follow_base_url()
    assert follow_base_url() is False


def test_a_host_that_an_administrator_gave_is_left_alone(settings):
    make_module()
    Site.objects.update(hostname="learn.example", port=443)
    settings.BASE_URL = "https://exchange.example"
    assert follow_base_url() is False
    assert set(Site.objects.values_list("hostname", flat=True)) == {"learn.example"}
