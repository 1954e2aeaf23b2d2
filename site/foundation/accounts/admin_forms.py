"""Forms of accounts in the editors' admin. Wagtail's ask for a first and a last name and lose them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from foundation.accounts.models import User
from foundation.l10n.names import NameField

FIELDS = ["email", "name", "is_superuser", "groups"]
TAKEN = _("There is an account with this address already.")
EVERYTHING = _("May do everything, whatever the roles say. Only somebody who may can give it.")


def name_field() -> NameField:
    """What others call somebody."""
    return NameField(
        label=_("Name"),
        max_length=150,
        help_text=_("What others call them. It need not be their legal name."),
    )


class NameForm(forms.ModelForm):  # type: ignore[type-arg]  # read before the stubs are
    """One's own name, on the page of one's settings."""

    class Meta:
        model = User
        fields = ["name"]

    name = NameField(label=_("Your name"), max_length=150, help_text=_("What others call you."))


class _Fields(forms.Form):
    """What both forms of another one's account share."""

    first_name = None
    last_name = None

    def __init__(self, *args: Any, may_give_everything: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "is_superuser" in self.fields:
            self.fields["is_superuser"].help_text = EVERYTHING
            self.fields["is_superuser"].disabled = not may_give_everything

    def clean_email(self) -> str:
        """One account for each address, however it is written."""
        email = User.objects.normalize_email(self.cleaned_data["email"])
        others = User.objects.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]
        if others.filter(email__iexact=email).exists():
            raise forms.ValidationError(TAKEN, code="duplicate_username")
        return email


class AccountCreationForm(_Fields, UserCreationForm):  # type: ignore[misc]  # Wagtail has no types
    """An account that an administrator makes for somebody."""

    name = name_field()

    class Meta(UserCreationForm.Meta):
        fields = FIELDS


class AccountEditForm(_Fields, UserEditForm):  # type: ignore[misc]  # Wagtail has no types
    """Another one's account, or one's own."""

    name = name_field()

    class Meta(UserEditForm.Meta):
        fields = [*FIELDS, "is_active"]
