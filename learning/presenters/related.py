"""Where every lesson ends: the people who can help with what it teaches, and what to learn next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.matching import around
from foundation.design.cards import Card
from foundation.design.navigation import address, home_url, in_interface, written_pages
from foundation.l10n.languages import languages_text
from foundation.l10n.times import span_text
from learning.models import TrainingModulePage
from learning.translations import localized

SHOWN = 3


def capacity_slugs(page: Any) -> list[str]:
    """What a page teaches."""
    return [capacity.slug for capacity in page.taught]


def around_page(
    page: Any, request: HttpRequest, *, exclude: Iterable[tuple[str, str]] = ()
) -> dict[str, list[Card]]:
    """Where a page leads, for its template: `helpers` (people, organisations and mentors who can help with what
    it teaches, each with a reason) and `next_cards` (what its author suggests, then what fits)."""
    chosen = chosen_next(page)
    language = get_language() or "en"
    helpers, found = around(
        capacity_slugs(page),
        viewer=request.user,
        language=language,
        exclude=[*exclude, (page.kind, str(page.translation_key))],
        helpers=SHOWN,
        lessons=SHOWN,
    )
    urls = {card.url for card in chosen}
    lessons = [*chosen, *(card for card in found if card.url not in urls)][:SHOWN]
    return {"helpers": helpers, "next_cards": lessons}


def chosen_next(page: Any) -> list[Card]:
    """The lessons that the author of a module suggests after it."""
    if not isinstance(page, TrainingModulePage):
        return []
    keys = [row.page.translation_key for row in page.next_modules.select_related("page")]
    if not keys:
        return []
    pages = localized(TrainingModulePage, keys, get_language() or "en")
    return [
        module_card(pages[key], reason=_("The author of this lesson suggests it next."))
        for key in keys
        if key in pages
    ]


def module_card(page: TrainingModulePage, *, reason: str = "") -> Card:
    """A module as a card. The page's locale must be loaded."""
    code = page.locale.language_code
    return Card(
        kind=page.kind,
        title=page.title,
        url=in_interface(page.url),
        summary=page.summary,
        reason=reason,
        facts=[languages_text([code]), span_text(page.minutes_min, page.minutes_max)],
        language=code,
    )


def pass_it_on(page: Any) -> dict[str, str]:
    """Addresses of what one may do with what one has learned: offer it, or ask a mentor where there are any."""
    about = urlencode([("capacity", slug) for slug in capacity_slugs(page)[:3]])
    offer = address("directory:listing_new", "listings/new/")
    mentor = f"{home_url()}mentoring/?{about}" if written_pages().get("mentoring", True) else ""
    return {
        "offer_url": f"{offer}?{urlencode({'direction': 'offer'})}&{about}",
        "mentor_url": mentor,
    }
