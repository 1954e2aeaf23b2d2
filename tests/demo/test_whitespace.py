"""Every kind of page is the same to its readers whether whitespace is dropped from its templates or not, and travels
as light."""

from __future__ import annotations

import copy
import itertools
import re
from typing import Any

import pytest
import time_machine
from django.conf import settings as site_settings
from django.core.cache import cache
from django.template import Template
from django.template.loaders import cached
from django.test import Client, override_settings
from django.utils import timezone, translation

from exchange.demo.users import demo_address
from foundation.accounts.models import User
from tests.bench.pages import travels
from tests.browser.page_kinds import KINDS, Kind
from tests.visible import seen

pytestmark = pytest.mark.django_db

# Made anew for each request.
TOKEN = re.compile(r'(name="(?:csrfmiddlewaretoken|opened|token)" value=")[^"]*')


class AsWritten(cached.Loader):
    """Templates as they are written, but for the line break with which an editor ends a file."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        found = super().get_template(template_name, skip)
        return Template(found.source.rstrip("\n"), found.origin, found.name, found.engine)


def plainly() -> Any:
    """Nothing dropped."""
    changed = copy.deepcopy(site_settings.TEMPLATES)
    ours = changed[0]["OPTIONS"]["loaders"][0]
    changed[0]["OPTIONS"]["loaders"] = [("tests.demo.test_whitespace.AsWritten", ours[1])]
    return override_settings(TEMPLATES=changed)


def reader_of(kind: Kind) -> Client:
    """A browser of whoever reads a kind of page. One page lists where they are signed in, so each signs in once."""
    client = Client()
    if callable(kind.person):
        client.force_login(kind.person().user)
    elif kind.person:
        client.force_login(User.objects.get(email=demo_address(kind.person)))
    return client


def pages(readers: dict[str, Client]) -> dict[str, str]:
    """Every kind of page as its reader gets it, by name."""
    return {kind.name: page(kind, readers[kind.name]) for kind in KINDS}


def page(kind: Kind, client: Client) -> str:
    """One of them."""
    cache.clear()
    with translation.override("en"):
        path = kind.path("en")
        answer = client.get(path)
    # Who has a request already is led to it from the page that begins one.
    assert answer.status_code in (kind.status, 302), path
    return TOKEN.sub(r"\1", answer.content.decode())


def difference(compact: str, plain: str) -> str:
    """The first place at which two pages are seen differently, with what stands before it; empty if nowhere."""
    one, other = seen(compact), seen(plain)
    for place, (here, there) in enumerate(itertools.zip_longest(one, other)):
        if here != there:
            return f"{one[max(0, place - 4) : place]} … {here!r} and not {there!r}"
    return ""


def test_every_kind_of_page_is_seen_as_it_is_written(demo: str, settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 0
    settings.PATTERN_LIBRARY = True
    with translation.override("en"):
        for kind in KINDS:
            kind.path("en")  # some make the thing that they show
    with time_machine.travel(timezone.now(), tick=False):
        readers = {kind.name: reader_of(kind) for kind in KINDS}
        compact = pages(readers)
        with plainly():
            plain = pages(readers)
    different = {name: where for name in plain if (where := difference(compact[name], plain[name]))}
    heavier = [name for name in plain if travels(compact[name].encode()) > travels(plain[name].encode())]
    assert different == {}
    assert heavier == []
