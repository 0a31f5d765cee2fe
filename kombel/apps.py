from django.apps import AppConfig


class KombelConfig(AppConfig):
    name = "kombel"
    verbose_name = "Komunitas belajar"
