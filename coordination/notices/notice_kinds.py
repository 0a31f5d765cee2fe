from django.utils.translation import gettext_lazy as _

from .kinds import register

register("announcement", _("Pengumuman portal"), group=_("Umum"))
