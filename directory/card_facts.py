"""What cards of the directory say, in each language of the interface."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.taxonomy.labels import Labels
from foundation.accounts.models import User
from foundation.l10n.lists import in_a_row
from foundation.l10n.names import said

# Of an account; a sign-in writes another field.
SHOWN_OF_ACCOUNTS: dict[type[models.Model], frozenset[str]] = {User: frozenset({"is_active", "timezone"})}


def free_hours_fact(hours: float) -> str:
    """The free hours as people say them."""
    whole = round(hours)
    if hours <= 0:
        return _("no free hours now")
    return ngettext("%(count)s hour free", "%(count)s hours free", whole) % {"count": whole}


def helps_with(slugs: Sequence[str], labels: Labels, language: str) -> str:
    """One line of what somebody can help with, in a language: "Can help with grant writing, budgets"."""
    if not slugs:
        return ""
    with translation.override(language):
        names = [labels.label(slug, language) for slug in slugs[:4]]
        return said(_("Can help with: %(capacities)s"), capacities=in_a_row(names, language))
