from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "foundation.reports"
    label = "reports"
    verbose_name = _("Reports by people")

    def ready(self) -> None:
        # What can be reported: each room says it in a module of this name.
        autodiscover_modules("reports")
