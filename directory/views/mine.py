"""What is mine: offers and needs, exchanges, organisations."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from directory.models import Exchange, Invitation, Listing, Membership
from directory.presenters.mine import exchange_line, listing_line
from directory.services import organisations as services
from directory.services.people import person_of
from foundation.accounts.decorators import member_button, member_page
from foundation.l10n.names import said
from foundation.messages import explained

PER_PAGE = 30


@member_page
def my_listings(request: HttpRequest) -> HttpResponse:
    """Everything I offer and need, and what the organisations I manage do."""
    rows = Listing.objects.owned_by(request.user).exclude(state="withdrawn").with_all()
    page = Paginator(rows.order_by("-updated", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "plain_page": page,
        "lines": [listing_line(row) for row in page],
        "withdrawn": Listing.objects.owned_by(request.user).filter(state="withdrawn").count(),
    }
    return render(request, "directory/pages/my_listings.html", context)


@member_page
def my_exchanges(request: HttpRequest) -> HttpResponse:
    """What waits for me first, then what is under way, then what is over."""
    mine = Exchange.objects.of(request.user).with_all()
    managed = set(
        Membership.objects.filter(person__user=request.user, role="manager").values_list(
            "organisation_id", flat=True
        )
    )
    lines = [exchange_line(row, request.user, managed) for row in mine.open()]
    over = mine.exclude(pk__in=[line.exchange.pk for line in lines])
    page = Paginator(over.order_by("-state_since", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "waiting": [line for line in lines if line.my_turn],
        "under_way": [line for line in lines if not line.my_turn],
        "over": [exchange_line(row, request.user, managed) for row in page],
        "plain_page": page,
    }
    return render(request, "directory/pages/my_exchanges.html", context)


@member_page
def my_organisations(request: HttpRequest) -> HttpResponse:
    """Where I belong, and invitations that wait for me."""
    person = person_of(request.user)  # type: ignore[arg-type]
    context = {
        "memberships": person.memberships.select_related("organisation").order_by("organisation__name"),
        "invitations": person.invitations.to_answer().select_related("organisation", "invited_by"),
    }
    return render(request, "directory/pages/my_organisations.html", context)


@member_button
@require_POST
def answer_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes or no to being shown with an organisation."""
    person = person_of(request.user)  # type: ignore[arg-type]
    invitation = Invitation.objects.filter(pk=pk, person=person).select_related("organisation").first()
    if invitation is None:
        messages.info(request, _("This invitation is not open any more."))
        return redirect("directory:my_organisations")
    if "yes" in request.POST:
        with explained(request):
            services.accept(invitation)
            messages.success(
                request, said(_("You are now shown with %(name)s."), name=invitation.organisation.name)
            )
    else:
        services.refuse(invitation)
        messages.success(request, _("The invitation is gone. Nobody was told."))
    return redirect("directory:my_organisations")


@member_button
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends one's own membership."""
    membership = get_object_or_404(
        Membership.objects.select_related("organisation"), pk=pk, person__user=request.user
    )
    with explained(request):
        services.remove(membership, by=request.user)  # type: ignore[arg-type]
        messages.success(
            request, said(_("You are not shown with %(name)s any more."), name=membership.organisation.name)
        )
    return redirect("directory:my_organisations")
