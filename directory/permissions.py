"""Who may see and do what in the directory: each answer carries the sentence that says why not."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from directory.constants import ListingState
from directory.models import Exchange, Listing, Organisation, Person
from foundation.accounts.constants import Role


class Verdict(NamedTuple):
    """Whether something is allowed, and if not, a sentence for the person who tried."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)


def may_see_person(viewer: Any, person: Person) -> Verdict:
    """A page is for everybody once its person chose to be listed; otherwise for themself and for those who
    are in an exchange with them. Who wants to be left alone has no page for strangers. A pause hides nothing.
    """
    if viewer.is_authenticated and viewer.pk == person.user_id:
        return YES
    if person.user.is_active and person.listed and not person.leave_alone:
        return YES
    if viewer.is_authenticated and person.user.is_active and _share_an_exchange(viewer, person):
        return YES
    return Verdict(False, _("This person has no public page."))


def may_see_listing(viewer: Any, listing: Listing) -> Verdict:
    """What is shown is for everybody; the rest for its owner, for those who asked about it, and for the
    people who look after the directory."""
    if listing.is_shown:
        return YES
    if not viewer.is_authenticated:
        return Verdict(False, _("This is not shown any more."))
    if listing.is_owned_by(viewer):
        return YES
    if listing.state != ListingState.DRAFT and (
        listing.exchanges.filter(starter__user=viewer).exists() or viewer.has_perm("directory.change_listing")
    ):
        return YES
    return Verdict(False, _("This is not shown any more."))


def may_edit_listing(viewer: Any, listing: Listing) -> Verdict:
    """Only the owner: the person, or a manager of the organisation."""
    if listing.is_owned_by(viewer):
        return YES
    return Verdict(False, _("Only its owner may change this."))


def may_edit_organisation(viewer: Any, organisation: Organisation) -> Verdict:
    """Managers, and the people who look after the directory."""
    if organisation.is_managed_by(viewer) or viewer.has_perm("directory.change_organisation"):
        return YES
    return Verdict(False, _("Only its managers may change this organisation."))


def may_name_managers(viewer: Any, organisation: Organisation) -> Verdict:
    """Who acts for it decides who else does: its managers; where it has none, administrators.

    To look after its words is not enough: a manager reads what people write to the organisation.
    """
    if organisation.is_managed_by(viewer):
        return YES
    if viewer.is_authenticated and viewer.has_role(Role.ADMINISTRATOR) and not organisation.managers():
        return YES
    return Verdict(False, _("Only its managers may do this."))


def may_see_organisation(viewer: Any, organisation: Organisation) -> Verdict:
    """Everybody while it is shown; otherwise those who may edit it."""
    if organisation.active:
        return YES
    return may_edit_organisation(viewer, organisation)


def may_see_exchange(viewer: Any, exchange: Exchange) -> Verdict:
    """The two sides, nobody else: not even administrators read along."""
    if exchange.roles_of(viewer):
        return YES
    return Verdict(False, _("This is between two other people."))


def _share_an_exchange(viewer: Any, person: Person) -> bool:
    """An exchange between them that was accepted, or one in which this person asked and waits."""
    theirs = Exchange.objects.of(viewer)
    known = theirs.filter(state__in=("accepted", "done", "thanked"))
    return (
        theirs.filter(starter=person, state__in=Exchange.flow.awaiting("owner")).exists()
        or known.filter(starter=person).exists()
        or known.filter(asked_person=person).exists()
        or known.filter(listing__person=person).exists()
        or known.filter(answered_by=person).exists()
    )
