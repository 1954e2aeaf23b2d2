from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        from directory import (
            effects,  # noqa: F401  who is told of each step of an exchange
            facet_labels,
        )

        facet_labels.register()
        self._follow_taxonomy()

    def _follow_taxonomy(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from directory.models import Capacity, CapacityText
        from directory.taxonomy.labels import taxonomy_changed

        for model in (Capacity, CapacityText):
            for signal in (post_save, post_delete):
                signal.connect(
                    lambda **kwargs: taxonomy_changed(),
                    sender=model,
                    weak=False,
                    dispatch_uid=f"taxonomy:{model._meta.label}",
                )
