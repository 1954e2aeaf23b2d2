"""One's own profile, a section at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from directory.constants import ContactWay, Format, Level, Visibility
from directory.deadlines import LONGEST_PAUSE
from directory.forms.fields import capacity_field, country_choices, language_field, text_languages
from directory.forms.widgets import Picked, PickingForm
from directory.models import Person, PersonCapacity
from foundation.accounts.forms import OFFERED_ZONE
from foundation.accounts.models import validate_timezone
from foundation.design.forms import OptimisticForm
from foundation.l10n.names import NameField
from foundation.l10n.times import todays_name, zone_names


class Suggesting(forms.TextInput):
    """A text field with a list of suggestions, for long lists of which one knows the name."""

    template_name = "directory/partials/autocomplete_attrs.html"

    def __init__(self, suggestions: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.suggestions = suggestions

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}_list"
        context["suggestions"] = self.suggestions()
        return context


class SectionForm(PickingForm, OptimisticForm):
    """One section of the profile. `values()` are what its verb is told; see directory/views/profile.py."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        """What was chosen, by the names of the verb's arguments."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "seen"}


class AboutForm(SectionForm):
    """Who you are."""

    name = NameField(
        label=_("Your name"),
        max_length=150,
        help_text=_("What others call you. It need not be your legal name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    pronouns = NameField(label=_("Pronouns"), max_length=60, required=False)
    bio = forms.CharField(
        label=_("About you"),
        max_length=2000,
        required=False,
        help_text=_("A few sentences: what you do, what you like to be asked."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    bio_language = forms.ChoiceField(label=_("You write this in"), required=False, choices=text_languages)
    country = forms.ChoiceField(label=_("Country"), required=False, choices=country_choices)
    city = NameField(label=_("Town"), max_length=120, required=False)
    timezone = forms.CharField(
        label=_("Time zone"),
        required=False,
        validators=[validate_timezone],
        help_text=_("Named after a place, such as Africa/Lagos. Others see what time it is for you."),
        widget=Suggesting(zone_names, attrs=OFFERED_ZONE),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        kwargs["initial"] = {
            **{field: getattr(person, field) for field in ("name", "pronouns", "bio", "country", "city")},
            "bio_language": person.bio_language or get_language(),
            "timezone": person.user.timezone,
        }
        super().__init__(*args, person=person, **kwargs)

    def clean_timezone(self) -> str:
        return todays_name(self.cleaned_data["timezone"])


class LanguagesForm(SectionForm):
    """Which languages you speak, and how well."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        kwargs["initial"] = {"languages": {row.language: row.level for row in person.languages.all()}}
        super().__init__(*args, person=person, **kwargs)
        self.fields["languages"] = language_field(
            levels=Level.choices,
            required=False,
            label=_("Languages you speak"),
            help_text=_("With “a little” you are not found for help in that language."),
        )

    def clean_languages(self) -> Picked:
        picked: Picked = self.cleaned_data["languages"]
        for key in picked.keys:
            if picked.extras.get(key) not in Level.values:
                picked.extras[key] = Level.FLUENT.value
        return picked

    def values(self) -> dict[str, Any]:
        picked = self.cleaned_data["languages"]
        return {"levels": {key: picked.extras[key] for key in picked.keys}}


class CapacitiesForm(SectionForm):
    """One side: what you can help with, or want to learn."""

    side: PersonCapacity.Side
    label: Any
    hint: Any
    evidence = False

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        rows = [row for row in person.capacities.all() if row.side == self.side]
        kwargs["initial"] = {"capacities": {str(row.capacity_id): row.evidence for row in rows}}
        super().__init__(*args, person=person, **kwargs)
        self.fields["capacities"] = capacity_field(
            evidence=self.evidence, required=False, label=self.label, help_text=self.hint
        )

    def values(self) -> dict[str, Any]:
        picked: Picked = self.cleaned_data["capacities"]
        chosen = self.fields["capacities"].catalogue.rows_of(picked.keys)  # type: ignore[attr-defined]
        evidence = {int(key): text for key, text in picked.extras.items()}
        return {"side": self.side, "chosen": chosen, "evidence": evidence}


class HelpForm(CapacitiesForm):
    """What you can help with."""

    side = PersonCapacity.Side.OFFERS
    label = _("Capacities")
    hint = _("What shows it may be a sentence, such as: ran three edit-a-thons in 2025.")
    evidence = True


class LearnForm(CapacitiesForm):
    """What you want to learn."""

    side = PersonCapacity.Side.LEARNS
    label = _("Capacities")
    hint = _("We show you lessons, recordings and people for these.")


class TimeForm(SectionForm):
    """How you like to help, and how much."""

    formats = forms.MultipleChoiceField(
        label=_("How you like to help"),
        required=False,
        choices=Format.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    hours_a_month = forms.IntegerField(
        label=_("Hours a month you can give"),
        min_value=0,
        max_value=80,
        help_text=_(
            "All together. When they are taken, nobody can ask you for more. With 0 nobody can ask you."
        ),
    )
    asks_of_you = forms.CharField(
        label=_("What helps you to help"),
        max_length=200,
        required=False,
        help_text=_("For example: one clear question, and what you have tried already."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        kwargs["initial"] = {
            field: getattr(person, field) for field in ("formats", "hours_a_month", "asks_of_you")
        }
        super().__init__(*args, person=person, **kwargs)


VISIBLE = {
    "bio": _("What you write about yourself"),
    "pronouns": _("Pronouns"),
    "country": _("Country"),
    "city": _("Town"),
    "timezone": _("What time it is for you"),
    "languages": _("Languages"),
    "organisations": _("Organisations you belong to"),
    "wikimedia_name": _("Wikimedia user name"),
    "learning": _("What you want to learn"),
    "hours": _("Hours you can give, and how many are free"),
}


class VisibilityForm(SectionForm):
    """Who sees what. One choice for each field."""

    listed = forms.BooleanField(
        label=_("Show me in the directory"),
        required=False,
        help_text=_("Your name and what you can help with are then shown to everyone."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "listed": person.listed,
            **{f"see_{field}": person.visibility_of(field) for field in VISIBLE},
        }
        super().__init__(*args, person=person, **kwargs)
        for field, label in VISIBLE.items():
            self.fields[f"see_{field}"] = forms.ChoiceField(label=label, choices=Visibility.choices)

    def values(self) -> dict[str, Any]:
        chosen = {field: self.cleaned_data[f"see_{field}"] for field in VISIBLE}
        return {"chosen": chosen, "listed": self.cleaned_data["listed"]}


class ContactForm(SectionForm):
    """How others reach you after both have said yes."""

    contact_by = forms.MultipleChoiceField(
        label=_("After both have said yes, you may be reached"),
        required=False,
        choices=ContactWay.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("You are asked again each time, and nothing is shown before a yes."),
    )
    contact_note = forms.CharField(
        label=_("Another way to reach you"),
        max_length=300,
        required=False,
        help_text=_("For example a name in a chat, or the best hours for a call."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        kwargs["initial"] = {"contact_by": person.contact_by, "contact_note": person.contact_note}
        super().__init__(*args, person=person, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if ContactWay.NOTE in data.get("contact_by", ()) and not data.get("contact_note"):
            self.add_error("contact_note", _("Describe the way, or take away the tick above."))
        return data


class PauseForm(forms.Form):
    """A rest with an end."""

    until = forms.DateField(
        label=_("Pause until"),
        help_text=_("The last day of your rest, at most a year from now."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_until(self) -> Any:
        until, today = self.cleaned_data["until"], timezone.localdate()
        if until < today:
            raise ValidationError(_("Choose a day in the future."))
        if until > today + LONGEST_PAUSE:
            raise ValidationError(_("A pause ends after at most a year. You can always begin another."))
        return until


def next_month() -> Any:
    """What the pause form proposes."""
    return timezone.localdate() + timedelta(days=30)
