from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    default = True
    name = "foundation.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from foundation.accounts import checks, signal_handlers  # noqa: F401
        from foundation.accounts.cache import connect as connect_counters
        from foundation.accounts.role_rights import give_after_migrate

        post_migrate.connect(give_after_migrate, dispatch_uid="foundation.accounts.role_rights")
        autodiscover_modules("personal_data")
        from foundation.accounts.personal_data import connect

        connect()
        connect_counters()


class UsersConfig(WagtailUsersAppConfig):  # type: ignore[misc]  # Wagtail has no types
    """Wagtail's accounts in the admin, with the fields that ours have."""

    default = False
    user_viewset = "foundation.accounts.viewsets.AccountViewSet"
    group_viewset = "exchange.home.views.roles.RoleViewSet"
