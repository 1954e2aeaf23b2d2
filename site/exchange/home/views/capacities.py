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
from directory.matching import around
from directory.models import Capacity
from directory.taxonomy.labels import Labels, known_labels
from exchange.home.presenters.front_page import branches, cards
from foundation.design.cards import Card
from foundation.l10n.lists import in_a_row
from foundation.l10n.names import said
from search.api import find
from search.types import Query

LEARNING = ("lesson", "recording", "course")
HELPING = ("person", "organisation", "mentor", "offer")
MONEY_AND_TOOLS = ("grant", "offer")
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
    found = find(Query(text=words, language=language, kinds=("capacity",), limit=40)) if words else None
    context = {
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
    helping, learning = around([slug], viewer=viewer, language=language, helpers=SHOWN, lessons=SHOWN)
    yield Shelf(
        "learning",
        _("Learn it"),
        _parts(kinds, LEARNING),
        tuple(learning),
        sum(kinds.get(kind, 0) for kind in LEARNING),
        _more(slug, LEARNING),
        said(_("Nothing teaches %(capacity)s yet"), capacity=label),
        _("Say that you want to learn it: what many people ask for is what editors write next."),
        _need(slug, label),
        _("Post it as a need"),
    )
    yield Shelf(
        "people",
        _("People who can help"),
        _parts(kinds, HELPING),
        tuple(helping),
        sum(kinds.get(kind, 0) for kind in HELPING),
        _more(slug, HELPING),
        said(_("Nobody offers %(capacity)s yet"), capacity=label),
        _("If you know something about it, an hour a month is enough."),
        reverse("directory:listing_new") + "?" + urlencode({"direction": "offer", "capacity": slug}),
        _("Be the first"),
    )
    needs = find(
        Query(language=language, kinds=("need",), filters={"capacity": (slug,)}, sort="recent", limit=SHOWN)
    )
    yield Shelf(
        "needs",
        _("Open needs"),
        _parts(kinds, ("need",)),
        cards(needs, language),
        needs.total,
        _more(slug, ("need",)),
        _("No need is waiting here"),
        _("If your community needs this, say so: people, lessons and money are matched with it at once."),
        _need(slug, label),
        _("Post a need"),
    )
    yield _money_shelf(slug, label, language)


def _money_shelf(slug: str, label: str, language: str) -> Shelf:
    grants = find(Query(language=language, kinds=("grant",), filters={"capacity": (slug,)}, limit=SHOWN))
    assets = {"capacity": (slug,), "asset": ("tool", "resource")}
    tools = find(Query(language=language, kinds=("offer",), filters=assets, limit=SHOWN))
    total = grants.total + tools.total
    return Shelf(
        "money",
        _("Money and tools"),
        _parts({"grant": grants.total, "tool": tools.total}, ("grant", "tool")),
        (*cards(grants, language), *cards(tools, language))[:SHOWN],
        total,
        _more(slug, MONEY_AND_TOOLS),
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
    return in_a_row(count_of(name, kinds[name]) for name in names if kinds.get(name))


def count_of(kind: str, count: int) -> str:
    """A number with the kind's word in the right form."""
    words = {
        "lesson": ngettext("%(count)s lesson", "%(count)s lessons", count),
        "recording": ngettext("%(count)s recording", "%(count)s recordings", count),
        "course": ngettext("%(count)s course", "%(count)s courses", count),
        "person": ngettext("%(count)s person", "%(count)s people", count),
        "organisation": ngettext("%(count)s organisation", "%(count)s organisations", count),
        "mentor": ngettext("%(count)s mentor", "%(count)s mentors", count),
        "offer": ngettext("%(count)s offer", "%(count)s offers", count),
        "need": ngettext("%(count)s need", "%(count)s needs", count),
        "grant": ngettext("%(count)s grant", "%(count)s grants", count),
        "tool": ngettext("%(count)s tool or resource", "%(count)s tools and resources", count),
    }
    return words[kind] % {"count": count}
