"""What several forms share: capacities within a programme, how two people meet."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.constants import Format
from directory.forms.fields import Capacities
from directory.forms.widgets import PickerField, PickerWidget
from directory.models import Capacity


class ProgrammeCapacities(Capacities):
    """The part of the tree that a programme is about, with what it belongs to; all of it where it names none."""

    def __init__(self, within: Iterable[Capacity]) -> None:
        self.within = [capacity.slug for capacity in within]

    @cached_property
    def slugs(self) -> Iterable[str]:
        every = self.labels.all_slugs()
        if not self.within:
            return every
        known: set[str] = set()
        for slug in self.within:
            known.update((slug, *self.labels.above(slug), *self.labels.narrower(slug)))
        return [slug for slug in every if slug in known]


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
