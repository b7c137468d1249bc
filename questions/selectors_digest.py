"""What waits for each role in the morning: numbers of the digest, cases of the reminders."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q

from entity.registry import working_calendar
from portal.base.models import Transition
from questions import terms
from questions.models import Answer, Clarification, Question
from questions.selectors_staff import UNREVIEWED, WITHOUT_OFFICE, due_soon, late

S, A = Question.Status, Answer.Status

# Working days left at which the office hears of it once more; -1 is the day after it was due.
OFFICE_HEARS_AT = (3, 1, -1)
DESK_HEARS_AT = (2,)
# A due day that was chosen by hand may lie on a weekend: look a little further on both sides.
MARGIN = timedelta(days=7)


def _moved(move, since) -> Q:
    moves = Transition.objects.filter(
        kind="question", object_id=OuterRef("pk"), move=move, at__gte=since
    )
    return Q(Exists(moves))


def _clarified(since) -> Q:
    replies = Clarification.objects.filter(question=OuterRef("pk"), replied_at__gte=since)
    return Q(Exists(replies))


def _unanswered_past(today) -> Q:
    asked = Clarification.objects.filter(
        question=OuterRef("pk"), replied_at__isnull=True, reply_by__lt=today
    )
    return Q(status=S.NEEDS_CLARIFICATION) & Q(Exists(asked))


def _answer_in(*states) -> Q:
    return Q(Exists(Answer.objects.filter(question=OuterRef("pk"), status__in=states)))


RETURNED = Q(
    Exists(
        Answer.objects.filter(question=OuterRef("pk"), status=A.DRAFT).exclude(returned_comment="")
    )
)


def _numbers(questions, **conditions: Q) -> dict[str, int]:
    return questions.order_by().aggregate(
        **{name: Count("pk", filter=condition) for name, condition in conditions.items()}
    )


def for_moderation(today, since) -> dict[str, int]:
    """What came in, and what stands still at the desk; one query."""
    yesterday = working_calendar().add(today, -1)
    return _numbers(
        Question.objects.all(),
        new=Q(submitted_at__gte=since),
        to_review=UNREVIEWED,
        waiting=UNREVIEWED & Q(filed_on__lt=yesterday),
        without_office=WITHOUT_OFFICE,
        silent=_unanswered_past(today),
        clarified=_clarified(since) & Q(office__isnull=True),
        late=late(today),
    )


def for_office(offices, today, since) -> dict[str, int]:
    """What an office got, and what it must answer when; one query."""
    mine = Q(status=S.ASSIGNED)
    return _numbers(
        Question.objects.filter(office__in=offices),
        assigned=mine & _moved("assign_question", since),
        reopened=mine & _moved("reopen_question", since),
        clarified=mine & _clarified(since),
        returned=mine & RETURNED,
        late=mine & late(today),
        due_today=mine & Q(due_on=today),
        soon=mine & due_soon(today) & Q(due_on__gt=today),
    )


def for_approval(user) -> dict[str, int]:
    """What waits for a second person that is not this one; two queries."""
    waiting = Answer.objects.filter(status=A.AWAITING_APPROVAL).not_written_by(user)
    proposals = Question.objects.filter(status=S.RECEIVED).exclude(archive_proposal="")
    return {
        "to_approve": waiting.count(),
        "archive": proposals.exclude(archive_proposed_by=user).count(),
    }


@dataclass(frozen=True)
class Due:
    """A running case and the working days it has left; who must move is said by the rest."""

    question: Question
    left: int
    awaits_approval: bool
    is_with_office: bool


def due_for_reminder(today) -> list[Due]:
    """Running cases on the days on which somebody is reminded of them, the earliest first."""
    calendar = working_calendar()
    last = calendar.add(today, max(OFFICE_HEARS_AT)) + MARGIN
    running = Question.objects.filter(
        status__in=S.RUNNING, due_on__gte=today - MARGIN, due_on__lte=last
    ).exclude(_answer_in(A.SCHEDULED))
    found = []
    running = running.annotate(awaits=_answer_in(A.AWAITING_APPROVAL))
    for question in running.order_by("due_on", "number"):
        left = terms.days_left(question.due_on, today, calendar)
        is_with_office = question.status == S.ASSIGNED
        if left in (OFFICE_HEARS_AT if is_with_office else DESK_HEARS_AT):
            found.append(Due(question, left, question.awaits, is_with_office))
    return found


def late_since(today) -> list[Question]:
    """Running cases whose due day passed in the last week: their authors are told once."""
    rows = Question.objects.filter(late(today), due_on__gte=today - MARGIN)
    return list(rows.order_by("due_on", "number"))
