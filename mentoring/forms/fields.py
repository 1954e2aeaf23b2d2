"""What several forms share: capacities within a programme, how two people meet."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.enums import Format
from directory.forms.catalogues import Capacities
from directory.forms.picker import PickerField, PickerWidget
from directory.models import Capacity


class ProgrammeCapacities(Capacities):
    """The part of the tree that a programme is about, with what it belongs to; all of it where it names none."""

    def __init__(self, within: Iterable[Capacity]) -> None:
        self.roots = [capacity.path for capacity in within]

    @cached_property
    def rows(self) -> list[Capacity]:
        every = super().rows
        if not self.roots:
            return every
        return [row for row in every if any(_on_one_branch(row.path, root) for root in self.roots)]


def _on_one_branch(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def capacities_field(within: Iterable[Capacity], **kwargs: Any) -> PickerField:
    """A picker of the capacities of a programme."""
    catalogue = ProgrammeCapacities(within)
    widget = PickerWidget(
        catalogue, find_label=_("Find a capacity"), browse_label=_("Choose from the whole list")
    )
    kwargs.setdefault("unknown", _("We know no capacity called “%(typed)s”."))
    kwargs.setdefault("error_messages", {"required": _("Choose at least one. A broad one is fine.")})
    return PickerField(catalogue, widget=widget, **kwargs)


def rows_of(field: PickerField, keys: list[str]) -> list[Capacity]:
    """The capacities that were picked."""
    catalogue = field.catalogue
    return catalogue.rows_of(keys) if isinstance(catalogue, Capacities) else []


def formats_field(**kwargs: Any) -> forms.MultipleChoiceField:
    """How two people like to meet. In writing is a choice like any other."""
    kwargs.setdefault("error_messages", {"required": _("Choose at least one way.")})
    return forms.MultipleChoiceField(choices=Format.choices, widget=forms.CheckboxSelectMultiple, **kwargs)
