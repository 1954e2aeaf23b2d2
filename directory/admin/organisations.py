"""Organisations: coordinators make them and may take them out of sight; managers write their pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from directory.models import Organisation
from foundation.design.delete import CarefulDeleteView


class OrganisationViewSet(ModelViewSet):
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
    search_backend_name = None
    list_per_page = 50
    copy_view_enabled = False
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
