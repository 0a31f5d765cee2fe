from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "coordination.notices"
    verbose_name = "Pemberitahuan"
