"""The extra as a Django app of its own, for its one table, its jobs and its check."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SemanticSearchConfig(AppConfig):
    """Meaning across languages."""

    name = "search.semantic"
    label = "search_semantic"
    verbose_name = _("Search by meaning")

    def ready(self) -> None:
        from search.semantic import checks  # noqa: F401
