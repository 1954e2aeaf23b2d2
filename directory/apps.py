from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        from directory import labels
        from directory.services import telling  # noqa: F401  who is told of each step of an exchange

        labels.register()
