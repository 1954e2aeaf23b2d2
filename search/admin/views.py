"""The administrators' page of changes that did not reach the index."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic.base import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from foundation.kinds import registry
from search.api import status
from search.indexing import dead_letters

PER_PAGE = 50
INDEX = "search_index:index"


class IndexView(WagtailAdminTemplateMixin, View):
    """How the index is, what was given up or is tried again, and two buttons for what is ticked."""

    page_title = gettext_lazy("Search index")
    header_icon = "search"
    template_name = "search/admin/index.html"
    breadcrumbs_items: list[Any] = []

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody but administrators."""
        if not dead_letters.may_look_after(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Try again or drop what is ticked, or everything."""
        action = request.POST.get("do", "")
        ids = self._ticked(request)
        if action in ("retry", "retry-all"):
            count = dead_letters.try_again(ids)
            told = ngettext("%(count)s change is tried again.", "%(count)s changes are tried again.", count)
            messages.success(request, told % {"count": count})
        elif action in ("drop", "drop-all"):
            count = dead_letters.drop(ids)
            told = ngettext("%(count)s change was dropped.", "%(count)s changes were dropped.", count)
            messages.success(request, told % {"count": count})
        else:
            messages.error(request, _("Choose what to do with the changes."))
        return redirect(INDEX)

    def _ticked(self, request: HttpRequest) -> list[int]:
        if request.POST.get("do", "").endswith("-all"):
            return list(dead_letters.troubled().values_list("pk", flat=True))
        return [
            int(id) for id in request.POST.getlist("id") if id.isascii() and id.isdecimal() and len(id) < 19
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The state of the index and one page of the list."""
        page = Paginator(dead_letters.troubled(), PER_PAGE).get_page(self.request.GET.get("page"))
        labels = {kind.name: kind.plural for kind in registry.all_kinds()}
        rows = [
            {"row": row, "kind": labels.get(row.kind, row.kind), "title": f"{row.kind}:{row.object_id}"}
            for row in page
        ]
        return super().get_context_data(**kwargs) | {"page": page, "rows": rows, "status": status()}
