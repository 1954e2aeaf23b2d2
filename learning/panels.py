"""Panels of the editors' admin."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import FieldPanel


class CapacitiesPanel(FieldPanel):
    """Chooses capacities from the tree, with a search box above it."""

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name, **kwargs)
