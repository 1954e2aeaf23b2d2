"""Forms of the editors' admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.admin.widgets import CapacityChooser
from directory.models import Capacity
from foundation.design.admin_forms import EditorsPageForm
from foundation.l10n.languages import site_languages


class ProgrammeForm(EditorsPageForm):
    """Languages as a list, capacities by their names or branch by branch."""

    languages = forms.MultipleChoiceField(
        label=_("languages"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("In which languages the coordinators can read requests."),
    )
    capacities = forms.ModelMultipleChoiceField(
        label=_("capacities"),
        queryset=Capacity.objects.all(),
        required=False,
        widget=CapacityChooser,
        help_text=_("What mentors of this programme help with. None means: anything."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "languages" in self.fields:
            self.fields["languages"].choices = site_languages()
