from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionsConfig(AppConfig):
    """Contributions of citizens: form, receipt, moderation, terms, answers."""

    name = "questions"
    verbose_name = _("Contributions")

    def ready(self):
        # What they register: system checks, regular chores, checks of an event's list, news.
        from questions import checks, chores, document_search, event_checks, feeds, ledger  # noqa: F401
