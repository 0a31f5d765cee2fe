from django.apps import AppConfig


class KombelConfig(AppConfig):
    name = "kombel"
    verbose_name = "Komunitas belajar"
    home = "kombel.home"
    files = {"kombel": "kombel.services.photos.known_files"}
    exports = ("kombel.exports.LIST",)
    school_part = "kombel.school.part"
    every_minute = ("kombel.tasks.plan_reminders",)

    def ready(self) -> None:
        from . import policies  # noqa: F401  (whoever asks visible_to must find them)
