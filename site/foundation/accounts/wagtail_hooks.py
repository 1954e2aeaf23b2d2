"""What accounts add to the editors' admin."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.admin.widgets.button import Button

from foundation.accounts.admin_forms import NameForm
from foundation.accounts.models import User

# Wagtail has no setting for it. Its own form asks for a first and a last name, which nobody has here, and lets nothing
# else on the page be saved without them.
NameEmailSettingsPanel.form_class = NameForm


@hooks.register("register_account_menu_item")
def name_language_and_zone(request: Any) -> dict[str, Any]:
    """Times in the admin are typed and shown by the account's clock; this leads to where it is chosen."""
    return {
        "url": reverse("accounts:account"),
        "label": _("Name, language and time zone"),
        "help_text": _("Times that you type in the admin are read by the clock of your account."),
    }


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Words for what the history of an account says beside Wagtail's own."""
    actions.register_action(
        "accounts.take_second_factor", _("Second factor"), _("An administrator took the second factor away")
    )


@hooks.register("register_user_listing_buttons")
def second_factor_button(user: User, request_user: User) -> list[Button]:
    """For somebody who has lost theirs."""
    if user == request_user or not request_user.has_perm("accounts.change_user"):
        return []
    address = reverse("wagtailusers_users:second_factor", args=[user.pk])
    return [Button(_("Take the second factor away"), url=address, icon_name="key", priority=40)]


@hooks.register("before_bulk_action")
def prove_before_many(request: Any, action_type: str, objects: list[Any], action: Any) -> None:
    """Deleting, closing or giving a role to several accounts is for who has proved lately who they are, as with one."""
    if any(isinstance(each, User) for each in objects):
        raise_if_reauthentication_required(request, app="")
