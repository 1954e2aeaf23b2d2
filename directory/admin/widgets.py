"""Choosing capacities in the editors' admin, however many there are: by their names, or branch by branch.

A page carries what is chosen and the top of the tree; the rest is fetched when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.taxonomy.labels import Labels, known_labels
from foundation.l10n.names import said as filled

MOST_ROWS = 100  # of one branch, or of what words find


@dataclass(frozen=True)
class Row:
    """A capacity to choose: its key, its name, what it belongs to, how many lie below it."""

    key: str
    label: str
    above: str
    below: int
    chosen: bool

    @property
    def full(self) -> str:
        """The name with its place, as it stands among the chosen ones."""
        return f"{self.above} › {self.label}" if self.above else self.label


@dataclass(frozen=True)
class Rows:
    """A part of the tree, and what to say where it is not all."""

    rows: list[Row]
    said: str = ""


def branch(below: str = "", chosen: Container[str] = ()) -> Rows:
    """What lies below a capacity ("" is the top), by slug."""
    labels = known_labels()
    slugs = labels.children(below) if below else labels.roots()
    said = _("The first %(most)s of %(count)s. Search for the others.")
    rows = [_row(labels, slug, chosen, placed=False) for slug in slugs[:MOST_ROWS]]
    return Rows(rows, said % {"most": MOST_ROWS, "count": len(slugs)} if len(slugs) > MOST_ROWS else "")


def found(words: str) -> Rows:
    """What has all these words in its names."""
    labels = known_labels()
    slugs = list(islice(labels.named(words), MOST_ROWS + 1))
    rows = [_row(labels, slug, (), placed=True) for slug in slugs[:MOST_ROWS]]
    if not rows:
        return Rows([], filled(_("No capacity has a name with “%(words)s” in it."), words=words))
    return Rows(rows, _("There are more. Add a word to see fewer.") if len(slugs) > MOST_ROWS else "")


def branch_of(key: str) -> Rows:
    """What lies below the capacity with a key; nothing where there is none."""
    slug = known_labels().slug_of_key(key)
    return branch(slug) if slug else Rows([])


def _row(labels: Labels, slug: str, chosen: Container[str], *, placed: bool) -> Row:
    language, key = get_language() or "en", str(labels.key_of(slug))
    above = labels.trail(labels.above(slug), language) if placed else ""
    return Row(key, labels.label(slug, language), above, len(labels.children(slug)), key in chosen)


class CapacityChooser(forms.CheckboxSelectMultiple):
    """Boxes of the chosen ones, a search box, and the top of the tree, whose branches are fetched when opened.

    Names come from the reading of the taxonomy that this process keeps, never from the field's choices, which would
    ask the database for the label of each row.
    """

    template_name = "directory/admin/capacities/chooser.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = forms.Widget.get_context(self, name, value, attrs)
        keys = [str(getattr(item, "pk", item)) for item in value or ()]
        labels = known_labels()
        slugs = filter(None, map(labels.slug_of_key, keys))
        context["chosen"] = [_row(labels, slug, keys, placed=True) for slug in slugs]
        top = branch("", keys)
        context |= {"rows": top.rows, "said": top.said}
        return context

    @property
    def media(self) -> forms.Media:
        return forms.Media(
            css={"all": ["directory/admin/capacity_chooser.css"]}, js=["directory/admin/capacity_chooser.js"]
        )
