"""Addresses in a language that the interface does not speak: English words are never said to be in that language."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

from tests.factories.home import make_site

pytestmark = pytest.mark.django_db
SPOKEN = dict(settings.INTERFACE_LANGUAGES)
OTHERS = {code: name for code, name in settings.LANGUAGES if code not in SPOKEN}
ADDRESSES = [
    "people/",
    "exchange/",
    "organisations/",
    "capacities/",
    "search/",
    "account/login/",
    "no-such-page/",
]


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("address", ["", *ADDRESSES])
def test_english_words_are_not_said_to_be_in_another_language(
    client: Client, code: str, address: str
) -> None:
    make_site()
    answer = client.get(f"/{code}/{address}", follow=True)
    assert answer.status_code in (200, 404)
    soup = BeautifulSoup(answer.content, "html.parser")
    page = soup.html
    assert page is not None
    assert page.get("lang") in SPOKEN
    assert page.get("dir") == ("rtl" if page.get("lang") == "ar" else "ltr")
    # Its own name in the choice of languages is the only word of it here.
    said = {" ".join(each.get_text().split()) for each in page.select(f"[lang='{code}']")}
    assert said <= {OTHERS[code], ""}
    told = answer.headers.get("Content-Language", "")
    assert not told or told in SPOKEN
