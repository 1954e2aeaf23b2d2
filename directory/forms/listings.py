"""An offer or a need, in one calm form: what it is, what it is about, how it reaches people, until when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.forms import TagField

from directory import keywords
from directory.constants import Asset, Direction, Format, Method
from directory.forms.fields import capacity_field, country_choices, language_field, text_languages
from directory.forms.widgets import PickingForm
from directory.models import Listing, Organisation, Person
from directory.regions import Region
from directory.selectors import organisations_of
from foundation.design.forms import OptimisticForm, TimedForm
from foundation.l10n.names import NameField

PLAIN = (
    "asset",
    "title",
    "summary",
    "description",
    "formats",
    "method",
    "hours_a_month",
    "regions",
    "country",
    "for_whom",
    "deadline",
    "amount",
    "currency",
    "valid_until",
)
ONLY_OFFER = ("method", "hours_a_month", "valid_until")
ONLY_NEED = ("for_whom", "deadline", "country")
MOST_KEYWORDS = 10


class DateInput(forms.DateInput):
    """The browser's own calendar; without one, a text field that takes 2026-11-28."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ListingForm(PickingForm, TimedForm, OptimisticForm):
    """Makes or changes a listing. A draft needs only a title; `complain` says no more than that."""

    owner = forms.ChoiceField(label=_("For"), widget=forms.RadioSelect)
    asset = forms.ChoiceField(
        label=_("What kind of thing is it?"), choices=Asset.choices, widget=forms.RadioSelect
    )
    title = NameField(label=_("Title"), max_length=140)
    summary = forms.CharField(
        label=_("In one line"), max_length=250, required=False, help_text=_("Shown below the title in lists.")
    )
    description = forms.CharField(
        label=_("Description"), max_length=6000, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    language = forms.ChoiceField(label=_("You write this in"), required=False, choices=text_languages)
    keywords = TagField(
        label=_("Keywords"), required=False, help_text=_("Free words, with commas between them. At most ten.")
    )
    formats = forms.MultipleChoiceField(
        label=_("How"), required=False, choices=Format.choices, widget=forms.CheckboxSelectMultiple
    )
    method = forms.ChoiceField(
        label=_("What the help consists of"), required=False, choices=[("", ""), *Method.choices]
    )
    hours_a_month = forms.IntegerField(
        label=_("Hours a month"),
        required=False,
        min_value=1,
        max_value=80,
        help_text=_("What one such help takes of your time."),
    )
    regions = forms.MultipleChoiceField(
        label=_("For which regions"),
        required=False,
        choices=Region.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None means anywhere."),
    )
    country = forms.ChoiceField(label=_("Country"), required=False, choices=country_choices)
    for_whom = forms.CharField(
        label=_("For whom"), max_length=200, required=False, help_text=_("For example: 25 new editors.")
    )
    deadline = forms.DateField(label=_("By when"), required=False, widget=DateInput)
    amount = forms.DecimalField(
        label=_("Amount"),
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=2,
        help_text=_("If it is money."),
    )
    currency = forms.RegexField(
        label=_("Currency"),
        required=False,
        regex=r"^[A-Za-z]{3}$",
        help_text=_("Three letters, such as EUR or KES."),
        error_messages={"invalid": _("Write the three letters of the currency, such as EUR.")},
    )
    valid_until = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=DateInput,
        help_text=_("Hidden by itself after that day. Without one we ask you twice a year."),
    )

    def __init__(
        self, *args: Any, person: Person, direction: str, listing: Listing | None = None, **kwargs: Any
    ):
        self.person, self.direction, self.listing = person, direction, listing
        kwargs["initial"] = self._initial(listing) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for field in ONLY_NEED if direction == Direction.OFFER else ONLY_OFFER:
            del self.fields[field]
        self.organisations = list(organisations_of(person))
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            ("", _("Myself")),
            *((str(row.pk), row.name) for row in self.organisations),
        ]
        self.fields["owner"].required = False
        if not self.organisations:
            del self.fields["owner"]
        self.fields["capacities"] = capacity_field(
            label=_("What is it about?"),
            help_text=_("One to five capacities. They decide who finds it."),
            error_messages={"required": _("Choose at least one capacity, so that others find it.")},
            most=5,
        )
        self.fields["languages"] = language_field(required=False, label=_("In which languages"))
        if self.is_draft():
            self.fields["capacities"].required = False
            self.fields["asset"].required = False

    def is_draft(self) -> bool:
        """Whether "Save as draft" was pressed."""
        return self.is_bound and "draft" in self.data

    def state(self) -> str:
        """Changes with every change of the listing; nothing for a new one."""
        return self.listing.updated.isoformat() if self.listing is not None else ""

    def clean_keywords(self) -> list[str]:
        words = keywords.as_known(self.cleaned_data["keywords"])
        if len(words) > MOST_KEYWORDS:
            raise forms.ValidationError(_("At most ten keywords."))
        return words

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def clean_valid_until(self) -> Any:
        return self._not_past("valid_until")

    def clean_deadline(self) -> Any:
        return self._not_past("deadline")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("amount") and not data.get("currency"):
            self.add_error("currency", _("Say in which currency."))
        return data

    def values(self) -> dict[str, Any]:
        """What was written, by the names that the verb knows; see directory/services/listings.py."""
        data = self.cleaned_data
        fields = {
            field: data[field] if data[field] is not None else _nothing(field)
            for field in PLAIN
            if field in data
        }
        fields["asset"] = fields["asset"] or Asset.SKILL
        fields["languages"] = data["languages"].keys
        fields["language"] = (
            data["language"] or (self.listing and self.listing.language) or get_language() or "en"
        )
        if self.listing is None:
            fields["direction"] = self.direction
        picker = self.fields["capacities"]
        return {
            "owner": self._owner(),
            "fields": fields,
            "capacities": picker.catalogue.rows_of(data["capacities"].keys),  # type: ignore[attr-defined]
            "keywords": data["keywords"],
            "as_draft": self.is_draft(),
            "seconds": self.seconds_open(),
            "key": self.opened_key(),
        }

    def _owner(self) -> Person | Organisation:
        """Whom it is for: who is chosen, else who it was for, else its writer."""
        before = self.listing
        if "owner" not in self.fields and before is not None:
            return before.owner
        chosen = {str(row.pk): row for row in self.organisations}.get(self.cleaned_data.get("owner", ""))
        return chosen or (before and before.person) or self.person

    def _not_past(self, field: str) -> Any:
        value = self.cleaned_data[field]
        before = getattr(self.listing, field) if self.listing else None
        if value and value < timezone.localdate() and value != before:
            raise forms.ValidationError(_("Choose a day in the future."))
        return value

    def _initial(self, listing: Listing | None) -> dict[str, Any]:
        if listing is None:
            spoken = self.person.working_languages
            here = get_language() or "en"
            return {
                "language": here,
                "languages": spoken,
                "formats": self.person.clean_formats(),
                "asset": Asset.SKILL,
            }
        return {
            **{field: getattr(listing, field) for field in PLAIN},
            "owner": str(listing.organisation_id or ""),
            "language": listing.language,
            "capacities": [str(row.pk) for row in listing.capacities.all()],
            "languages": listing.languages,
            "keywords": list(listing.keywords.all()),
        }


def _nothing(field: str) -> Any:
    return None if field in ("hours_a_month", "deadline", "amount", "valid_until") else ""
