"""What the page of one contribution reads: the public one, and its author's own."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache import caches
from django.db.models import Q

from entity.calendar import SkippedDay
from entity.registry import working_calendar
from portal.base import clock
from portal.base.models import Transition
from questions import terms
from questions.joined import answering_case
from questions.models import Answer, AnswerFile, Question
from questions.selectors_lists import supporters
from questions.similar import similar_published
from questions.standing import UNDO, standing
from questions.voices import with_verdicts

S, V = Question.Status, Question.Visibility

# Moves the public may read of, and no others: texts and reasons stay inside.
PUBLIC_MOVES = {
    "submit_question", "publish_text", "assign_question", "ask_for_clarification",
    "answer_clarification", "merge_question", "split_question", "transfer_question",
    "move_to_pqrsd", "publish_answer", "reopen_question", "extend_term", "withdraw_question",
    "lapse_question", "archive_question", "restore_question", "recount_term",
}  # fmt: skip


def addressable():
    """Contributions whose address was public once, with the number of their supporters."""
    return (
        Question.objects.filter(Q(visibility=V.PUBLISHED) | Q(published_at__isnull=False))
        .with_list_data()
        .annotate(supporters=supporters())
    )


def is_public(question) -> bool:
    return question.visibility == V.PUBLISHED


def published_answers(question):
    """Published editions, newest first, with what a reader sees of them.

    What was joined to another one shows the answer of that one, where the public may read it.
    """
    case = answering_case(question)
    if not case.revision:
        return []  # publishing an answer moves its case
    if case.pk != question.pk and not is_public(case):
        return []
    return list(with_verdicts(case.answers.public().for_reading()))


def published_file(number, pk):
    """An attachment of a published edition of this contribution; None without one."""
    editions = Answer.objects.public().filter(question__number=number)
    files = AnswerFile.objects.filter(answer__in=editions, pk=pk)
    return files.select_related("stored", "small", "answer__question").first()


def is_answered_by(question, answer) -> bool:
    """Whether this is the answer to an author's case, or to the one it was joined to."""
    return question is not None and answering_case(question).pk == answer.question_id


def public_history(question):
    """The moves a reader may see, oldest first."""
    moves = Transition.objects.of("question", question.pk)
    return standing(moves.filter(move__in=PUBLIC_MOVES | {UNDO}))


def merged_into(question):
    """The contribution this one was joined to, if the public may read it."""
    into = question.merged_into
    return into if into and is_public(into) else None


@dataclass(frozen=True)
class WhyThisDate:
    """What explains a due day besides the case itself.

    `days` are the counted working days, day 1 first; `by_event` says which of both clocks they
    are of, and `other` is the day of the other one.
    """

    is_paused: bool
    was_clarified: bool
    by_event: bool
    counted_from: date
    days: list[date]
    skipped: list[SkippedDay]
    other: date | None
    recounts: list[tuple[date, date]]


def why_this_date(question, history) -> WhyThisDate | None:
    """Why the answer is due that day; None where no answer is due from here any more."""
    if question.status not in (*S.OPEN, S.ANSWERED):
        return None
    moves = [move.move for move in history]
    since = moves.index("reopen_question") if "reopen_question" in moves else 0
    other = terms.other_due_on(question)
    by_event = bool(other and other[0] == "legal")
    start = clock.local_day(question.event.ends_at) if by_event else question.counted_from
    calendar = working_calendar()
    return WhyThisDate(
        is_paused=question.status in S.PAUSED,
        was_clarified="answer_clarification" in moves[since:],
        by_event=by_event,
        counted_from=start,
        days=_working_days(start, question.due_on, calendar),
        skipped=list(calendar.skipped(start, question.due_on)),
        other=other and other[1],
        recounts=_recounts(history[since:]),
    )


def _working_days(start: date, end: date, calendar) -> list[date]:
    """Day 1, day 2, … after `start` up to `end`."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return [day for day in days if calendar.is_working_day(day)]


def _recounts(history) -> list[tuple[date, date]]:
    """The due day before and after, each time that it was counted anew."""
    written = (m.detail.split(" → ") for m in history if m.move == "recount_term")
    pairs = [(date.fromisoformat(old), date.fromisoformat(new)) for old, new in written]
    return [(old, new) for old, new in pairs if old != new]


def similar_to(question) -> list[Question]:
    """Published contributions that ask something alike.

    Which ones they are is looked up once an hour; whether they are still public, each time.
    """
    text = f"{question.title} {question.public_text}"
    key = f"similar:{question.pk}:{hashlib.sha256(text.encode()).hexdigest()}"
    known = caches["lookups"].get(key)
    if known is None:
        found = similar_published(text, exclude=question)
        caches["lookups"].set(key, [other.pk for other in found])
        return found
    alike = Question.objects.public().in_bulk(known) if known else {}
    return [alike[pk] for pk in known if pk in alike]


def own_case(pk):
    """The case of an author who proved to be one."""
    return Question.objects.filter(pk=pk).select_related("topic", "office", "petition").first()


def pending_clarification(question):
    """What the author is still asked, with the last day to reply."""
    return question.clarifications.filter(replied_at__isnull=True).last()
