"""What becomes of the directory's records when an account is deleted: the other side keeps theirs."""

from __future__ import annotations

from django.db.models import Q

from directory.constants import MembershipRole
from directory.models import Exchange, Membership, Person
from directory.services.organisations import tell_of_no_manager
from foundation.accounts.models import User
from foundation.accounts.personal_data import (
    Fate,
    after_leaving,
    before_leaving,
    decide,
    describe,
    without_people,
)
from foundation.design.delete import holds_back
from foundation.workflow.services import transition

decide(
    Fate.ERASED,
    "directory.Person.user",
    "directory.PersonLanguage.person",
    "directory.PersonCapacity.person",
    "directory.Listing.person",
    exported=True,
    reason="What somebody says of themselves, offers and needs is theirs alone.",
)
decide(
    Fate.ERASED,
    "directory.Membership.person",
    "directory.Invitation.person",
    exported=True,
    reason="An organisation does not show people who are not here.",
)
decide(
    Fate.ANONYMISED,
    "directory.Exchange.starter",
    "directory.Exchange.asked_person",
    "directory.Exchange.answered_by",
    "directory.Exchange.listing",
    exported=True,
    reason="It belongs to two sides: the other one keeps what was written, the hours and the thanks.",
)
decide(
    Fate.ANONYMISED,
    "directory.Exchange.need",
    exported=False,
    reason="The exchange is in the download by its starter, whose need it is.",
)
decide(
    Fate.ANONYMISED,
    "directory.Listing.created_by",
    "directory.Invitation.invited_by",
    "directory.Invitation.approved_by",
    exported=False,
    reason="It belongs to the organisation or to the person who was invited, not to who typed it.",
)
decide(
    Fate.ERASED,
    "directory.Listing_capacities.listing",
    "directory.ListingKeyword.object_id",
    exported=False,
    reason="Capacities and keywords of an offer or need are in the download with it, and go with it.",
)
describe(
    "directory.Person",
    words="name pronouns bio city contact_note portrait",
    facts="user bio_language country formats hours_a_month listed leave_alone paused_until asks_of_you contact_by"
    " visibility confirmed_at is_demo created updated",
)
describe("directory.PersonLanguage", facts="person language level")
describe("directory.PersonCapacity", words="evidence", facts="person capacity side added")
describe("directory.Membership", facts="person organisation role since")
describe("directory.Invitation", facts="person organisation role invited_by approved_at approved_by created")
describe(
    "directory.Listing",
    words="title summary description method for_whom keywords",
    facts="state state_since direction asset person organisation language languages regions country formats"
    " hours_a_month deadline amount currency valid_until confirmed_at is_demo created_by created updated capacities",
)
describe(
    "directory.Exchange",
    words="title message answer thanks",
    facts="state state_since listing asked_person direction need about starter answered_by starter_contact"
    " owner_contact hours thanks_public still_on_asked_at created",
)
holds_back(
    "directory.Invitation.organisation",
    "directory.Membership.organisation",
    "directory.Listing.organisation",
    reason="An organisation to which people belong, or that offers or needs something, is hidden.",
)
holds_back(
    "directory.PersonCapacity.capacity",
    "directory.Listing_capacities.capacity",
    reason="A capacity that somebody names is merged into another one.",
)
without_people(
    "directory.Capacity",
    "directory.CapacityText",
    "directory.Organisation",
    "directory.OrganisationText",
    reason="The vocabulary, and organisations; who belongs to one is a row of its own.",
)


@before_leaving
def close_exchanges(user: User) -> None:
    """Closes what is open between this account and others, and tells them. Takes its ways to be reached out."""
    person = Person.objects.select_for_update(of=("self",)).filter(user=user).first()
    if person is None:
        return
    owned = Q(asked_person=person) | Q(listing__person=person)
    for exchange in Exchange.objects.filter(Q(starter=person) | owned).open():
        side = "starter" if exchange.starter_id == person.pk else "owner"
        name = "settle" if exchange.state == "done" else "leave"
        transition(exchange, name, by=None, reason_code=side)
    Exchange.objects.filter(starter=person).update(starter_contact=[])
    Exchange.objects.filter(owned | Q(answered_by=person)).update(owner_contact=[])


@before_leaving
def tell_of_lone_organisations(user: User) -> None:
    """Organisations whose last manager goes: administrators hear of it, as only they can name another."""
    manages = Membership.objects.filter(role=MembershipRole.MANAGER)
    for row in manages.filter(person__user=user).select_related("organisation"):
        others = manages.filter(organisation=row.organisation).exclude(person__user=user)
        if not others.filter(person__user__is_active=True).exists():
            tell_of_no_manager(row.organisation, but=user)


@after_leaving
def forget_what_nobody_keeps() -> None:
    """An exchange whose two sides are both gone belongs to nobody any more."""
    Exchange.objects.filter(starter=None, asked_person=None, listing=None).delete()
