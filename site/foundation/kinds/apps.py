from django.apps import AppConfig


class KindsConfig(AppConfig):
    name = "foundation.kinds"
    label = "kinds"

    def ready(self) -> None:
        from foundation.kinds.registry import autodiscover

        autodiscover()
