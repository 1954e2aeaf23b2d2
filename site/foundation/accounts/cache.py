"""What allauth counts (tries, and codes that were used) is kept in a store of its own.

It has no setting for that, and takes the cache of pages: emptied with every upgrade, full when pages fill it, another
one in each process where it is in memory. The settings name the store (CACHES["counters"]): a table of the database
(foundation.accounts.models.Counter), so that all processes and machines count together.
"""

from __future__ import annotations

from typing import Any

from allauth.core.internal import ratelimit
from django.core.cache import caches
from django.utils.connection import ConnectionProxy

COUNTERS = "counters"
store: Any = ConnectionProxy(caches, COUNTERS)


def connect() -> None:
    """Called once when the site starts."""
    from allauth.mfa.totp.internal import auth as totp

    ratelimit.cache = store
    totp.cache = store
