"""allauth's forms of the entrance, as they are here."""

from __future__ import annotations

from typing import Any

from allauth.account import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class LoginForm(forms.LoginForm):
    """The link for a forgotten password stands below the form: from the address, Tab leads to the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["remember"].label = _("Stay signed in on this device")
        self.fields["remember"].help_text = _(
            "Leave this unticked on a shared computer: closing the window signs you out."
        )


class SignupForm(forms.SignupForm):
    """Takes as long for an address that has an account as for a new one."""

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:
            # What takes the time of making an account.
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)
