"""Cards made from the database: for one owner's things, and for lists while the index rests."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.models import Listing, Organisation
from directory.presenters.people import confirmed
from foundation.design.cards import Card
from foundation.l10n.languages import languages_text


def listing_card(listing: Listing, *, with_owner: bool = True) -> Card:
    """An offer, need or grant. Expects `with_all()`."""
    owner = listing.owner
    return Card(
        kind=listing.kind,
        title=listing.title or _("Without a title"),
        url=listing.get_absolute_url(),
        summary=listing.summary,
        facts=listing_facts(listing, with_owner=with_owner),
        face=owner.name if with_owner else "",
        face_shape="organisation" if isinstance(owner, Organisation) else "person",
        language=foreign(listing.language),
    )


def listing_facts(listing: Listing, *, with_owner: bool) -> list[str]:
    """Whose it is, in which languages, until when, when it was last confirmed."""
    facts = [listing.owner.name] if with_owner else []
    facts.append(languages_text(listing.languages))
    if listing.deadline is not None:
        facts.append(_("By %(date)s") % {"date": date_format(listing.deadline, "DATE_FORMAT")})
    facts.append(confirmed(listing.confirmed_at))
    return [fact for fact in facts if fact]


def foreign(language: str) -> str:
    """The language of a text where it is not the page's, for `lang`."""
    here = (get_language() or "en").split("-")[0]
    return language if language and language.split("-")[0] != here else ""
