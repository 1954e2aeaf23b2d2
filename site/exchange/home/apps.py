from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "exchange.home"
    label = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from wagtail.signals import page_published

        from exchange.home import cache, health, signal_handlers, translation_sync
        from exchange.home.operations import file_modes
        from foundation.database.signal_handlers import watch_slow_queries

        watch_slow_queries()
        if settings.SENTRY_DSN:
            from exchange.settings.error_reports import begin_reports

            begin_reports(settings.SENTRY_DSN, health.number())

        if not getattr(settings, "TESTING", False):  # tests call it themselves
            post_migrate.connect(
                signal_handlers.follow_base_url, sender=self, dispatch_uid="home.signal_handlers"
            )
        file_modes.close_folders()
        connection_created.connect(file_modes.close_database, dispatch_uid="home.file_modes")
        cache.connect()
        page_published.connect(translation_sync.published, dispatch_uid="home.originals")
