"""One organisation: its page, what its managers change, and who belongs to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directory.constants import MembershipRole
from directory.errors import NotPossible
from directory.forms.organisations import InviteForm, OrganisationForm
from directory.models import Invitation, Membership, Organisation, Person
from directory.permissions import may_edit_organisation, may_name_managers, may_see_organisation
from directory.presenters.organisations import organisation_page
from directory.services import organisations as services
from directory.services.people import person_of
from foundation.accounts.decorators import member_button, member_form, typed
from foundation.design.shown_kinds import shows
from foundation.l10n.names import said
from foundation.messages import explained


@shows("organisation", "person", "offer", "need", "grant")
@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Who they are, their people, what they offer and need."""
    found = get_object_or_404(Organisation.objects.prefetch_related("texts"), slug=slug)
    if not may_see_organisation(request.user, found):
        raise Http404
    page = organisation_page(found, request.user)
    context = {
        "page": page,
        "crumbs": [
            (_("Find help"), reverse("directory:listings")),
            (_("Organisations"), reverse("directory:organisations")),
            (page.name, ""),
        ],
    }
    return render(request, "directory/pages/organisation.html", context)


@member_form
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The organisation's words and places, by its managers."""
    found = _managed(request, slug)
    form = OrganisationForm(typed(request), organisation=found)
    if request.method == "POST":
        if form.adds():
            form.show_added()
        elif form.is_valid():
            services.present(found, form.language, **form.values())
            messages.success(request, _("Saved."))
            return redirect(found)
    context = {
        "form": form,
        "organisation": found,
        "crumbs": [(found.name, found.get_absolute_url()), (_("Change"), "")],
    }
    return render(request, "directory/pages/organisation_form.html", context)


@member_form
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Who belongs to it, open invitations, and the form that invites."""
    found = _managed(request, slug)
    form = InviteForm(typed(request))
    if request.method == "POST" and form.is_valid():
        with explained(request, form, "who"):
            _invite(request, found, form.cleaned_data["who"], form.cleaned_data["role"])
            return redirect("directory:organisation_members", slug=found.slug)
    context = {
        "form": form,
        "organisation": found,
        "memberships": found.memberships.select_related("person").order_by("role", "person__name"),
        "invitations": found.invitations.select_related("person", "invited_by"),
        "decides": bool(may_name_managers(request.user, found)),
        "has_managers": bool(found.managers()),
        "me": person_of(request.user),  # type: ignore[arg-type]
        "crumbs": [(found.name, found.get_absolute_url()), (_("People"), "")],
    }
    return render(request, "directory/pages/organisation_members.html", context)


@member_button
@require_POST
def change_member(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Makes somebody a manager or a member, or ends the membership. Who may not name managers proposes one."""
    found = _managed(request, slug)
    rows = Membership.objects.filter(organisation=found, pk=pk).select_related("organisation", "person__user")
    membership, role = rows.first(), request.POST.get("role", "")
    with explained(request):
        if membership is None:
            raise NotPossible(_("This person does not belong to it any more."))
        if "propose" in request.POST:
            _invite(request, found, membership.person, MembershipRole.MANAGER)
        elif "remove" in request.POST:
            services.remove(membership, by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("Saved."))
        else:
            services.set_role(membership, role, by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("Saved."))
    if not may_edit_organisation(request.user, found):
        return redirect(found)  # they have left it, or made themselves a member
    return redirect("directory:organisation_members", slug=found.slug)


@member_button
@require_POST
def take_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Takes an invitation back; who may not name managers, one of their own only."""
    found, me = _managed(request, slug), person_of(request.user)  # type: ignore[arg-type]
    invitation = Invitation.objects.filter(organisation=found, pk=pk).first()
    verdict = may_name_managers(request.user, found)
    if invitation is not None and not verdict and invitation.invited_by_id != me.pk:
        messages.warning(request, verdict.reason)
    else:
        if invitation is not None:
            services.refuse(invitation)
        messages.success(request, _("The invitation is gone."))
    return redirect("directory:organisation_members", slug=found.slug)


@member_button
@require_POST
def approve(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A manager's yes to a proposed manager, or an administrator's where there is no manager."""
    found, me = _managed(request, slug), person_of(request.user)  # type: ignore[arg-type]
    invitation = Invitation.objects.filter(organisation=found, pk=pk).select_related("organisation").first()
    with explained(request):
        if invitation is None:
            raise NotPossible(_("This invitation is not open any more."))
        services.approve(invitation, by=me)
        messages.success(
            request,
            said(
                _("You said yes. %(name)s is asked now and becomes a manager with their own yes."),
                name=invitation.person.name,
            ),
        )
    return redirect("directory:organisation_members", slug=found.slug)


def _invite(request: HttpRequest, organisation: Organisation, person: Person, role: str) -> None:
    """Invites or proposes, and says what happens next. Raises NotPossible."""
    me = person_of(request.user)  # type: ignore[arg-type]
    made = services.invite(organisation, person, by=me, role=role)
    if made.waits_for_manager:
        sentence = _("%(name)s is proposed. Somebody who may name managers has to say yes first.")
    else:
        sentence = _("%(name)s is asked. Nothing is shown before their yes.")
    messages.success(request, said(sentence, name=person.name))


def _managed(request: HttpRequest, slug: str) -> Organisation:
    found = get_object_or_404(Organisation, slug=slug)
    if not may_edit_organisation(request.user, found):
        raise Http404
    return found
