"""The one form of a saved search: what to call it, and when to be told."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.l10n.names import cleaned, validate_visible
from search.saved.models import Alerts, SavedSearch


class SavedSearchForm(forms.ModelForm[SavedSearch]):
    """Name and alerts. What is asked stands in the address, not in the form."""

    class Meta:
        model = SavedSearch
        fields = ("name", "alerts")
        labels = {"name": _("What to call it"), "alerts": _("When to tell you of something new")}
        help_texts = {
            "name": _("Only you see this name."),
            "alerts": _(
                "By e-mail and in the site, as you choose for all notifications. Only what everybody may see."
            ),
        }
        widgets = {"alerts": forms.RadioSelect}

    def clean_name(self) -> str:
        """In one line of what can be seen."""
        name = cleaned(self.cleaned_data["name"])
        validate_visible(name)
        return name


# A choice is always made: no empty one.
SavedSearchForm.base_fields["alerts"].choices = Alerts.choices  # type: ignore[attr-defined]
