from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountabilityConfig(AppConfig):
    """The publication archive: session record, minutes, commitments."""

    name = "accountability"
    verbose_name = _("Archive")

    def ready(self):
        from accountability import event_checks  # noqa: F401 - registers checks of an event's list
