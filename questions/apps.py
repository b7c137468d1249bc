from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionsConfig(AppConfig):
    """Contributions of citizens: form, receipt, moderation, terms, answers."""

    name = "questions"
    verbose_name = _("Contributions")

    def ready(self):
        from questions import checks, chores  # noqa: F401 - registers checks and regular chores
