"""An organisation as one reader sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language

from directory.models import Listing, Membership, Organisation, Person
from directory.permissions import may_edit_organisation
from directory.presenters.cards import foreign, listing_card
from directory.regions import Region
from foundation.design.cards import Card
from foundation.l10n.languages import country_name, languages_text


@dataclass(frozen=True)
class Member:
    """Somebody who lets this page show that they belong to it."""

    person: Person
    role: str
    is_manager: bool


@dataclass(frozen=True)
class OrganisationPage:
    """Everything an organisation's page shows."""

    organisation: Organisation
    name: str
    summary: str
    description: str
    foreign: str
    type: str
    place: str
    region: str
    languages: str
    website: str
    may_edit: bool
    is_manager: bool
    members: list[Member] = field(default_factory=list)
    more_members: int = 0
    offers: list[Card] = field(default_factory=list)
    needs: list[Card] = field(default_factory=list)
    answers: bool = True


def organisation_page(organisation: Organisation, viewer: Any) -> OrganisationPage:
    """Gathers what the viewer may see, in a fixed number of queries."""
    text = organisation.text()
    language = get_language() or "en"
    rows = Listing.objects.shown().filter(organisation=organisation).select_related("person", "organisation")
    cards = [listing_card(row, with_owner=False) for row in rows]
    memberships = list(
        organisation.memberships.select_related("person__user").order_by("role", "person__name")
    )
    members = [_member(row) for row in memberships if _shows(row, viewer)]
    return OrganisationPage(
        organisation=organisation,
        name=text.name if text and text.name else organisation.name,
        summary=text.summary if text else "",
        description=text.description if text else "",
        foreign=foreign(text.language) if text else "",
        type=str(organisation.get_type_display()),
        place=country_name(organisation.country, language) if organisation.country else "",
        region=str(Region(organisation.region).label) if organisation.region in Region.values else "",
        languages=languages_text(organisation.languages),
        website=organisation.website,
        may_edit=bool(may_edit_organisation(viewer, organisation)),
        is_manager=any(row.role == "manager" and row.person.user_id == viewer.pk for row in memberships),
        members=members,
        more_members=len(memberships) - len(members),
        offers=[card for card in cards if card.kind != "need"],
        needs=[card for card in cards if card.kind == "need"],
        answers=any(row.role == "manager" for row in memberships),
    )


def _shows(row: Membership, viewer: Any) -> bool:
    """Only people who are listed and let the viewer see where they belong."""
    person = row.person
    if viewer.is_authenticated and viewer.pk == person.user_id:
        return True
    is_open = person.listed and not person.leave_alone and person.user.is_active
    return is_open and person.shows("organisations", viewer)


def _member(row: Membership) -> Member:
    return Member(row.person, str(row.get_role_display()), row.role == "manager")
