"""Names as people really write them, on a small screen. The pages are made of the names alone, without the house."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser
from taggit.models import Tag

from foundation.accounts.models import User
from foundation.notifications.services import notify
from tests.browser.watch import overflow, wide_things
from tests.factories.accounts import UserFactory
from tests.factories.directory import (
    CapacityFactory,
    ExchangeFactory,
    ListingFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.factories.home import make_site
from tests.factories.learning import make_cohort, make_course, make_module, make_webinar, step, text
from tests.factories.mentoring import MentorOfferFactory, PairingFactory, ProgrammeFactory, RequestFactory

STYLES = Path(__file__).resolve().parents[2] / "frontend" / "static" / "exchange"
# The longest of the names that people sent us, twice.
LONG = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftschafers" * 2


def rendered() -> dict[str, str]:
    """Every kind of page with names and titles of one long word, as its reader gets it."""
    make_site("en")
    capacity = CapacityFactory(slug="long", label=LONG[:110])
    me = PersonFactory(name=LONG[:145], user__name=LONG[:145], offers=[capacity], city=LONG[:110])
    other = PersonFactory(name=LONG[1:145], user__name=LONG[1:145], offers=[capacity])
    organisation = OrganisationFactory()
    organisation.texts.update(name=LONG[:140])
    type(organisation).objects.update(name=LONG[:140])
    MembershipFactory(person=me, organisation=organisation)
    listing = ListingFactory(person=other, title=LONG[:135], summary=LONG, capacities=[capacity])
    need = ListingFactory(need=True, person=me, title=LONG[:135], for_whom=LONG, capacities=[capacity])
    listing.keywords.add(Tag.objects.create(name=LONG[:60], slug="long"))
    exchange = ExchangeFactory(listing=listing, starter=me, message=LONG)
    course = make_course(title=LONG, summary=LONG, capacities=[capacity])
    make_cohort(course, name=LONG[:118])
    module = make_module(step(LONG[:90], text()), title=LONG, summary=LONG, capacities=[capacity])
    webinar = make_webinar(title=LONG, summary=LONG, capacities=[capacity])
    programme = ProgrammeFactory(title=LONG, coordinators=[me], about=[capacity])
    request = RequestFactory(person=other, programme=programme, wants=[capacity], goal=LONG)
    offer = MentorOfferFactory(person=me, programme=programme)
    pairing = PairingFactory(offer=offer, mentor=me)
    notify(me.user, "learning.enrolled", {"course": LONG, "cohort": LONG}, url="/en/")
    client = Client()
    client.force_login(me.user)
    mine = ["listings", "exchanges", "organisations", "profile", "profile/about", "searches"]
    addresses = [
        *("/en/", "/en/learn/", "/en/my/learning/", "/en/account/", "/en/notifications/", "/en/exchange/"),
        *("/en/people/", "/en/organisations/", "/en/my/mentoring/", "/en/mentoring/", "/en/search/"),
        *(f"/en/my/{name}/" for name in mine),
        *(row.get_absolute_url() for row in (me, other, organisation, listing, need, exchange, pairing)),
        *(page.url for page in (course, module, webinar, programme)),
        f"/en/mentoring/board/{programme.translation_key}/?request={request.pk}",
        f"{module.url}step/1/",
        capacity.get_absolute_url(),
    ]
    answers = {address: client.get(address, follow=True) for address in dict.fromkeys(addresses)}
    return {address: answer.text for address, answer in answers.items() if answer.status_code == 200}


@pytest.mark.django_db
def test_one_long_word_widens_no_page_of_360_pixels(browser: Browser, index: object) -> None:
    assert User.objects.count() == 0
    UserFactory()
    pages = rendered()
    assert len(pages) > 25
    context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=True)
    page = context.new_page()
    wide = {}
    for address, html in pages.items():
        named = re.findall(r'href="[^"]*/exchange/(\w+)(?:\.\w+)?\.css"', html)
        sheets = "".join(f"<style>{(STYLES / f'{name}.css').read_text()}</style>" for name in named)
        assert named
        bare = re.sub(r"<(?:link|script)\b[^>]*>(?:</script>)?", "", html)
        page.set_content(bare.replace("</head>", f"{sheets}</head>"), wait_until="domcontentloaded")
        if overflow(page) > 0:
            wide[address] = (overflow(page), wide_things(page)[:4])
    context.close()
    assert not wide, "\n".join(f"{address[:60]}: {found}" for address, found in wide.items())
