"""An offer or a need: its page, the form that makes or changes it, and what its owner may do with it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from directory.constants import Direction, ListingState
from directory.forms.listings import ListingForm
from directory.matching import answers_for_need, around
from directory.matching.seekers import reader_of
from directory.models import Capacity, Listing
from directory.permissions import may_edit_listing, may_see_listing
from directory.presenters.listings import for_need, listing_page, need_query
from directory.services import listings as services
from directory.services.people import person_of
from foundation.accounts.decorators import member_button, member_form, typed
from foundation.messages import explained
from search import api as search


@require_safe
def listing(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """An offer with who gives it, or a need with what answers it."""
    found = get_object_or_404(Listing.objects.with_all(), pk=pk)
    if not may_see_listing(request.user, found):
        if found.state == ListingState.DRAFT:
            raise Http404
        return render(request, "directory/pages/listing_gone.html", status=404)
    viewer, language = request.user, get_language() or "en"
    me = reader_of(viewer)
    page = listing_page(found, viewer, me)
    context: dict[str, Any] = {
        "page": page,
        "listing": found,
        "crumbs": _crumbs(found),
    }
    if found.direction == Direction.NEED:
        with search.misses() as missed:
            groups = answers_for_need(found, viewer=viewer, language=language)
        if page.is_own:
            groups = [for_need(group, found) for group in groups]
        context |= {"groups": groups, "answers": sum(len(group.cards) for group in groups)}
        context["degraded"] = bool(missed)
        return render(request, "directory/pages/need.html", context)
    slugs = [capacity.slug for capacity in found.capacities.all()]
    exclude = {
        ("offer", str(found.pk)),
        ("person", str(found.person_id)),
        ("organisation", str(found.organisation_id)),
    }
    context["need_query"] = need_query(request)
    context["others"], context["learn"] = around(
        slugs, viewer=viewer, language=language, exclude=exclude, reader=me
    )
    return render(request, "directory/pages/offer.html", context)


@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """First which way it points, then the form."""
    direction = request.GET.get("direction", "")
    if direction not in Direction.values:
        return render(request, "directory/pages/listing_new.html")
    return _new(request, direction)


@member_form
def _new(request: HttpRequest, direction: str) -> HttpResponse:
    person = person_of(request.user)  # type: ignore[arg-type]
    form = ListingForm(typed(request), person=person, direction=direction, initial=_asked_for(request))
    return _edit(request, form, None)


@member_form
def edit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Changes one's own, or one of an organisation one manages."""
    found = get_object_or_404(Listing.objects.with_all(), pk=pk)
    if not may_edit_listing(request.user, found):
        raise Http404
    person = person_of(request.user)  # type: ignore[arg-type]
    form = ListingForm(typed(request), person=person, direction=found.direction, listing=found)
    return _edit(request, form, found)


@member_button
@require_POST
def move(request: HttpRequest, pk: uuid.UUID, name: str) -> HttpResponse:
    """Pause, show again, confirm, withdraw, mark as met, publish."""
    found = get_object_or_404(Listing, pk=pk)
    if not may_edit_listing(request.user, found):
        raise Http404
    with explained(request):
        done = services.move(found, name, by=request.user, expect=request.POST.get("expect", ""))
        messages.success(request, done)
    return redirect(
        "directory:my_listings" if request.POST.get("from") == "mine" else found.get_absolute_url()
    )


def _edit(request: HttpRequest, form: ListingForm, found: Listing | None) -> HttpResponse:
    if request.method == "POST":
        if form.adds():
            form.show_added()
        elif form.is_valid():
            saved = services.save(found, by=form.person, **form.values())
            draft = saved.state == ListingState.DRAFT
            messages.success(request, _said(saved))
            return redirect("directory:my_listings" if draft else saved.get_absolute_url())
    is_offer = form.direction == Direction.OFFER
    context = {
        "form": form,
        "listing": found,
        "is_offer": is_offer,
        "title": _title(found, is_offer),
        "crumbs": [
            (_("Your offers and needs"), reverse("directory:my_listings")),
            (_title(found, is_offer), ""),
        ],
    }
    return render(request, "directory/pages/listing_form.html", context)


def _said(saved: Listing) -> str:
    """What the writer reads after saving."""
    if saved.state == ListingState.DRAFT:
        return _("The draft is kept. Only you see it.")
    return str(services.HELD) if saved.state == ListingState.HELD else _("Saved and shown.")


def _title(found: Listing | None, is_offer: bool) -> str:
    if found is not None:
        return _("Change your offer") if is_offer else _("Change your need")
    return _("What do you offer?") if is_offer else _("What do you need?")


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """What a link to the form may bring along: a title, and what it is about."""
    initial: dict[str, Any] = {}
    if request.GET.get("title"):
        initial["title"] = request.GET["title"][:140]
    if request.GET.get("capacity"):
        slugs = request.GET.getlist("capacity")[:5]
        initial["capacities"] = [str(row.pk) for row in Capacity.objects.filter(slug__in=slugs)]
    return initial


def _crumbs(found: Listing) -> list[tuple[str, str]]:
    lists = reverse("directory:listings")
    names = {"need": _("Needs"), "offer": _("Offers"), "grant": _("Grants")}
    return [
        (_("Find help"), lists),
        (names[found.kind], f"{lists}?kind={found.kind}"),
        (found.title or _("Without a title"), ""),
    ]
