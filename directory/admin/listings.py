"""Offers and needs in the admin: moderators may take them out of sight."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.models import EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from directory.constants import ListingState
from directory.models import Listing
from directory.services import listings as services


class ListingIndex(IndexView):
    """Without drafts, which are their owners' own; owners come along, so that no row asks for one."""

    def get_base_queryset(self) -> Any:
        rows = super().get_base_queryset().exclude(state=ListingState.DRAFT)
        return rows.select_related("person", "organisation")


class ListingEdit(EditView):
    """Nobody opens another one's draft."""

    def get_object(self, queryset: Any = None) -> Listing:
        listing: Listing = super().get_object(queryset)
        if listing.state == ListingState.DRAFT:
            raise Http404
        return listing

    def save_instance(self) -> Listing:
        """The one thing that can be changed here is the state, and its flow changes it."""
        listing = services.set_state(
            self.form.instance, self.form.cleaned_data["state"], by=self.request.user
        )
        log(listing, "wagtail.edit", user=self.request.user, content_changed=self.form.has_changed())
        return listing


class ListingViewSet(ModelViewSet):
    """List, and show or hide."""

    model = Listing
    index_view_class = ListingIndex
    edit_view_class = ListingEdit
    name = "directory_listings"
    url_prefix = "listings"
    icon = "list-ul"
    menu_label = _("Offers and needs")
    list_display = [
        "title",
        Column("get_direction_display", label=_("Direction"), sort_key="direction"),
        Column("owner", label=_("By")),
        Column("get_state_display", label=_("State"), sort_key="state"),
        "confirmed_at",
    ]
    list_filter = ["direction", "asset", "state"]
    search_fields = ["title", "summary"]
    search_backend_name = None
    list_per_page = 50
    copy_view_enabled = False
    panels = [
        FieldPanel("title", read_only=True),
        FieldPanel("summary", read_only=True),
        FieldPanel("description", read_only=True),
        FieldPanel("state", help_text=_("“Withdrawn” takes it out of every list. Its owner still sees it.")),
    ]
