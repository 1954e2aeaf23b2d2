"""The search room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The search room; on start it collects what the rooms declare in their `documents.py`."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from search import checks  # noqa: F401
        from search.documents import autodiscover

        autodiscover()
