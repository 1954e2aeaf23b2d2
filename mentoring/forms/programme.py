"""The form of a programme page in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from directory.models import Capacity
from mentoring.languages import site_languages


class IndentedCapacities(forms.ModelMultipleChoiceField):
    """Capacities with their place in the tree shown by indentation."""

    def label_from_instance(self, obj: Capacity) -> str:
        return "\u2003" * (obj.depth - 1) + obj.label()


class ProgrammeForm(WagtailAdminPageForm):
    """Languages as checkboxes, capacities with their place in the tree."""

    languages = forms.MultipleChoiceField(
        label=_("languages"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("In which languages the coordinators can read requests."),
    )
    capacities = IndentedCapacities(
        label=_("capacities"),
        queryset=Capacity.objects.with_texts(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 14}),
        help_text=_("What mentors of this programme help with. None means: anything."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "languages" in self.fields:
            self.fields["languages"].choices = site_languages()
