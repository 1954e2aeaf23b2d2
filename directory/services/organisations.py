"""How an organisation presents itself, who belongs to it, and who may act for it.

To edit an organisation's words is one thing, to act for it another: a manager reads its exchanges. So nobody becomes
a manager without the yes of one who is, or, where there is none, of an administrator. Everything that counts or names
managers holds the organisation's row.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.constants import MembershipRole
from directory.errors import NotPossible
from directory.models import Invitation, Membership, Organisation, OrganisationText, Person
from directory.permissions import may_name_managers
from directory.regions import region_of
from foundation.accounts.constants import Role
from foundation.accounts.models import User
from foundation.l10n.names import said
from foundation.notifications.services import notify, settle

WANTED = "organisation_manager_wanted"


@transaction.atomic
def present(
    organisation: Organisation,
    language: str,
    *,
    country: str,
    region: str,
    website: str,
    languages: list[str],
    **words: str,
) -> Organisation:
    """Writes how an organisation presents itself: the words (`name`, `summary`, `description`) in one language, the
    rest once for all. Without a region, its country says it. Answers its row."""
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    row.country, row.website, row.languages = country, website, languages
    row.region = region or region_of(country)
    if language == "en" or not row.texts.exists():
        row.name = words["name"]
    # The words first: whoever watches organisations reads them when the row is saved.
    OrganisationText.objects.update_or_create(organisation=row, language=language, defaults=words)
    row.save()
    return row


@transaction.atomic
def invite(
    organisation: Organisation, person: Person, *, by: Person, role: str = MembershipRole.MEMBER
) -> Invitation:
    """Asks somebody to be shown with an organisation. Nothing is shown before their yes.

    As a manager: where `by` may not name managers, it is a proposal, and those who may are asked first.
    Inviting twice is inviting once. Raises NotPossible where they belong to it already or want to be left
    alone (said in the same words for both kinds of hidden people, so that nothing leaks).
    """
    _lock(organisation)
    decides = bool(may_name_managers(by.user, organisation))
    member = Membership.objects.filter(organisation=organisation, person=person).first()
    proposes = role == MembershipRole.MANAGER and not decides
    if member is not None and (not proposes or member.role == MembershipRole.MANAGER):
        raise NotPossible(said(_("%(name)s belongs to this organisation already."), name=person.name))
    if not person.user.is_active or (person.leave_alone and person.pk != by.pk):
        raise NotPossible(_("We could not find this person."))
    invitation, created = Invitation.objects.get_or_create(
        organisation=organisation, person=person, defaults={"role": role, "invited_by": by}
    )
    if role == MembershipRole.MANAGER and not created and invitation.approved_at is None:
        invitation.role = role
        invitation.save(update_fields=["role"])
    if not invitation.waits_for_manager:
        if created:
            _tell_invited(invitation)
    elif decides:
        _approve(invitation, by)
    else:
        _ask_managers(invitation)
    return invitation


@transaction.atomic
def approve(invitation: Invitation, *, by: Person) -> None:
    """Says yes to a proposed manager; then they are asked themselves. Twice is once.

    Raises NotPossible where `by` may not name managers, or the proposal is gone.
    """
    _lock(invitation.organisation)
    verdict = may_name_managers(by.user, invitation.organisation)
    if not verdict:
        raise NotPossible(verdict.reason)
    current = _current(invitation)
    if current.waits_for_manager:
        _approve(current, by)


@transaction.atomic
def accept(invitation: Invitation) -> Membership:
    """The invited person says yes. Raises NotPossible where it is gone, or a manager has not agreed."""
    _lock(invitation.organisation)
    current = _current(invitation)
    if current.waits_for_manager:
        raise NotPossible(_("One of its managers has to agree first."))
    membership, created = Membership.objects.get_or_create(
        organisation=current.organisation, person=current.person, defaults={"role": current.role}
    )
    was_manager = not created and membership.role == MembershipRole.MANAGER
    if current.role == MembershipRole.MANAGER and not was_manager:
        membership.role = MembershipRole.MANAGER
        membership.save(update_fields=["role"])
        _tell_managers_of(membership)
    current.delete()
    return membership


@transaction.atomic
def refuse(invitation: Invitation) -> None:
    """The invited person says no, or it is taken back. Nobody is told; doing it twice is no harm."""
    _settle(invitation)
    Invitation.objects.filter(pk=invitation.pk).delete()


@transaction.atomic
def set_role(membership: Membership, role: str, *, by: User) -> None:
    """Makes somebody a manager or a member. Raises NotPossible for the last manager, and for everybody who may
    not name managers."""
    if role not in MembershipRole.values:
        raise NotPossible(_("Choose manager or member."))
    _lock(membership.organisation)
    _check_decides(membership.organisation, by)
    if role != MembershipRole.MANAGER:
        _keep_one_manager(membership)
    if membership.role == role:
        return
    membership.role = role
    membership.save(update_fields=["role"])
    if role == MembershipRole.MANAGER:
        _tell_managers_of(membership)
        Invitation.objects.filter(organisation=membership.organisation, person=membership.person).delete()


@transaction.atomic
def remove(membership: Membership, *, by: User) -> None:
    """Ends a membership, one's own or, for those who may name managers, somebody's.

    Raises NotPossible for the last manager: an organisation with listings needs one.
    """
    _lock(membership.organisation)
    if membership.person.user_id != by.pk:
        _check_decides(membership.organisation, by)
    _keep_one_manager(membership)
    membership.delete()


def tell_of_no_manager(organisation: Organisation, *, but: User) -> None:
    """Tells administrators that nobody answers for an organisation any more."""
    _tell(
        (user for user in _administrators() if user.pk != but.pk),
        "organisation_without_manager",
        organisation,
        key=f"organisation:{organisation.pk}:without:{timezone.localdate()}",
    )


def _approve(invitation: Invitation, by: Person) -> None:
    invitation.approved_at, invitation.approved_by = timezone.now(), by
    invitation.save(update_fields=["approved_at", "approved_by"])
    _settle(invitation)
    _tell_invited(invitation)


def _tell_invited(invitation: Invitation) -> None:
    inviter = invitation.approved_by or invitation.invited_by
    as_manager = invitation.role == MembershipRole.MANAGER
    _tell(
        [invitation.person.user],
        "organisation_invited_manager" if as_manager else "organisation_invited",
        invitation.organisation,
        url="/my/organisations/",
        key=f"invitation:{invitation.pk}:{invitation.role}",
        name=inviter,
    )


def _ask_managers(invitation: Invitation) -> None:
    """Asks those who may say yes: the managers, or administrators where there are none."""
    managers = [person.user for person in invitation.organisation.managers()]
    _tell(
        managers or _administrators(),
        WANTED,
        invitation.organisation,
        url=_people_of(invitation.organisation),
        key=_wanted_key(invitation),
        name=invitation.person,
    )


def _tell_managers_of(membership: Membership) -> None:
    """Every other manager hears of a new one."""
    others = [person for person in membership.organisation.managers() if person.pk != membership.person_id]
    _tell(
        (person.user for person in others),
        "organisation_manager_new",
        membership.organisation,
        url=_people_of(membership.organisation),
        key=f"membership:{membership.pk}:manager:{timezone.now():%Y%m%d%H%M%S%f}",
        name=membership.person,
    )


def _tell(
    users: Iterable[User],
    kind: str,
    organisation: Organisation,
    *,
    url: str = "",
    key: str,
    name: Person | None = None,
) -> None:
    context = {"organisation": organisation.name, "name": name.name if name else ""}
    for user in users:
        by = name.user if name else None
        notify(user, kind, context, url=url or f"/organisations/{organisation.slug}/", key=key, by=by)


def _settle(invitation: Invitation) -> None:
    """It is answered: it no longer waits for managers."""
    settle(key=_wanted_key(invitation))


def _wanted_key(invitation: Invitation) -> str:
    return f"invitation:{invitation.pk}:wanted"


def _people_of(organisation: Organisation) -> str:
    return f"/organisations/{organisation.slug}/people/"


def _administrators() -> list[User]:
    return list(User.objects.filter(groups__name=Role.ADMINISTRATOR.value, is_active=True).order_by("pk"))


def _check_decides(organisation: Organisation, by: User) -> None:
    verdict = may_name_managers(by, organisation)
    if not verdict:
        raise NotPossible(verdict.reason)


def _current(invitation: Invitation) -> Invitation:
    found = Invitation.objects.select_related("organisation", "person__user").filter(pk=invitation.pk).first()
    if found is None:
        raise NotPossible(_("This invitation is not open any more."))
    return found


def _lock(organisation: Organisation) -> None:
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _keep_one_manager(membership: Membership) -> None:
    managers = Membership.objects.filter(organisation=membership.organisation, role=MembershipRole.MANAGER)
    if membership.role == MembershipRole.MANAGER and not managers.exclude(pk=membership.pk).exists():
        raise NotPossible(
            _("An organisation needs at least one manager. Make somebody else a manager first.")
        )
