"""Panels of the editors' admin."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import FieldPanel, Panel

from directory.admin.widgets import CapacityChooser


class CapacitiesPanel(FieldPanel):
    """Chooses capacities by their names, or branch by branch."""

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        kwargs.setdefault("widget", CapacityChooser)
        super().__init__(field_name, **kwargs)


class CaptionNotesPanel(Panel):
    """Below captions: what was mended or left out when they were read."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "learning/admin/caption_notes.html"

        def is_shown(self) -> bool:
            return bool(getattr(self.instance, "notes", ()))
