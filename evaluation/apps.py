from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    """Quick polls and the evaluation of an event."""

    name = "evaluation"
    verbose_name = _("Evaluation")

    def ready(self):
        from evaluation import event_checks  # noqa: F401 - registers checks of an event's list
