"""Who belongs to an organisation, and who may act for it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from directory.enums import MembershipRole
from directory.models import Invitation, Membership, Organisation, Person
from directory.services.errors import NotPossible
from exchange.notifications.services import notify


@transaction.atomic
def invite(
    organisation: Organisation, person: Person, *, by: Person, role: str = MembershipRole.MEMBER
) -> Invitation:
    """Asks somebody to be shown with an organisation. Nothing is shown before their yes.

    Inviting twice is inviting once. Raises NotPossible where they belong to it already or want to be left
    alone (said in the same words for both kinds of hidden people, so that nothing leaks).
    """
    if Membership.objects.filter(organisation=organisation, person=person).exists():
        raise NotPossible(_("%(name)s belongs to this organisation already.") % {"name": person.name})
    if person.leave_alone or not person.user.is_active:
        raise NotPossible(_("We could not find this person."))
    invitation, created = Invitation.objects.get_or_create(
        organisation=organisation, person=person, defaults={"role": role, "invited_by": by}
    )
    if created:
        notify(
            person.user,
            "organisation_invited",
            {"organisation": organisation.name},
            url="/my/organisations/",
            key=f"invitation:{invitation.pk}",
        )
    return invitation


@transaction.atomic
def accept(invitation: Invitation) -> Membership:
    """The invited person says yes."""
    membership, _created = Membership.objects.get_or_create(
        organisation=invitation.organisation, person=invitation.person, defaults={"role": invitation.role}
    )
    invitation.delete()
    return membership


def refuse(invitation: Invitation) -> None:
    """The invited person says no, or a manager takes the invitation back. Nobody is told."""
    invitation.delete()


@transaction.atomic
def set_role(membership: Membership, role: str) -> None:
    """Makes somebody a manager or a member. Raises NotPossible for the last manager."""
    if role not in MembershipRole.values:
        raise NotPossible(_("Choose manager or member."))
    _lock(membership.organisation)
    if role != MembershipRole.MANAGER:
        _keep_one_manager(membership)
    membership.role = role
    membership.save(update_fields=["role"])


@transaction.atomic
def remove(membership: Membership) -> None:
    """Ends a membership. Raises NotPossible for the last manager: an organisation with listings needs one."""
    _lock(membership.organisation)
    _keep_one_manager(membership)
    membership.delete()


def _lock(organisation: Organisation) -> None:
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _keep_one_manager(membership: Membership) -> None:
    managers = Membership.objects.filter(organisation=membership.organisation, role=MembershipRole.MANAGER)
    if membership.role == MembershipRole.MANAGER and not managers.exclude(pk=membership.pk).exists():
        raise NotPossible(
            _("An organisation needs at least one manager. Make somebody else a manager first.")
        )
