"""Records of the directory in the admin: just enough to take something out of sight, nothing that is private.

Coordinators make organisations, whose managers write their pages. Moderators may hide people, offers and needs.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.models import EditView, IndexView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from directory.constants import ListingState
from directory.models import Listing, Organisation, Person
from directory.services import listings as services
from foundation.design.delete import CarefulDeleteView


class RecordViewSet(ModelViewSet):
    """What the lists share: found in the database, and nothing is copied."""

    search_backend_name = None
    list_per_page = 50
    copy_view_enabled = False


class OrganisationViewSet(RecordViewSet):
    """List, add, change."""

    model = Organisation
    name = "directory_organisations"
    url_prefix = "organisations"
    icon = "group"
    menu_label = _("Organisations")
    list_display = [
        "name",
        "acronym",
        Column("get_type_display", label=_("Kind"), sort_key="type"),
        "country",
        "active",
    ]
    list_filter = ["type", "region", "active"]
    search_fields = ["name", "acronym"]
    delete_view_class = CarefulDeleteView
    panels = [
        FieldPanel("name"),
        FieldPanel("slug", help_text=_("Part of its address. Links break when it changes.")),
        FieldPanel("acronym"),
        FieldPanel("type"),
        MultiFieldPanel([FieldPanel("country"), FieldPanel("region")], heading=_("Where it is")),
        FieldPanel("website"),
        FieldPanel(
            "active",
            help_text=_(
                "Managers are proposed on the organisation's page (“Its people”), and one of its managers says yes, "
                "or an administrator where it has none. An organisation that is not shown keeps its records."
            ),
        ),
    ]


class PersonViewSet(RecordViewSet):
    """List, and show or hide."""

    model = Person
    name = "directory_people"
    url_prefix = "people"
    icon = "user"
    menu_label = _("People")
    list_display = ["name", "listed", "leave_alone", "paused_until", "updated"]
    list_filter = ["listed", "leave_alone", "country"]
    search_fields = ["name"]
    panels = [
        FieldPanel("name", read_only=True),
        FieldPanel(
            "listed",
            help_text=_("Take the tick away to hide the page. Tell its person why, and how to have it back."),
        ),
    ]


class ListingIndex(IndexView):
    """Without drafts, which are their owners' own; owners come along, so that no row asks for one."""

    def get_base_queryset(self) -> Any:
        rows = super().get_base_queryset().exclude(state=ListingState.DRAFT)
        return rows.select_related("person", "organisation")


class NoDraft:
    """Nobody opens another one's draft: not its form, its history, nor where it is used."""

    def get_object(self, *args: Any, **kwargs: Any) -> Listing:
        listing: Listing = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if listing.state == ListingState.DRAFT:
            raise Http404
        return listing


class ListingHistory(NoDraft, HistoryView):
    """Who showed or hid it."""


class ListingUsage(NoDraft, UsageView):
    """Where it is used."""


class ListingEdit(NoDraft, EditView):
    """Shows or hides."""

    def save_instance(self) -> Listing:
        """The one thing that can be changed here is the state, and its flow changes it."""
        listing = services.set_state(
            self.form.instance, self.form.cleaned_data["state"], by=self.request.user
        )
        log(listing, "wagtail.edit", user=self.request.user, content_changed=self.form.has_changed())
        return listing


class ListingViewSet(RecordViewSet):
    """List, and show or hide."""

    model = Listing
    index_view_class = ListingIndex
    edit_view_class = ListingEdit
    history_view_class = ListingHistory
    usage_view_class = ListingUsage
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
    panels = [
        FieldPanel("title", read_only=True),
        FieldPanel("summary", read_only=True),
        FieldPanel("description", read_only=True),
        FieldPanel("state", help_text=_("“Withdrawn” takes it out of every list. Its owner still sees it.")),
    ]
