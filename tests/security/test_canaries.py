"""Secrets in every field, looked for on every address as every role, in search, in the index, in logs and in mails."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections import defaultdict
from typing import Any

import pytest
import tantivy
from django.conf import settings
from django.core.cache import cache
from wagtail.models import Page

from foundation.notifications.mail import put_in_a_mail, written_out
from foundation.notifications.models import Notification
from search.engines.factory import current_engine
from search.engines.tantivy.query import TEXT_FIELDS
from tests.security.addresses import addresses
from tests.security.attack import ROLES, Attack, undone
from tests.security.canaries import EDITORS, PUBLIC, TOKEN, WORD, Planted, readers, reason, text_fields
from tests.test_matrix import World

Found = defaultdict  # field → addresses
pytestmark = [pytest.mark.django_db, pytest.mark.asks_in_transaction]


@pytest.fixture
def planted(attacked: World, index: Any) -> Planted:
    """The attacked world with a secret in every field."""
    made = Planted(attacked)
    index.rebuild()
    return made


def test_every_text_field_holds_a_secret_or_says_why_not(planted: Planted) -> None:
    """One that is new is planted by itself; where it cannot be, say in tests/security/canaries.py what it is."""
    held = set(planted.places.values())
    assert len(held) > 100
    assert sorted(label for label, _field in text_fields() if not reason(label) and label not in held) == []


def secrets_in(answer: Any) -> set[str]:
    """The secrets that an answer holds, in its body, whatever is packed in it, and its headers."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"\x1f\x8b"):
        content = gzip.decompress(content)
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b" ".join(packed.read(name) for name in packed.namelist())
    words = content.decode(errors="replace") + " ".join(map(str, answer.headers.values()))
    return {found.lower() for found in TOKEN.findall(words)}


# What is private of which thing, in the places where the world of the attack has something public.
PRIVATE: tuple[dict[str, str], ...] = (
    {
        "listing": "draft",
        "person": "secretive",
        "organisation": "hidden_slug",
        "organisation_pk": "hidden_organisation",
        "victim": "secretive_account",
    },
    *(
        dict.fromkeys(["lesson", "page"], f"draft {kind}")
        for kind in (
            "trainingmodulepage",
            "coursepage",
            "webinarpage",
            "mentoringprogrammepage",
            "standardpage",
        )
    ),
)


def asked(planted: Planted, *, drafts: bool = True) -> list[str]:
    """Each address with what is public and what is private in its places, with a search, and every page there is."""
    world = planted.world
    secretive = world.things["secretive"]
    world.things |= {"hidden_slug": "hidden-circle", "secretive_account": secretive.user.pk}
    urls = [address.url(world) for address in addresses()]
    urls += [f"{address.url(world)}?q={WORD}" for address in addresses() if not address.places]
    for instead in PRIVATE if drafts else PRIVATE[:1]:
        with_private = World(
            world.people, world.things | {key: world.things[to] for key, to in instead.items()}
        )
        urls += [address.url(with_private) for address in addresses() if address.places]
    urls += [page.get_url() for page in Page.objects.filter(depth__gt=2) if page.get_url()]
    return list(dict.fromkeys(urls))


def read_by(planted: Planted, who: str) -> Found:
    """What somebody reads on every address: field → addresses."""
    attack, found = Attack(planted.world, read_forms=False), Found(set)
    for address in asked(planted, drafts=who not in EDITORS):
        cache.clear()
        with undone():
            answer = attack.client(who).get(address, headers={"sec-fetch-site": "same-origin"})
            for token in secrets_in(answer):
                found[planted.places[token]].add(address)
    return found


def strays(found: Found, who: str) -> list[str]:
    """What somebody reads who should not, with some of the places."""
    return sorted(
        f"{label} at {sorted(where)[:4]}" for label, where in found.items() if who not in readers(label)
    )


@pytest.mark.parametrize("who", ["anonymous", "member"])
def test_strangers_read_nothing_but_what_is_public(planted: Planted, caplog: Any, who: str) -> None:
    found = read_by(planted, who)
    assert len(found[PUBLIC]) > 10
    assert strays(found, who) == []
    assert TOKEN.findall(caplog.text) == []


@pytest.mark.security
@pytest.mark.parametrize("who", [who for who in ROLES if who not in ("anonymous", "member")])
def test_no_address_tells_anybody_what_is_not_for_them(planted: Planted, caplog: Any, who: str) -> None:
    found = read_by(planted, who)
    folder = settings.ROOT / "var" / "security"
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{label}: {len(where)}, such as {sorted(where)[:3]}" for label, where in sorted(found.items())]
    (folder / f"read by {who}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert len(found[PUBLIC]) > 10
    assert strays(found, who) == []
    assert TOKEN.findall(caplog.text) == []


def test_the_index_knows_what_is_public_alone(planted: Planted) -> None:
    """Each document as it is stored, and each word that it could be found by."""
    searcher = current_engine()._searcher()
    hits = searcher.search(tantivy.Query.all_query(), limit=10_000).hits
    documents = [searcher.doc(place).to_dict() for _score, place in hits]
    stored = b" ".join(
        bytes(value) for kept in documents for value in kept["source"] + kept["fragments"]
    ).decode()
    assert {planted.places[token.lower()] for token in TOKEN.findall(stored)} == {PUBLIC}
    fields = [*TEXT_FIELDS, *(f"{name}_exact" for name in TEXT_FIELDS), "whole", "prefixes", "openings"]
    found = {
        label for token, label in planted.places.items() for name in fields if searcher.doc_freq(name, token)
    }
    assert found == {PUBLIC}


def test_mails_tell_their_reader_alone(planted: Planted) -> None:
    """Whatever somebody is told of by mail, in both of its parts, they may also read on the site."""
    who_has = {person.user_id: who for who, person in planted.world.people.items()}
    told = 0
    for row in Notification.objects.select_related("user"):
        mail = put_in_a_mail(row.user, [row.pk])
        message = mail and written_out(mail)
        if message is None:
            continue
        told += 1
        words = " ".join(
            [str(message.subject), str(message.body), *(str(part[0]) for part in message.alternatives)]
        )
        labels = {planted.places[token.lower()] for token in TOKEN.findall(words)}
        assert {label for label in labels if who_has[row.user_id] not in readers(label)} == set()
    assert told
