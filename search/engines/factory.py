"""Which engine: read from settings.SEARCH_URL, opened once a process and setting."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.engines.base import Engine
from search.engines.elastic import config


def current_engine() -> Engine:
    """The engine of this site. Raises ImproperlyConfigured for a SEARCH_URL it does not know."""
    return _engine(settings.SEARCH_URL, str(settings.INDEX_DIR))


@lru_cache(maxsize=8)
def _engine(url: str, folder: str) -> Engine:
    scheme = url.partition("://")[0]
    if scheme == "tantivy":
        from search.engines.tantivy.engine import TantivyEngine

        return TantivyEngine(Path(urlsplit(url).path or folder))
    if scheme in config.SCHEMES:
        from search.engines.elastic.engine import ElasticEngine

        return ElasticEngine(config.address_of(url))
    raise ImproperlyConfigured(
        f"SEARCH_URL begins with {scheme!r}; known are tantivy:// (the embedded engine, in INDEX_DIR) "
        "and elasticsearch://user:password@host:9200/prefix."
    )
