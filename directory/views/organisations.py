"""One organisation: its page, what its managers change, and who belongs to it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from directory.forms.organisations import InviteForm, OrganisationForm
from directory.models import Invitation, Membership, Organisation
from directory.pages.organisations import organisation_page
from directory.permissions import may_edit_organisation, may_see_organisation
from directory.services import organisations as services
from directory.services.errors import NotPossible
from directory.services.people import person_of


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Who they are, their people, what they offer and need."""
    found = get_object_or_404(Organisation.objects.prefetch_related("texts"), slug=slug)
    if not may_see_organisation(request.user, found):
        raise Http404
    page = organisation_page(found, request.user)
    context = {
        "page": page,
        "nav_section": "help",
        "crumbs": [
            (_("Find help"), reverse("directory:listings")),
            (_("Organisations"), reverse("directory:organisations")),
            (page.name, ""),
        ],
    }
    return render(request, "directory/organisation.html", context)


@login_required
@never_cache
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The organisation's words and places, by its managers."""
    found = _managed(request, slug)
    form = OrganisationForm(request.POST if request.method == "POST" else None, organisation=found)
    if request.method == "POST":
        if form.adds():
            form.show_added()
        elif form.is_valid():
            form.save()
            messages.success(request, _("Saved."))
            return redirect(found)
    context = {
        "form": form,
        "organisation": found,
        "nav_section": "help",
        "crumbs": [(found.name, found.get_absolute_url()), (_("Change"), "")],
    }
    return render(request, "directory/organisation_form.html", context)


@login_required
@never_cache
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Who belongs to it, open invitations, and the form that invites."""
    found = _managed(request, slug)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        invited = form.cleaned_data["who"]
        try:
            services.invite(
                found,
                invited,
                by=person_of(request.user),
                role=form.cleaned_data["role"],  # type: ignore[arg-type]
            )
        except NotPossible as problem:
            form.add_error("who", str(problem))
        else:
            messages.success(
                request, _("%(name)s is asked. Nothing is shown before their yes.") % {"name": invited.name}
            )
            return redirect("directory:organisation_members", slug=found.slug)
    context = {
        "form": form,
        "organisation": found,
        "memberships": found.memberships.select_related("person").order_by("role", "person__name"),
        "invitations": found.invitations.select_related("person"),
        "nav_section": "help",
        "crumbs": [(found.name, found.get_absolute_url()), (_("People"), "")],
    }
    return render(request, "directory/organisation_members.html", context)


@login_required
@require_POST
def change_member(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Makes somebody a manager or a member, or ends the membership."""
    found = _managed(request, slug)
    membership = Membership.objects.filter(organisation=found, pk=pk).select_related("organisation").first()
    try:
        if membership is None:
            raise NotPossible(_("This person does not belong to it any more."))
        if "remove" in request.POST:
            services.remove(membership)
        else:
            services.set_role(membership, request.POST.get("role", ""))
        messages.success(request, _("Saved."))
    except NotPossible as problem:
        messages.warning(request, str(problem))
    return redirect("directory:organisation_members", slug=found.slug)


@login_required
@require_POST
def take_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Takes an invitation back."""
    found = _managed(request, slug)
    invitation = Invitation.objects.filter(organisation=found, pk=pk).first()
    if invitation is not None:
        services.refuse(invitation)
    messages.success(request, _("The invitation is gone."))
    return redirect("directory:organisation_members", slug=found.slug)


def _managed(request: HttpRequest, slug: str) -> Organisation:
    found = get_object_or_404(Organisation, slug=slug)
    if not may_edit_organisation(request.user, found):
        raise Http404
    return found
