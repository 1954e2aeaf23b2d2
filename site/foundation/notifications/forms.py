"""How a person wants to hear of each group of things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from foundation.notifications.models import Delivery
from foundation.notifications.registry import GROUPS
from foundation.notifications.services import preferences_of

if TYPE_CHECKING:
    from foundation.accounts.models import User


class PreferencesForm(forms.Form):
    """One choice for each group that the rooms declare."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = preferences_of(user)
        for name, label in GROUPS.items():
            self.fields[name] = forms.ChoiceField(
                label=str(label),
                choices=Delivery.choices,
                initial=chosen.get(name, Delivery.AT_ONCE),
                widget=forms.RadioSelect,
            )
