"""Panels of the editors' admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from wagtail.admin.panels import FieldPanel, Panel


class CapacityTreeWidget(forms.CheckboxSelectMultiple):
    """The whole taxonomy as a tree of check boxes with a search box; the chosen ones stand on top.

    Names come from one reading of the taxonomy, never from the field's choices, which would ask the database
    for the label of each row. Found by any label in any language.
    """

    template_name = "learning/admin/capacity_tree.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = forms.Widget.get_context(self, name, value, attrs)
        chosen = {str(getattr(item, "pk", item)) for item in value or ()}
        context["rows"] = _tree(chosen)
        context["chosen"] = [row for row in context["rows"] if row["chosen"]]
        return context

    @property
    def media(self) -> forms.Media:
        return forms.Media(
            css={"all": ["learning/admin/capacity_tree.css"]}, js=["learning/admin/capacity_tree.js"]
        )


def _tree(chosen: set[str]) -> list[dict[str, Any]]:
    """All capacities in the order of the tree; three queries."""
    from directory.capacities.labels import all_labels
    from directory.models import Capacity

    labels = all_labels()
    language = get_language() or "en"
    rows = []
    for pk, slug, depth in Capacity.objects.order_by("path").values_list("pk", "slug", "depth"):
        above = " › ".join(labels.label(higher, language) for higher in labels.above(slug))
        rows.append(
            {
                "value": str(pk),
                "label": labels.label(slug, language),
                "above": above,
                "depth": depth,
                "names": " ".join(label.text for label in labels.texts([slug])).casefold(),
                "chosen": str(pk) in chosen,
            }
        )
    return rows


class CapacitiesPanel(FieldPanel):
    """Chooses capacities from the tree, with a search box above it."""

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        kwargs.setdefault("widget", CapacityTreeWidget)
        super().__init__(field_name, **kwargs)


class CaptionNotesPanel(Panel):
    """Below captions: what was mended or left out when they were read."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "learning/admin/caption_notes.html"

        def is_shown(self) -> bool:
            return bool(getattr(self.instance, "notes", ()))
