"""What two people write down on the page of their pair."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentoring.models import Pairing
from mentoring.services.pairings import fingerprint


def _day(**kwargs: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class PlanForm(forms.Form):
    """Goals, rhythm, end."""

    goals = forms.CharField(
        label=_("What you want to reach together"),
        max_length=2000,
        help_text=_("Two or three things that one can see or show."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"required": _("Write down at least one goal.")},
    )
    rhythm = forms.CharField(
        label=_("How often, and how"),
        max_length=200,
        help_text=_("For example: half an hour by call every second week, questions in writing between."),
    )
    ends_on = _day(
        label=_("Until"), help_text=_("Between one month and six months is usual. You may finish early.")
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, pairing: Pairing, data: Any = None) -> PlanForm:
        """The form with what the plan says now."""
        goals = pairing.goals or pairing.request.goal
        initial = {
            "goals": goals,
            "rhythm": pairing.rhythm,
            "ends_on": pairing.ends_on,
            "seen": fingerprint(pairing),
        }
        return cls(data, initial=initial)

    def clean_ends_on(self) -> Any:
        """A plan ends in the future."""
        day = self.cleaned_data["ends_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day in the future."))
        return day


class HoursForm(forms.Form):
    """Time given."""

    on = _day(label=_("Day"))
    hours = forms.DecimalField(
        label=_("Hours"),
        min_value=Decimal("0.25"),
        max_value=24,
        max_digits=4,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "0.25", "min": "0.25", "max": "24"}),
    )
    note = forms.CharField(label=_("What you did"), max_length=300, required=False)
    token = forms.UUIDField(widget=forms.HiddenInput)

    @classmethod
    def blank(cls) -> HoursForm:
        """A form for today, with a token of its own."""
        return cls(initial={"on": timezone.localdate(), "token": uuid.uuid4()})

    def clean_on(self) -> Any:
        """Time that has passed."""
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Choose today or a day before."))
        return day


class NoteForm(forms.Form):
    """A note to the coordinators."""

    text = forms.CharField(
        label=_("What should they know?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 7, "dir": "auto"}),
        error_messages={"required": _("Write at least one sentence.")},
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("token", uuid.uuid4())


class BreakForm(forms.Form):
    """Until when to take a break."""

    until = _day(label=_("Break until"))


class ThanksForm(forms.Form):
    """A few words."""

    text = forms.CharField(
        label=_("Your thanks"),
        max_length=1000,
        help_text=_("What helped you most? The other one reads this."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Write a few words.")},
    )
