"""What the search room adds to the admin: the state of the index, for administrators."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from foundation.design.menu import shown_to
from search.admin.views import IndexView
from search.indexing.dead_letters import may_look_after
from search.models import OutboxEntry


class IndexItem(shown_to(may_look_after)):  # type: ignore[misc]
    """For administrators, with the number of changes that were given up."""

    def render_component(self, request: Any) -> Any:
        # The item is made once for the process and shown to everybody: the count goes into its copy only.
        found = super().render_component(request)
        count = OutboxEntry.objects.dead().count()
        if count:
            found.label = _("Search index (%(count)s)") % {"count": count}
        return found


class SearchIndex(ViewSet):
    """One page."""

    name = "search_index"
    url_prefix = "search-index"
    icon = "search"
    menu_label = gettext_lazy("Search index")
    menu_order = 950
    menu_item_class = IndexItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[Any]:
        """Addresses below /admin/search-index/."""
        return [path("", IndexView.as_view(), name="index")]


@hooks.register("register_admin_viewset")
def register_search_index() -> SearchIndex:
    """How the index is."""
    return SearchIndex()
