from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        from directory import labels
        from directory.services import telling  # noqa: F401  who is told of each step of an exchange

        labels.register()
        self._follow_taxonomy()

    def _follow_taxonomy(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from directory.capacities.labels import taxonomy_changed
        from directory.models import Capacity, CapacityText

        for model in (Capacity, CapacityText):
            for signal in (post_save, post_delete):
                signal.connect(
                    lambda **kwargs: taxonomy_changed(),
                    sender=model,
                    weak=False,
                    dispatch_uid=f"taxonomy:{model._meta.label}",
                )
