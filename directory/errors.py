"""What the directory says when something cannot be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from foundation.errors import UserFacingError

if TYPE_CHECKING:
    from directory.models import Exchange


class NotPossible(UserFacingError):
    """What a member tried cannot be done."""


class AlreadyAsked(NotPossible):
    """There is an open exchange between the two on this; `exchange` is that one."""

    def __init__(self, exchange: Exchange) -> None:
        super().__init__(_("You have asked this already. Here is where it stands."))
        self.exchange = exchange


class TaxonomyError(UserFacingError):
    """What an administrator asked of the taxonomy cannot be done."""


class Unreadable(Exception):
    """A file as a whole cannot be read; the text says why."""
