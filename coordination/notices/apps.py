from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from coordination.actors.along import bring_along


class NoticesConfig(AppConfig):
    name = "coordination.notices"
    verbose_name = "Pemberitahuan"
    every_minute = ("coordination.notices.tasks.drain",)
    every_day = ("coordination.notices.tasks.clear_old_notices",)
    home = "coordination.notices.home"

    def ready(self) -> None:
        from . import policies  # noqa: F401  (a policy is known once its module has been read)

        bring_along("unread", "portal_unread(id)")

        # Higher floors say which kinds of notices they send; this one never imports them by name.
        autodiscover_modules("notice_kinds")
