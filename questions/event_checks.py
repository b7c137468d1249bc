"""What contributions say in the checklist and in the legal calendar of an event."""

from datetime import date

from django.db.models import Count, F, Max, Q
from django.utils.translation import gettext as _

from events.convocation import checklist, duties
from events.convocation.checklist import Verdict
from events.legal_calendar import Duty
from events.models import Event
from portal.base import clock
from questions.models import Question

S, V = Question.Status, Question.Visibility


def _answerable(event: Event):
    return Question.objects.filter(event=event).exclude(status=S.WITHDRAWN)


def answers(event: Event) -> Verdict:
    """Done when no case of a held event is open; the note says how many were in term."""
    counts = _answerable(event).aggregate(
        total=Count("pk"),
        open=Count("pk", filter=Q(status__in=S.OPEN)),
        in_term=Count("pk", filter=Q(closed_on__lte=F("due_on")) & ~Q(status__in=S.OPEN)),
    )
    note = _("%(n)s of %(total)s in term") % {"n": counts["in_term"], "total": counts["total"]}
    is_over = event.status == Event.Status.HELD
    return Verdict(is_over and not counts["open"], note if counts["total"] else "")


def matrix(event: Event) -> Verdict:
    """Done when a held event has no text left that nobody read: what may be public is."""
    if event.status != Event.Status.HELD:
        return Verdict(False)
    waiting = _answerable(event).filter(visibility=V.UNMODERATED).count()
    return Verdict(not waiting, _("%(n)s to review") % {"n": waiting} if waiting else "")


def answered_on(event: Event) -> date | None:
    """The day on which the last case of a held event was closed."""
    if event.status != Event.Status.HELD:
        return None
    found = _answerable(event).aggregate(
        last=Max("closed_on"), open=Count("pk", filter=Q(status__in=S.OPEN))
    )
    if found["open"]:
        return None
    day = clock.local_day(event.starts_at)
    return max(day, found["last"] or day)


checklist.register_check("answers", answers)
checklist.register_check("matrix", matrix)
duties.register_fact(Duty.ANSWERS, answered_on)
