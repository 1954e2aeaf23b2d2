"""What managers change of their organisation."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from directory.constants import MembershipRole
from directory.forms.fields import country_choices, language_field
from directory.forms.widgets import PickingForm
from directory.models import Organisation, Person
from directory.regions import Region
from directory.selectors import people_to_invite
from foundation.design.forms import OptimisticForm
from foundation.l10n.names import NameField

UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


class OrganisationForm(PickingForm, OptimisticForm):
    """How an organisation presents itself in the language of the page, and where it is."""

    name = NameField(label=_("Name"), max_length=200)
    summary = forms.CharField(label=_("In one line"), max_length=250, required=False)
    description = forms.CharField(
        label=_("About it"), max_length=6000, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    country = forms.ChoiceField(label=_("Country"), required=False, choices=country_choices)
    region = forms.ChoiceField(
        label=_("Region"),
        required=False,
        choices=[("", _("As the country says")), *Region.choices],
    )
    website = forms.URLField(label=_("Web address"), required=False, assume_scheme="https")

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        self.organisation = organisation
        self.language = (get_language() or "en").split("-")[0]
        text = {row.language: row for row in organisation.texts.all()}.get(self.language)
        kwargs["initial"] = {
            "name": (text.name if text and text.name else organisation.name),
            "summary": text.summary if text else "",
            "description": text.description if text else "",
            "country": organisation.country,
            "region": organisation.region,
            "website": organisation.website,
            "languages": organisation.languages,
        }
        super().__init__(*args, **kwargs)
        self.fields["languages"] = language_field(required=False, label=_("Languages it works in"))

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the verb's arguments; see directory/services/organisations.py."""
        return {**self.cleaned_data, "languages": self.cleaned_data["languages"].keys}


class InviteForm(forms.Form):
    """Invites somebody by the address of their profile, or by their name as the directory shows it."""

    who = forms.CharField(
        label=_("Who"),
        max_length=300,
        help_text=_("The address of their profile here, or their name as the directory shows it."),
    )
    role = forms.ChoiceField(label=_("As"), choices=MembershipRole.choices, initial=MembershipRole.MEMBER)

    def clean_who(self) -> Person:
        """Raises ValidationError where nobody, or more than one, answers to it."""
        typed = self.cleaned_data["who"].strip()
        found = UUID.search(typed)
        matches = people_to_invite(uuid.UUID(found.group()) if found else typed)
        if not matches:
            raise forms.ValidationError(
                _("We could not find this person. Ask them for the address of their profile.")
            )
        if len(matches) > 1:
            raise forms.ValidationError(_("Several people have this name. Use the address of their profile."))
        return matches[0]
