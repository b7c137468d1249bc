from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountabilityConfig(AppConfig):
    """The publication archive: session record, minutes, commitments."""

    name = "accountability"
    verbose_name = _("Archive")

    def ready(self):
        # What they register: checks of an event's list, news.
        from accountability import event_checks, feeds, ledger  # noqa: F401
        from accountability.archive import document_search  # noqa: F401
        from accountability.archive import event_checks as menu  # noqa: F401
        from accountability.commitments import reminders  # noqa: F401
        from accountability.matrix import ledger as matrix  # noqa: F401
        from accountability.package import chores  # noqa: F401
        from accountability.paper import drawing  # noqa: F401
        from accountability.recording import ledger as recording  # noqa: F401
        from accountability.records import ledger as files  # noqa: F401
