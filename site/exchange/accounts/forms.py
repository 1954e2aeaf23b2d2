"""What allauth asks at sign-up beside address and password."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from exchange.accounts.models import User


class SignupForm(forms.Form):
    """The name others will see; language is taken from the page."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("What others call you. It need not be your legal name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1", "password2"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the account is made."""
        user.name = self.cleaned_data["name"]
        user.language = get_language() or "en"
        user.save(update_fields=["name", "language"])
