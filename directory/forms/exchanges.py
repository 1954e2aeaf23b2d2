"""Asking, answering, thanking."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.constants import ContactWay
from directory.flows import DECLINE_REASONS
from directory.models import Capacity, Listing, Person
from directory.selectors import offered_by
from foundation.l10n.names import said


def contact_choices(person: Person) -> list[tuple[str, Any]]:
    """The ways in which this person can be reached at all, with what would be shown."""
    shown = {
        ContactWay.EMAIL: person.user.email,
        ContactWay.WIKIMEDIA: person.user.wikimedia_name,
        ContactWay.NOTE: person.contact_note,
    }
    labels = {
        ContactWay.EMAIL: _("My e-mail address: %(value)s"),
        ContactWay.WIKIMEDIA: _("My Wikimedia user name: %(value)s"),
        ContactWay.NOTE: _("As I described: %(value)s"),
    }
    return [(way.value, said(labels[way], value=value)) for way, value in shown.items() if value]


class WithContact(forms.Form):
    """Asks which ways to be reached the other side may see after a yes."""

    contact = forms.MultipleChoiceField(
        label=_("After a yes they may see"),
        choices=(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose at least one, or write in your text how to go on."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("contact", person.contact_by)
        super().__init__(*args, **kwargs)
        self.fields["contact"].choices = contact_choices(person)  # type: ignore[attr-defined]


class AskForm(WithContact):
    """The words with which one asks, or says that one can help. `needs` are those it may be asked for."""

    need = forms.ModelChoiceField(
        label=_("For which of your needs"),
        queryset=Listing.objects.none(),
        required=False,
        empty_label=_("None of them"),
        help_text=_("They see its title with your question."),
    )

    message = forms.CharField(
        label=_("Your message"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Write a sentence or two, so that they know what it is about.")},
    )
    field_order = ["about", "need", "message", "contact"]

    def __init__(self, *args: Any, needs: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs is None or not needs.exists():
            del self.fields["need"]
        else:
            self.fields["need"].queryset = needs.distinct()  # type: ignore[attr-defined]


class AskPersonForm(AskForm):
    """Asking somebody from their page, about something they can help with."""

    about = forms.ModelChoiceField(
        label=_("About"), queryset=Capacity.objects.none(), required=False, empty_label=_("Something else")
    )

    def __init__(self, *args: Any, person: Person, asked: Person, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        self.fields["about"].queryset = offered_by(asked)  # type: ignore[attr-defined]


class AcceptForm(WithContact):
    """Saying yes."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=3000,
        required=False,
        help_text=_("For example when you have time, and how to begin."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    field_order = ["answer", "contact"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("contact") and not data.get("answer", "").strip():
            self.add_error("answer", _("Write how to go on, or choose below how they can reach you."))
        return data


class DeclineForm(forms.Form):
    """Saying not now. The reason is for oneself (and the other managers of an organisation)."""

    answer = forms.CharField(
        label=_("A few words to them"),
        max_length=3000,
        required=False,
        help_text=_("They read this. You need not write anything."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reason_code = forms.ChoiceField(
        label=_("Your reason"),
        choices=[("", _("None")), *DECLINE_REASONS],
        required=False,
        help_text=_("They never see this. It helps us to ask you at better times."),
    )


class FinishForm(forms.Form):
    """Done, with the hours that were given."""

    hours = forms.DecimalField(
        label=_("Hours given"),
        min_value=0,
        max_value=500,
        max_digits=5,
        decimal_places=1,
        required=False,
        help_text=_("About. It shows how much people give; nobody is ranked by it."),
    )


class ThankForm(forms.Form):
    """Thanks with a reason."""

    text = forms.CharField(
        label=_("Your thanks"),
        max_length=1000,
        help_text=_("What did it change for you?"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    public = forms.BooleanField(label=_("Their page may show these words"), required=False)
