from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    """Quick polls and the evaluation of an event."""

    name = "evaluation"
    verbose_name = _("Evaluation")

    def ready(self):
        # What they register: checks of an event's list, its part of the minutes and the package.
        from evaluation import event_checks, minutes, package  # noqa: F401
