"""One's saved searches: the list, saving one, opening it, changing it, letting it go."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.accounts.decorators import member_button, member_form, member_page, typed
from foundation.messages import explained
from search.query.describe import sentence_of, sentences_of
from search.saved import services
from search.saved.forms import SavedSearchForm
from search.saved.models import LONGEST_NAME, Alerts, SavedSearch


@dataclass(frozen=True)
class Line:
    """A saved search as the list shows it."""

    search: SavedSearch
    sentence: str


@member_page
def mine(request: HttpRequest) -> HttpResponse:
    """All of one's saved searches; nobody may have more than fit on a page."""
    searches = list(SavedSearch.objects.filter(user=request.user))
    sentences = sentences_of([search.query for search in searches], get_language() or "en")
    lines = [Line(search, sentence) for search, sentence in zip(searches, sentences, strict=True)]
    return render(request, "search/pages/saved_searches.html", {"lines": lines})


@member_form
def new(request: HttpRequest) -> HttpResponse:
    """Saves the search that the address asks, as the page over everything would ask it."""
    language = get_language() or "en"
    query = services.canonical(request.GET, language)
    sentence = sentence_of(query, language)
    form = SavedSearchForm(
        typed(request),
        initial={"name": sentence[:LONGEST_NAME].strip(), "alerts": Alerts.WEEKLY},
    )
    if request.method == "POST" and form.is_valid():
        with explained(request, form):
            services.save(
                request.user,
                query=query,
                language=language,
                name=form.cleaned_data["name"],
                alerts=form.cleaned_data["alerts"],
            )
            messages.success(request, _("Your search is saved."))
            return redirect("searches:mine")
    context = {"form": form, "query": query, "sentence": sentence, "crumbs": _crumbs(_("Save a search"))}
    return render(request, "search/pages/saved_search_form.html", context, status=200 if query else 400)


@member_page
def open_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Goes to the search, newest first, in the language in which it was saved."""
    search = get_object_or_404(SavedSearch, pk=pk, user=request.user)
    asked = services.listed(search).asked.parameters(sort="recent")
    return redirect(f"/{search.language}{_below_language(reverse('search:search'))}?{asked.urlencode()}")


@member_form
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, other alerts."""
    search = get_object_or_404(SavedSearch, pk=pk, user=request.user)
    before = search.alerts
    form = SavedSearchForm(typed(request), instance=search)
    if request.method == "POST" and form.is_valid():
        search.alerts = before  # the service sees what changes
        services.change(search, name=form.cleaned_data["name"], alerts=form.cleaned_data["alerts"])
        messages.success(request, _("Your changes are saved."))
        return redirect("searches:mine")
    context = {
        "form": form,
        "search": search,
        "query": search.query,
        "sentence": sentence_of(search.query, get_language() or "en"),
        "crumbs": _crumbs(_("Change a saved search")),
    }
    return render(request, "search/pages/saved_search_form.html", context)


@member_button
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets it go, and what was remembered for it."""
    search = get_object_or_404(SavedSearch, pk=pk, user=request.user)
    services.delete(search)
    messages.success(request, _("The saved search is deleted."))
    return redirect("searches:mine")


def _crumbs(last: str) -> list[tuple[str, str]]:
    return [(_("Your saved searches"), reverse("searches:mine")), (last, "")]


def _below_language(url: str) -> str:
    """An address without the language it begins with."""
    return "/" + url.split("/", 2)[2]
