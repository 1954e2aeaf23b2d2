from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class DesignConfig(AppConfig):
    name = "foundation.design"
    label = "design"
    verbose_name = _("Design system")

    def ready(self) -> None:
        from foundation.design import checks  # noqa: F401
        from foundation.design.navigation import page_changed

        for signal in (post_save, post_delete):
            signal.connect(page_changed, dispatch_uid="foundation.design.written")
