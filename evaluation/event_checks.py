"""What surveys say in the checklist of an event."""

from django.utils.translation import gettext as _

from evaluation.models import Survey
from events.convocation import checklist
from events.convocation.checklist import Verdict

S = Survey.Status


def survey(event) -> Verdict:
    """Done when something was or is asked of those who follow."""
    return Verdict(event.surveys.exclude(status=S.DRAFT).exists())


def evaluation(event) -> Verdict:
    """Done when the evaluation is closed: its results are public then."""
    found = event.surveys.filter(kind=Survey.Kind.EVALUATION).first()
    if found is None:
        return Verdict(False)
    is_closed = found.status == S.CLOSED
    return Verdict(is_closed, "" if is_closed else _("close it to publish its results"))


checklist.register_check("survey", survey)
checklist.register_check("evaluation", evaluation)
