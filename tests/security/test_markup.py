"""Markup of an attacker in every text field, on every address: nothing of it takes effect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pytest
from django.core.cache import cache

from directory.models import Listing, Organisation, Person
from foundation.notifications.mail import put_in_a_mail, written_out
from foundation.notifications.models import Notification
from learning.models import Caption
from tests.security.attack import ROLES, Attack, undone
from tests.security.canaries import TOKEN
from tests.security.markup import FORMS, Hostile, effects, of_html, rich_text
from tests.security.test_canaries import asked
from tests.test_matrix import World

pytestmark = [pytest.mark.django_db, pytest.mark.asks_in_transaction]
VTT = "WEBVTT\n\n00:00.000 --> 00:04.500\n<v {words}>{words}\n\n00:05.000 --> 00:09.000\n{words}\n"


@pytest.fixture
def hostile(attacked: World, index: Any) -> Hostile:
    """The attacked world, written by attackers."""
    made = Hostile(attacked)
    Person.objects.update(listed=True, visibility=dict.fromkeys(Person.CHOOSABLE, "public"))
    Organisation.objects.update(active=True)
    Listing.objects.update(state="active")
    for caption in Caption.objects.all():
        caption.text = VTT.format(words=FORMS[1].format(token="kx99999qz"))
        caption.full_clean()
        caption.save()
    index.rebuild()
    return made


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_found_where_it_takes_effect(form: str) -> None:
    words = form.format(token="kx00001qz")
    assert list(of_html(f"<body><p>{words}</p>")) or list(of_html(f'<body><input value="{words}">'))


@pytest.mark.parametrize(
    "page",
    [
        *("<a href=' java\nscript:kx00001qz()'>", "<img src=x onerror=kx00001qz>", "<p style='a:kx00001qz'>"),
        *("<script>var a = '</kx00001qz'</script>", "<iframe srcdoc='kx00001qz'>", "<kx00001qz>"),
        *(
            "<form action='data:text/html,kx00001qz'>",
            "<style>kx00001qz</style>",
            "<svg><a xlink:href='javascript:kx00001qz'>",
        ),
    ],
)
def test_other_ways_are_found_too(page: str) -> None:
    assert list(of_html(page))


@pytest.mark.parametrize(
    "url", ["javascript:kx00001qz()", "\x01java\tscript:kx00001qz", "data:text/html,kx00001qz"]
)
def test_the_editor_of_long_texts_keeps_no_link_that_would_be_run(url: str) -> None:
    for form in FORMS:
        assert list(of_html(rich_text(form.format(token="kx00001qz"), url))) == []


def found_by(hostile: Hostile, roles: Iterable[str], addresses: Iterable[str]) -> tuple[list[str], set[str]]:
    """What took effect or broke, and the fields whose words were seen at all."""
    attack, wrong, seen = Attack(hostile.world, read_forms=False), defaultdict(set), set()
    for who in roles:
        for address in addresses:
            cache.clear()
            with undone():
                answer = attack.client(who).get(address, headers={"sec-fetch-site": "same-origin"})
                if answer.status_code >= 500 and "failwhale" not in address:
                    wrong[f"{answer.status_code} at {address}"].add(who)
                for effect in effects(answer):
                    places = {
                        hostile.places.get(token.lower(), "captions") for token in TOKEN.findall(effect)
                    }
                    wrong[f"{effect} ({' '.join(sorted(places))}) at {address}"].add(who)
                if not answer.streaming:
                    text = answer.content.decode(errors="replace")
                    seen |= {hostile.places.get(token.lower(), "captions") for token in TOKEN.findall(text)}
    return sorted(f"{line} as {' '.join(sorted(people))}" for line, people in wrong.items()), seen


def test_no_markup_takes_effect_for_a_visitor(hostile: Hostile) -> None:
    public = [url for url in asked(hostile) if not url.startswith("/admin/")]
    wrong, seen = found_by(hostile, ["anonymous"], public)
    assert wrong == []
    assert len(seen) > 25


@pytest.mark.security
def test_no_markup_takes_effect_for_anybody(hostile: Hostile) -> None:
    wrong, seen = found_by(hostile, ROLES, asked(hostile))
    assert wrong == []
    assert len(seen) > 80


def test_no_markup_takes_effect_in_a_mail(hostile: Hostile) -> None:
    mails = 0
    for row in Notification.objects.select_related("user"):
        mail = put_in_a_mail(row.user, [row.pk])
        message = mail and written_out(mail)
        if message is None:
            continue
        mails += 1
        assert "\n" not in str(message.subject)
        for content, kind in message.alternatives:
            assert kind == "text/html"
            assert list(of_html(str(content))) == []
    assert mails
