"""Forms of one's own account."""

from __future__ import annotations

import json
import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.accounts.services import set_account
from foundation.l10n.names import NameField, validate_no_link
from foundation.l10n.times import CALLED_TODAY, todays_name, zone_names

# What the browser's zone is called today, for times.js.
OLD_ZONES = {"data-old-zones": json.dumps(CALLED_TODAY, separators=(",", ":"))}
# A field of a zone with these has a button that fills in the browser's.
OFFERED_ZONE: dict[str, Any] = {"data-offer-zone": _("Use this browser’s: {zone}"), **OLD_ZONES}


class SignupForm(forms.Form):
    """The name others will see; language is taken from the page."""

    name = NameField(
        label=_("Your name"),
        max_length=150,
        help_text=_("What others call you. It need not be your legal name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        validators=[validate_no_link],
    )
    # Filled by the browser (times.js). Without JavaScript no zone is chosen, and times are told with UTC's name.
    timezone = forms.CharField(
        required=False, widget=forms.HiddenInput(attrs={"data-browser-zone": "", **OLD_ZONES})
    )
    field_order = ["name", "email", "password1", "password2"]

    def clean_timezone(self) -> str:
        """A name that our database of zones does not have is no reason to refuse somebody."""
        name = todays_name(str(self.cleaned_data["timezone"]))
        return name if name in zoneinfo.available_timezones() else ""

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the account is made."""
        set_account(
            user,
            name=self.cleaned_data["name"],
            language=get_language() or "en",
            timezone=self.cleaned_data["timezone"],
        )


class AccountForm(forms.ModelForm[User]):
    """Name, language and time zone of one's own account."""

    class Meta:
        model = User
        fields = ["name", "language", "timezone"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = NameField(
            label=self.fields["name"].label,
            max_length=150,
            help_text=self.fields["name"].help_text,
            widget=self.fields["name"].widget,
            validators=[validate_no_link],
        )
        self.fields["language"] = forms.ChoiceField(
            label=self.fields["language"].label,
            choices=settings.INTERFACE_LANGUAGES,
            help_text=self.fields["language"].help_text,
        )
        own = self.initial["timezone"] = todays_name(self.instance.timezone)
        zones = dict.fromkeys([*zone_names(), *filter(None, [own])])
        self.fields["timezone"] = forms.ChoiceField(
            label=self.fields["timezone"].label,
            required=False,
            choices=[("", _("Not chosen")), *((zone, zone.replace("_", " ")) for zone in zones)],
            help_text=_(
                "Times on pages and in e-mails are told by this clock. Until you choose, they are in UTC."
            ),
            widget=forms.Select(attrs=OFFERED_ZONE),
        )


class LeaveForm(forms.Form):
    """Ending one's account takes a tick, of somebody who has just proved who they are."""

    sure = forms.BooleanField(label=_("Delete my account and what belongs to it"))
