from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LiveConfig(AppConfig):
    """Console and screen of a session: views over the rooms below, no tables of its own."""

    name = "live"
    verbose_name = _("Live session")
