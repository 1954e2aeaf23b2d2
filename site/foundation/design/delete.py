"""Deleting in the admin, where other people's records may depend on it.

What would go with a page or a record and is somebody's own holds it back, whatever way it is deleted: alone, with
others, with the page above it, or by the admin's API. Which pointers hold back and which rows may go along is declared
in each room's `personal_data`; a test fails for a pointer that nobody has decided about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.api.actions.delete import DeletePageAPIAction
from wagtail.admin.views import generic
from wagtail.models import Page

from foundation.accounts.personal_data import DECISIONS, Fate, exported_models, pointers
from foundation.l10n.lists import in_a_row
from foundation.l10n.names import said

HOLDS_BACK: dict[str, str] = {}
GOES_ALONG: dict[str, str] = {}
Counts = Callable[["models.QuerySet[Any]"], Iterable[tuple[Any, int]]]
_COUNTS: list[Counts] = []


def holds_back(*fields: str, reason: str) -> None:
    """Says of pointers ("app.Model.field") that what they point at is not deleted while a row points there."""
    HOLDS_BACK.update(dict.fromkeys(fields, reason))


def goes_along(*fields: str, reason: str) -> None:
    """Says of pointers that their rows may go with what they point at, and why nobody loses anything by that."""
    GOES_ALONG.update(dict.fromkeys(fields, reason))


def counts_losses(function: Counts) -> Counts:
    """Decorator: counts what people would lose with pages though no pointer leads there.

    It is given a query of pages and answers what such things are called, and how many there are.
    """
    _COUNTS.append(function)
    return function


def undecided() -> Iterator[str]:
    """Pointers of rows that are people's own to what may be deleted, which are in neither list."""
    own = {pointer.model for pointer in pointers() if DECISIONS[pointer.name].fate is Fate.ERASED}
    for model in own | exported_models():
        for field in model._meta.local_fields:
            name = f"{model._meta.label}.{field.name}"
            if (
                isinstance(field, models.ForeignKey)
                and field.remote_field.on_delete in (models.CASCADE, models.PROTECT)
                and name not in DECISIONS.keys() | HOLDS_BACK.keys() | GOES_ALONG.keys()
            ):
                yield name


def losses(rows: models.QuerySet[Any]) -> Counter[str]:
    """What people would lose if these rows were deleted with all that goes with them: how many, by what it is called."""
    found: Counter[str] = Counter()
    waiting, seen = [rows], {rows.model}
    while waiting:
        going = waiting.pop(0)
        for model, field in _pointing_at(going.model):  # type: ignore[arg-type]
            touched = model._base_manager.filter(**{f"{field.name}__in": going.order_by().values("pk")})
            if f"{model._meta.label}.{field.name}" in HOLDS_BACK:
                found[_called(model)] += touched.count()
            elif model not in seen:
                seen.add(model)
                waiting.append(touched)
    if issubclass(rows.model, Page):
        for count in _COUNTS:
            found.update({str(name): number for name, number in count(rows)})
    return +found


@cache
def _pointing_at(target: Any) -> list[tuple[type[models.Model], Any]]:
    """Pointers at a model that hold back, or lead on to such a one."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if not field.remote_field or field.remote_field.model is not target:
                continue
            goes = field.remote_field.on_delete is models.CASCADE
            if f"{model._meta.label}.{field.name}" in HOLDS_BACK or (
                goes and model is not target and _pointing_at(model)
            ):
                found.append((model, field))
    return found


def _called(model: Any) -> str:
    """In a table between two, the rows are those of the one that has the relation."""
    return str((model._meta.auto_created or model)._meta.verbose_name_plural)


def _refusal(name: Any, found: Counter[str], instead: Any) -> str:
    """Numbers stand behind names, since languages do not count "12 enrolments" by putting two words side by side."""
    what = in_a_row(f"{called}: {number}" for called, number in sorted(found.items()))
    sentence = _("“%(name)s” cannot be deleted, since people would lose what is theirs (%(what)s).")
    return f"{said(sentence, name=name, what=what)} {instead}"


class CarefulDeleteView(generic.DeleteView):
    """Deletes what nobody else keeps a record of, and says why not where somebody does."""

    instead: Any = gettext_lazy("Hide it or close it instead.")

    def form_valid(self, form: Any) -> HttpResponse:
        found = losses(type(self.object)._base_manager.filter(pk=self.object.pk))
        if not found:
            return super().form_valid(form)  # type: ignore[no-any-return]
        messages.error(self.request, _refusal(self.object, found, self.instead))
        return redirect(self.get_success_url())


WhyNot = Callable[[HttpRequest, list[Page]], str]
_RULES: list[WhyNot] = []


def before_deleting_pages(why_not: WhyNot) -> WhyNot:
    """Registers a rule on which pages stay, for one page, for several at once, and for the admin's API.

    `why_not` is given the request and the pages, and answers the sentence that says why one of them is not deleted,
    or nothing. Where it says something, none is.
    """

    _RULES.append(why_not)

    def stop(request: HttpRequest, pages: Iterable[Any]) -> HttpResponse | None:
        sentence = why_not(request, [page for page in pages if isinstance(page, Page)])
        if not sentence:
            return None
        messages.error(request, sentence)
        return redirect("wagtailadmin_explore_root")

    @hooks.register("before_delete_page")
    def one(request: HttpRequest, page: Page) -> HttpResponse | None:
        return stop(request, [page])

    @hooks.register("before_bulk_action")
    def several(
        request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
    ) -> HttpResponse | None:
        return stop(request, objects) if action_type == "delete" else None

    return why_not


@before_deleting_pages
def keep_what_is_others(request: HttpRequest, pages: list[Page]) -> str:
    """A page with which people would lose something, there or below, is unpublished, never deleted."""
    for page in pages:
        found = losses(Page.objects.filter(path__startswith=page.path))
        if found:
            return _refusal(page.title, found, _("Unpublish it instead."))
    return ""


class CarefulAPIAction(DeletePageAPIAction):
    """What Wagtail's forms ask before a page is deleted, its API asks too."""

    def execute(self, instance: Page, data: Any) -> Response:
        for why_not in _RULES:
            sentence = why_not(self.request, [instance])
            if sentence:
                raise ValidationError({"page": sentence})
        return super().execute(instance, data)
