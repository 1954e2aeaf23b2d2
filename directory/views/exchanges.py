"""Asking, and the page that both sides of an exchange share."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from directory.constants import Direction
from directory.deadlines import LAPSE_AFTER, STILL_ON_AFTER
from directory.errors import AlreadyAsked
from directory.forms.exchanges import (
    AcceptForm,
    AskForm,
    AskPersonForm,
    DeclineForm,
    FinishForm,
    ThankForm,
)
from directory.matching import helpers_for
from directory.models import Exchange, Listing, Organisation, Person, PersonCapacity
from directory.permissions import may_see_exchange, may_see_listing, may_see_person
from directory.presenters.exchanges import exchange_page
from directory.presenters.listings import listing_page
from directory.presenters.people import person_page
from directory.selectors import needs_to_ask_for
from directory.services import exchanges as services
from directory.services.people import person_of
from foundation.accounts.decorators import member_form, member_page, typed
from foundation.l10n.names import said
from foundation.messages import explained


@member_form
def ask(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask for an offer, or say that you can help with a need."""
    listing = get_object_or_404(Listing.objects.with_all(), pk=pk)
    if not may_see_listing(request.user, listing):
        return render(request, "directory/pages/listing_gone.html", status=404)
    me = person_of(request.user)
    form = AskForm(typed(request), person=me, needs=_needs(me, listing), initial=_for_need(request))
    is_offer = listing.direction == Direction.OFFER
    context = {
        "form": form,
        "listing": listing,
        "page": listing_page(listing, request.user, me),
        "is_offer": is_offer,
        "title": _("Ask for this") if is_offer else _("I can help"),
        "back": listing.get_absolute_url(),
    }

    def send() -> Exchange:
        return services.ask(
            listing,
            me,
            form.cleaned_data["message"],
            need=form.cleaned_data.get("need"),
            contact=form.cleaned_data["contact"],
        )

    return _ask(request, form, context, send)


