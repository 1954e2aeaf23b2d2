from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "exchange.home"
    label = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from wagtail.signals import page_published

        from exchange.home import cache, originals

        cache.connect()
        page_published.connect(originals.published, dispatch_uid="home.originals")
