from django.apps import AppConfig


class KinerjaConfig(AppConfig):
    name = "kinerja"
    verbose_name = "Pengelolaan Kinerja"

    def ready(self) -> None:
        from . import policies  # noqa: F401  (whoever asks visible_to must find them)
