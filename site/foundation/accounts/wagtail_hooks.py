"""What accounts add to the editors' admin."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.views.account import NameEmailSettingsPanel

from foundation.accounts.admin_forms import NameForm

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
