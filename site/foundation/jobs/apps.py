from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "foundation.jobs"
    label = "jobs"
    verbose_name = _("Jobs")

    def ready(self) -> None:
        from foundation.jobs.registry import sync_after_migrate

        post_migrate.connect(sync_after_migrate, dispatch_uid="foundation.jobs.registry")
