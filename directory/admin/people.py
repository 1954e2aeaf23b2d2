"""People in the admin: enough to take a page out of the lists when it does harm, nothing that is private."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.viewsets.model import ModelViewSet

from directory.models import Person


class PersonViewSet(ModelViewSet):
    """List, and show or hide."""

    model = Person
    name = "directory_people"
    url_prefix = "people"
    icon = "user"
    menu_label = _("People")
    list_display = ["name", "listed", "leave_alone", "paused_until", "updated"]
    list_filter = ["listed", "leave_alone", "country"]
    search_fields = ["name"]
    search_backend_name = None
    list_per_page = 50
    copy_view_enabled = False
    panels = [
        FieldPanel("name", read_only=True),
        FieldPanel(
            "listed",
            help_text=_("Take the tick away to hide the page. Tell its person why, and how to have it back."),
        ),
    ]
