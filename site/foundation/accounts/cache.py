"""What allauth counts (tries, and codes that were used) is kept in a store of its own.

It has no setting for that, and takes the cache of pages: emptied with every upgrade, full when pages fill it, another
one in each process where it is in memory. The settings name the store (CACHES["counters"]): a table of the database
(foundation.accounts.models.Counter), so that all processes and machines count together.
"""

from __future__ import annotations

from typing import Any

from allauth.core.internal import ratelimit
from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import OperationalError
from django.utils.connection import ConnectionProxy

COUNTERS = "counters"
store: Any = ConnectionProxy(caches, COUNTERS)


class CounterCache(DatabaseCache):
    """Tells a database that cannot be written (a full disk, a lock) from a lock that somebody holds.

    Django's own answers both with False, so whoever signed up then was told that they had tried too often.
    """

    def add(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,  # type: ignore[assignment]
        version: int | None = None,
    ) -> bool:
        """See BaseCache. Raises OperationalError."""
        for _try in range(2):
            if super().add(key, value, timeout, version):  # type: ignore[arg-type]
                return True
            if self.has_key(key, version):
                return False
            # Let go in between, or never written: the second time tells.
        raise OperationalError("What is counted cannot be written.")


def connect() -> None:
    """Called once when the site starts."""
    from allauth.mfa.totp.internal import auth as totp

    ratelimit.cache = store
    totp.cache = store
