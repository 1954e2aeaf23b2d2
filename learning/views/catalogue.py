"""The catalogue of modules, recordings and courses, and the pages of libraries."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import get_language

from foundation.design.cards import Card
from foundation.design.navigation import in_interface
from foundation.kinds import registry
from foundation.kinds.constants import Family
from foundation.l10n.languages import languages_text
from foundation.l10n.times import minutes_text, span_text
from learning.models import (
    LearningIndexPage,
    Library,
    LibraryCategory,
    LibraryEntry,
    TrainingModulePage,
)
from learning.translations import localized
from search.query.results import ResultsList

FACETS = ("language", "length", "capacity")
PER_PAGE = 20


def catalogue_view(page: LearningIndexPage, request: HttpRequest) -> HttpResponse:
    """All there is to learn, found in the index."""
    listed = ResultsList(
        request.GET, page.shown_in, kinds=registry.names_of(Family.LEARNING), facets=FACETS, per_page=PER_PAGE
    )
    context: dict[str, Any] = {
        "page": page,
        "self": page,
        "list": listed.read(),
    }
    if not listed.is_asked and listed.page == 1:
        context["libraries"] = Library.objects.filter(listed=True)
    return TemplateResponse(request, "learning/pages/index_page.html", context)


def library_view(page: LearningIndexPage, request: HttpRequest, slug: str) -> HttpResponse:
    """A library with its categories; every module in the reader's language where it exists."""
    entries = Prefetch("entries", LibraryEntry.objects.select_related("module"))
    categories = Prefetch("categories", LibraryCategory.objects.prefetch_related(entries))
    library = get_object_or_404(Library.objects.prefetch_related(categories), slug=slug)
    keys = [
        entry.module.translation_key
        for category in library.categories.all()
        for entry in category.entries.all()
    ]
    here = localized(TrainingModulePage, keys, page.shown_in)
    groups = [
        (
            category,
            [
                _entry_card(entry, here)
                for entry in category.entries.all()
                if entry.module.translation_key in here
            ],
        )
        for category in library.categories.all()
    ]
    context = {
        "page": page,
        "self": page,
        "library": library,
        "groups": [(category, cards) for category, cards in groups if cards],
        "crumbs": [(page.title, page.get_url(request) or ""), (library.name, "")],
    }
    return TemplateResponse(request, "learning/pages/library.html", context)


def _entry_card(entry: LibraryEntry, here: dict[Any, Any]) -> Card:
    module = here[entry.module.translation_key]
    code = module.locale.language_code
    # The names that a library gives to its entries are in the language of the library, its original's.
    own = code == "en"
    return Card(
        kind="lesson",
        title=(entry.name if own else "") or module.title,
        url=in_interface(module.url),
        summary=(entry.description if own else "") or module.summary,
        facts=[
            languages_text([code]),
            span_text(module.minutes_min, module.minutes_max) or minutes_text(module.length_minutes),
        ],
        language="" if code == get_language() else code,
    )
