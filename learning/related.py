"""Where every lesson ends: the people who can help with what it teaches, and what to learn next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exchange.design.cards import Card
from exchange.design.shell import address, home_url
from learning.models import TrainingModulePage
from learning.translations import localized
from learning.wording import languages_text, span_text


def capacity_slugs(page: Any) -> list[str]:
    """What a page teaches."""
    return [capacity.slug for capacity in page.taught]


def people_who_help(
    page: Any, request: HttpRequest, *, exclude: Sequence[tuple[str, str]] = ()
) -> list[Card]:
    """People, organisations and mentors who can help with what a page teaches, each with a reason."""
    from directory.matching import helpers_for

    slugs = capacity_slugs(page)
    if not slugs:
        return []
    return helpers_for(slugs, viewer=request.user, language=_language(), exclude=exclude, limit=3)


def learn_next(page: Any, request: HttpRequest, *, limit: int = 3) -> list[Card]:
    """What the author suggests, then what fits; never the page itself."""
    from directory.matching import to_learn

    chosen = chosen_next(page)
    left = limit - len(chosen)
    slugs = capacity_slugs(page)
    if left <= 0 or not slugs:
        return chosen[:limit]
    seen = {(page.kind, str(page.translation_key))}
    found = to_learn(slugs, viewer=request.user, language=_language(), exclude=seen, limit=limit + 1)
    urls = {card.url for card in chosen}
    return [*chosen, *(card for card in found if card.url not in urls)][:limit]


def chosen_next(page: Any) -> list[Card]:
    """The lessons that the author of a module suggests after it."""
    if not isinstance(page, TrainingModulePage):
        return []
    keys = [row.page.translation_key for row in page.next_modules.select_related("page")]
    if not keys:
        return []
    pages = localized(TrainingModulePage, keys, _language())
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
        url=page.url or "",
        summary=page.summary,
        reason=reason,
        facts=[languages_text([code]), span_text(page.minutes_min, page.minutes_max)],
        language=code,
    )


def _language() -> str:
    return get_language() or "en"


def pass_it_on(page: Any) -> dict[str, str]:
    """Addresses of what one may do with what one has learned: offer it, or ask a mentor."""
    about = urlencode([("capacity", slug) for slug in capacity_slugs(page)[:3]])
    offer = address("directory:listing_new", "listings/new/")
    mentor = f"{home_url()}mentoring/"
    return {
        "offer_url": f"{offer}?{urlencode({'direction': 'offer'})}&{about}",
        "mentor_url": f"{mentor}?{about}",
    }
