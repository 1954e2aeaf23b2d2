"""One person's page."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.matching import around
from directory.models import Listing, Person
from directory.permissions import may_see_person
from directory.presenters.cards import listing_card
from directory.presenters.listings import need_query
from directory.presenters.people import common_ground, person_page, thanks_to
from directory.services.exchanges import open_between


@require_safe
def person(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Who somebody is, what they can help with, how much time they have, and one button: ask."""
    found, me = _with_reader(pk, request.user)
    if found is None or not may_see_person(request.user, found):
        raise Http404
    page = person_page(found, request.user)
    own = Listing.objects.shown().filter(person=found).select_related("person", "organisation")
    cards = [listing_card(row, with_owner=False) for row in own]
    others, learn = around(
        page.slugs,
        viewer=request.user,
        language=get_language() or "en",
        exclude={("person", str(found.pk))},
        reader=me,
    )
    context = {
        "page": page,
        "reason": common_ground(page, me),
        "offers": [card for card in cards if card.kind != "need"],
        "needs": [card for card in cards if card.kind == "need"],
        "thanks": thanks_to(found),
        "learn": learn,
        "others": others,
        "need_query": need_query(request),
        "open_exchange": open_between(me, person=found) if me and me.pk != found.pk else None,
        "crumbs": [
            (_("Find help"), reverse("directory:listings")),
            (_("People"), reverse("directory:people")),
            (page.name, ""),
        ],
    }
    return render(request, "directory/pages/person.html", context)


def _with_reader(pk: uuid.UUID, user: Any) -> tuple[Person | None, Person | None]:
    """The person asked for and the person who reads, with all that both are compared by, in the queries of one."""
    wanted = Q(pk=pk) | Q(user=user) if user.is_authenticated else Q(pk=pk)
    rows = list(Person.objects.with_all().filter(wanted))
    found = next((row for row in rows if row.pk == pk), None)
    me = next((row for row in rows if user.is_authenticated and row.user_id == user.pk), None)
    return found, me
