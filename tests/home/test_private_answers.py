"""Pages of somebody who is signed in are for them alone."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories.accounts import UserFactory
from tests.factories.home import make_site


@pytest.mark.django_db
def test_no_cache_between_may_keep_a_page_of_somebody_signed_in() -> None:
    make_site()
    client = Client()
    assert "private" not in client.get("/en/people/").headers.get("Cache-Control", "")
    client.force_login(UserFactory())
    for address in ("/en/people/", "/en/my/profile/", "/en/no-such-page/"):
        assert "private" in client.get(address).headers["Cache-Control"], address