@member_form
def ask_person(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask somebody from their own page."""
    asked = get_object_or_404(Person.objects.with_all(), pk=pk)
    if not may_see_person(request.user, asked):
        raise Http404
    me = person_of(request.user)
    form = AskPersonForm(
        typed(request), person=me, asked=asked, needs=needs_to_ask_for(me), initial=_for_need(request)
    )
    page = person_page(asked, request.user)
    context = {
        "form": form,
        "person": page,
        "is_offer": True,
        "title": said(_("Ask %(name)s"), name=page.first_name),
        "why_not": "" if page.may_ask else page.why_not,
        "back": asked.get_absolute_url(),
    }

    def send() -> Exchange:
        return services.ask_person(
            asked,
            me,
            form.cleaned_data["message"],
            about=form.cleaned_data["about"],
            need=form.cleaned_data.get("need"),
            contact=form.cleaned_data["contact"],
        )

    return _ask(request, form, context, send)


@member_page
def exchange(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Where it is, who acts next, what I can do."""
    found = _mine(request, pk)
    return _show(request, found, {})


@member_form
def move(request: HttpRequest, pk: uuid.UUID, name: str) -> HttpResponse:
    """One step, with the form it needs."""
    found = _mine(request, pk)
    step = STEPS.get(name)
    if step is None:
        raise Http404
    sent = typed(request)
    form = step.form(name, sent, person_of(request.user)) if sent is not None else None  # type: ignore[arg-type]
    if request.method != "POST":
        return _show(request, found, {name: form}) if form is not None else redirect(found)
    if form is not None and not form.is_valid():
        return _show(request, found, {name: form})
    with explained(request):
        step.act(request, found, form.cleaned_data if form else {})
        messages.success(request, str(step.done))
    return redirect(found)


@dataclass(frozen=True)
class Step:
    """A move of the flow as the page offers it: its form, what it does, what is said afterwards."""

    make: Callable[..., forms.Form] | None
    act: Callable[[HttpRequest, Exchange, dict[str, Any]], None]
    done: Any
    needs_person: bool = False

    def form(self, name: str, data: Any, person: Person) -> forms.Form | None:
        """The form of the move called `name`, filled with `data`; ids differ, as two forms share a page."""
        if self.make is None:
            return None
        more = {"person": person} if self.needs_person else {}
        return self.make(data, auto_id=f"{name}_%s", **more)


def _accept(request: HttpRequest, found: Exchange, data: dict[str, Any]) -> None:
    services.accept(found, answer=data["answer"], contact=data["contact"], **_by(request, "asked"))


def _decline(request: HttpRequest, found: Exchange, data: dict[str, Any]) -> None:
    services.decline(found, answer=data["answer"], reason_code=data["reason_code"], **_by(request, "asked"))


def _withdraw(request: HttpRequest, found: Exchange, data: dict[str, Any]) -> None:
    services.withdraw(found, **_by(request, "asked"))


def _finish(request: HttpRequest, found: Exchange, data: dict[str, Any]) -> None:
    services.finish(found, hours=data["hours"], **_by(request, "accepted"))


def _keep(request: HttpRequest, found: Exchange, data: dict[str, Any]) -> None:
    services.keep(found, **_by(request, "accepted"))


def _end(request: HttpRequest, found: Exchange, data: dict[str, Any]) -> None:
    services.end(found, **_by(request, "accepted"))


def _thank(request: HttpRequest, found: Exchange, data: dict[str, Any]) -> None:
    services.thank(found, text=data["text"], public=data["public"], **_by(request, "done"))


STEPS: dict[str, Step] = {
    "accept": Step(AcceptForm, _accept, gettext_lazy("You said yes. They were told."), needs_person=True),
    "decline": Step(DeclineForm, _decline, gettext_lazy("You said “not now”. They were told kindly.")),
    "withdraw": Step(None, _withdraw, gettext_lazy("Withdrawn. The other side was told.")),
    "finish": Step(FinishForm, _finish, gettext_lazy("Good. The other side was told that you are done.")),
    "keep": Step(None, _keep, gettext_lazy("Good. It goes on, and the hours stay yours.")),
    "end": Step(None, _end, gettext_lazy("Ended. The other side was told.")),
    "thank": Step(ThankForm, _thank, gettext_lazy("Your thanks were sent.")),
}


def _by(request: HttpRequest, usual: str) -> dict[str, Any]:
    """Who moves it, and the state that they saw."""
    return {"by": request.user, "expect": request.POST.get("expect", "") or usual}


def _ask(
    request: HttpRequest, form: AskForm, context: dict[str, Any], send: Callable[[], Exchange]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with explained(request, form):
            try:
                made = send()
            except AlreadyAsked as existing:
                messages.info(request, str(existing))
                return redirect(existing.exchange)
            messages.success(request, _("Sent. You hear from us as soon as there is an answer."))
            return redirect(made)
    context["answer_days"] = LAPSE_AFTER.days
    context["crumbs"] = [(_("Find help"), reverse("directory:listings")), (context["title"], "")]
    return render(request, "directory/pages/ask.html", context)


def _needs(me: Person, listing: Listing) -> Any:
    """The needs for which one may ask for an offer; nobody asks for a need with a need."""
    return needs_to_ask_for(me) if listing.direction == Direction.OFFER else None


def _for_need(request: HttpRequest) -> dict[str, Any]:
    """The need from whose answers somebody comes."""
    return {"need": request.GET["need"]} if "need" in request.GET else {}


def _mine(request: HttpRequest, pk: uuid.UUID) -> Exchange:
    found = get_object_or_404(Exchange.objects.with_all(), pk=pk)
    if not may_see_exchange(request.user, found):
        raise Http404
    return found


def _show(request: HttpRequest, found: Exchange, typed: dict[str, forms.Form | None]) -> HttpResponse:
    page = exchange_page(found, request.user)
    me = person_of(request.user)  # type: ignore[arg-type]
    step_forms = {
        name: typed.get(name) or STEPS[name].form(name, None, me) for name in page.moves if name in STEPS
    }
    context = {
        "page": page,
        "exchange": found,
        "forms": step_forms,
        "open_form": next(iter(typed), ""),
        "still_on_days": STILL_ON_AFTER.days,
        **_elsewhere(request, found, page.is_owner),
        "crumbs": [(_("Your exchanges"), reverse("directory:my_exchanges")), (page.title, "")],
    }
    return render(request, "directory/pages/exchange.html", context)


# Where somebody's question has got no yes, and who else can help is what they want to know.
WITHOUT_A_YES = ("declined", "lapsed", "left", "released")


def _elsewhere(request: HttpRequest, found: Exchange, is_owner: bool) -> dict[str, Any]:
    """Who else can help, for somebody whose question got no yes; and where to look, whoever is found."""
    if is_owner or not found.owner_helps or found.state not in WITHOUT_A_YES:
        return {}
    slugs = _subject(found)
    owner = found.owner
    exclude = {(_kind(owner), str(owner.pk))} if owner is not None else set()
    language = get_language() or "en"
    others = helpers_for(slugs, viewer=request.user, language=language, exclude=exclude) if slugs else []
    chosen = QueryDict(mutable=True)
    chosen.setlist("capacity", slugs[:3])
    query = f"?{chosen.urlencode()}" if slugs else ""
    title = found.need.title if found.need is not None else found.title
    need = QueryDict(mutable=True)
    need.update({"direction": Direction.NEED, "title": title})
    need.setlist("capacity", slugs[:3])
    return {
        "others": others,
        "looks_elsewhere": True,
        "people_url": reverse("directory:people") + query,
        "offers_url": reverse("directory:listings") + query,
        # A need of theirs waits for answers already; otherwise it is one press away.
        "need_url": found.need.get_absolute_url()
        if found.need is not None
        else f"{reverse('directory:listing_new')}?{need.urlencode()}",
    }


def _subject(found: Exchange) -> list[str]:
    """The capacities a question was about, from what says it best: the need, the offer, what was chosen, or
    else all that the person who was asked can help with."""
    for listing in (found.need, found.listing):
        slugs = [capacity.slug for capacity in listing.capacities.all()] if listing is not None else []
        if slugs:
            return slugs
    if found.about is not None:
        return [found.about.slug]
    if found.asked_person is None:
        return []
    side = PersonCapacity.Side.OFFERS
    rows = found.asked_person.capacities.filter(side=side).select_related("capacity")
    return [row.capacity.slug for row in rows]


def _kind(owner: Person | Organisation) -> str:
    return "person" if isinstance(owner, Person) else "organisation"
