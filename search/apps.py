"""The search room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The search room; on start it collects what the rooms declare in their `documents.py`."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from search import checks, outbox  # noqa: F401
        from search.documents import autodiscover
        from search.indexing import signal_handlers, updates

        autodiscover()
        signal_handlers.connect()
        outbox.drain_with(updates.drain)
