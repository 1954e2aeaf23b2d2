"""Deleting in the admin, where other people's records may depend on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.models import Page

from foundation.l10n.names import said


class CarefulDeleteView(generic.DeleteView):
    """Deletes what nobody else keeps a record of, and says why not where somebody does."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[no-any-return]
        except ProtectedError:
            sentence = _(
                "“%(name)s” cannot be deleted: people keep records of it. Hide it or close it instead."
            )
            messages.error(self.request, said(sentence, name=self.object))
            return redirect(self.get_success_url())


WhyNot = Callable[[HttpRequest, list[Page]], str]


def before_deleting_pages(why_not: WhyNot) -> WhyNot:
    """Registers a rule on which pages stay, for one page and for several at once.

    `why_not` is given the request and the pages, and answers the sentence that says why one of them is not deleted,
    or nothing. Where it says something, none is.
    """

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
