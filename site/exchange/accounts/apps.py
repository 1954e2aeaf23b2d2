from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "exchange.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from exchange.accounts import checks  # noqa: F401
