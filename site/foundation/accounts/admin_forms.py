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

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        self.own = editing_self
        super().__init__(*args, editing_self=editing_self, **kwargs)
        if editing_self:
            del self.fields["email"]

    @property
    def password_enabled(self) -> bool:
        """One's own address and password are changed where they are confirmed."""
        return not self.own


class SecondFactorForm(forms.Form):
    """How an administrator has made sure who somebody is, before they take a second factor away."""

    checked = forms.ChoiceField(
        label=_("How did you make sure that it is them?"),
        choices=[
            ("met", _("I met them, or saw them in a call, and know them")),
            ("vouched", _("Somebody whom I know vouches for them")),
            ("known", _("They answered from the address or account that I knew before")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("When, and who else knows of it"),
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands in the history of the account. No secrets and no addresses, please."),
    )
