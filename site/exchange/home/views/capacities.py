"""A page for each capacity: what it is, where it belongs, and everything of it and below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from directory.constants import TextRole
from directory.kinds import CAPACITY
from directory.matching import around
from directory.models import Capacity
from directory.taxonomy.labels import Labels, known_labels
from exchange.home.presenters.front_page import branches, cards
from foundation.design.cards import Card
from foundation.kinds import registry
from foundation.kinds.constants import Family
from foundation.l10n.lists import in_a_row
from foundation.l10n.names import said
from search.api import find
from search.types import Query

SHOWN = 3


@dataclass(frozen=True)
class Shelf:
    """One row of a capacity's page: what there is, the best of it, where the rest is, what to do if empty."""

    key: str
    heading: str
    summary: str
    cards: tuple[Card, ...]
    total: int
    more_url: str
    empty_heading: str
    empty_text: str
    first_url: str
    first_label: str


@require_GET
def capacity_index(request: HttpRequest) -> HttpResponse:
    """The whole taxonomy as a browsable index with counts, searchable without JavaScript."""
    language = get_language() or "en"
    labels = known_labels()
    counted = find(Query(language=language, facets=("capacity",), limit=0))
    counts = {value.value: value.count for value in counted.facets.get("capacity", [])}
    words = request.GET.get("q", "").strip()[:200]
    found = find(Query(text=words, language=language, kinds=(CAPACITY.name,), limit=40)) if words else None
    context = {
        "degraded": counted.degraded,
        "branches": branches(labels, None if counted.degraded else counts, language, most=99),
        "words": words,
        "found": cards(found, language) if found else (),
        "total": len(labels.all_slugs()),
        "crumbs": [(_("Capacities"), "")],
    }
    return render(request, "home/pages/capacities.html", context)


@require_GET
def capacity_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything about one capacity, from every room."""
    language = get_language() or "en"
    capacity = get_object_or_404(Capacity.objects.with_texts(), slug=slug)
    labels = known_labels()
    counted = find(Query(language=language, filters={"capacity": (slug,)}, facets=("kind", "asset"), limit=0))
    kinds = {value.value: value.count for value in counted.facets.get("kind", [])}
    context = {
        "degraded": counted.degraded,
        "capacity": capacity,
        "label": capacity.label(language),
        "definition": capacity.definition(language),
        "also": _also(capacity, language),
        "tongues": len({row.language for row in capacity.texts.all() if row.role == TextRole.PREFERRED}),
        "above": [(above, labels.label(above, language)) for above in labels.above(slug)],
        "below": [(below, labels.label(below, language)) for below in labels.children(slug)],
        "shelves": list(_shelves(slug, labels, kinds, language, request.user)),
        "crumbs": [
            (_("Capacities"), reverse("home:capacities")),
            *(
                (labels.label(above, language), reverse("home:capacity", args=[above]))
                for above in labels.above(slug)
            ),
            (capacity.label(language), ""),
        ],
    }
    return render(request, "home/pages/capacity.html", context)


def _also(capacity: Capacity, language: str) -> str:
    short = language.split("-")[0]
    texts = [
        row.text for row in capacity.texts.all() if row.role == TextRole.ALTERNATIVE and row.language == short
    ]
    return in_a_row(texts, language)


def _shelves(slug: str, labels: Labels, kinds: dict[str, int], language: str, viewer: Any) -> Iterable[Shelf]:
    label = labels.label(slug, language)
    to_learn = registry.names_of(Family.LEARNING)
    can_help = registry.names_of(Family.PEOPLE, Family.OFFERS)
    asked_for = registry.names_of(Family.NEEDS)
    helping, learning = around([slug], viewer=viewer, language=language, helpers=SHOWN, lessons=SHOWN)
    yield Shelf(
        "learning",
        _("Learn it"),
        _parts(kinds, to_learn),
        tuple(learning),
        sum(kinds.get(kind, 0) for kind in to_learn),
        _more(slug, to_learn),
        said(_("Nothing teaches %(capacity)s yet"), capacity=label),
        _("Say that you want to learn it: what many people ask for is what editors write next."),
        _need(slug, label),
        _("Post it as a need"),
    )
    yield Shelf(
        "people",
        _("People who can help"),
        _parts(kinds, can_help),
        tuple(helping),
        sum(kinds.get(kind, 0) for kind in can_help),
        _more(slug, can_help),
        said(_("Nobody offers %(capacity)s yet"), capacity=label),
        _("If you know something about it, an hour a month is enough."),
        reverse("directory:listing_new") + "?" + urlencode({"direction": "offer", "capacity": slug}),
        _("Be the first"),
    )
    needs = find(
        Query(language=language, kinds=asked_for, filters={"capacity": (slug,)}, sort="recent", limit=SHOWN)
    )
    yield Shelf(
        "needs",
        _("Open needs"),
        _parts(kinds, asked_for),
        cards(needs, language),
        needs.total,
        _more(slug, asked_for),
        _("No need is waiting here"),
        _("If your community needs this, say so: people, lessons and money are matched with it at once."),
        _need(slug, label),
        _("Post a need"),
    )
    yield _money_shelf(slug, label, kinds, language)


def _money_shelf(slug: str, label: str, kinds: dict[str, int], language: str) -> Shelf:
    money, offers = registry.names_of(Family.MONEY), registry.names_of(Family.OFFERS)
    grants = find(Query(language=language, kinds=money, filters={"capacity": (slug,)}, limit=SHOWN))
    assets = {"capacity": (slug,), "asset": ("tool", "resource")}
    tools = find(Query(language=language, kinds=offers, filters=assets, limit=SHOWN))
    total = grants.total + tools.total
    return Shelf(
        "money",
        _("Money and tools"),
        in_a_row(filter(None, (_parts(kinds, money), _tools(tools.total)))),
        (*cards(grants, language), *cards(tools, language))[:SHOWN],
        total,
        _more(slug, (*money, *offers)),
        said(_("No grant or tool for %(capacity)s is open now"), capacity=label),
        _("If your organisation lends something or pays for work on this, add it."),
        reverse("directory:listing_new")
        + "?"
        + urlencode({"direction": "offer", "asset": "finance", "capacity": slug}),
        _("Add one"),
    )


def _more(slug: str, kinds: Iterable[str]) -> str:
    pairs = [("capacity", slug), *(("kind", kind) for kind in kinds)]
    return reverse("search:search") + "?" + urlencode(pairs)


def _need(slug: str, label: str) -> str:
    return (
        reverse("directory:listing_new")
        + "?"
        + urlencode({"direction": "need", "capacity": slug, "title": label})
    )


def _parts(kinds: dict[str, int], names: Iterable[str]) -> str:
    """How many there are of each kind, as a sentence part: "7 lessons, 4 recordings"."""
    return in_a_row(registry.get(name).count(kinds[name]) for name in names if kinds.get(name))


def _tools(count: int) -> str:
    words = ngettext("%(count)s tool or resource", "%(count)s tools and resources", count)
    return words % {"count": count} if count else ""
