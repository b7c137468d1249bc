"""What the desk reads of contributions and answers: queues, counts, deadlines, history."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entity.registry import registry, working_calendar
from portal.base import clock
from portal.base.dates import short_day
from portal.base.models import Transition
from questions import terms
from questions.models import Answer, Question, ReviewLease
from questions.selectors_lists import supporters
from questions.standing import UNDO, standing
from questions.status import GLYPHS
from questions.workflow.machines import MODERATE, OWN_OFFICE

S, V, A = Question.Status, Question.Visibility, Answer.Status

# Nobody decided yet whether the public may read it, and the desk can. What is answered unread
# counts too; what waits for its author or for a signature comes back by itself.
TO_REVIEW = (*S.RUNNING, S.ANSWERED)
UNREVIEWED = Q(visibility=V.UNMODERATED, status__in=TO_REVIEW, archive_proposal="")
WITHOUT_OFFICE = Q(status__in=S.OPEN, office__isnull=True)
AWAITING = Q(pk__in=Answer.objects.filter(status=A.AWAITING_APPROVAL).values("question"))


def in_work():
    rows = Answer.objects.filter(question=OuterRef("pk"), status__in=A.IN_WORK)
    return rows.order_by()  # there is one at most, and the usual order would join its question


def week_end(today):
    """The last day of "this week": as many working days ahead as the amber light has."""
    return working_calendar().add(today, terms.SOON_DAYS)


def due_soon(today) -> Q:
    return Q(status__in=S.RUNNING, due_on__gte=today, due_on__lte=week_end(today))


def late(today) -> Q:
    return Q(status__in=S.RUNNING, due_on__lt=today)


def with_desk_data(questions):
    """`questions` with what a row of the desk shows, `answer_status` of the one in work too."""
    return questions.with_list_data().annotate(
        answer_status=Subquery(in_work().values("status")[:1]),
        answer_id=Subquery(in_work().values("pk")[:1]),
        answer_drafter=Subquery(in_work().values("drafted_by")[:1]),
        support=supporters(),
    )


def read_page(rows):
    """One page of the list, in its order: all data is asked for these rows and for no others."""
    chosen = Question.objects.filter(pk__in=rows.values("pk"))
    return with_desk_data(chosen).order_by(*rows.query.order_by)


def by_deadline(questions):
    """Running clocks first, the earliest deadline on top; what is closed comes after, newest."""
    running = Case(When(status__in=S.RUNNING, then=0), When(status__in=S.PAUSED, then=1), default=2)
    earliest = Case(When(status__in=S.OPEN, then=F("due_on")))
    oldest = Case(When(status__in=S.OPEN, then=F("number")))
    return questions.order_by(running, earliest, oldest, "-number")


def next_to_review(user, after=None):
    """The contribution that is reviewed next: unreviewed, the earliest deadline first.

    What somebody else has open at the moment is left to that person. `after` is the one that was
    looked at: those that come later are next, and at the end the first one again.
    """
    waiting = Question.objects.visible_to(user).filter(UNREVIEWED).order_by("due_on", "number")
    others = ReviewLease.objects.filter(until__gt=clock.now()).exclude(user=user)
    waiting = waiting.exclude(pk__in=others.values("question"))
    if after is None:
        return waiting.first()
    waiting = waiting.exclude(pk=after.pk)
    return waiting.exclude(_not_after(after)).first() or waiting.first()


def _not_after(question) -> Q:
    return Q(due_on__lt=question.due_on) | Q(due_on=question.due_on, number__lte=question.number)


def is_unreviewed(question) -> bool:
    """The same as UNREVIEWED, of a row in hand."""
    is_at_the_desk = question.status in TO_REVIEW and not question.archive_proposal
    return question.visibility == V.UNMODERATED and is_at_the_desk


def review_place(user, question) -> dict[str, int]:
    """How many wait for a review, and which of them this one is, as the queue goes; one query."""
    return (
        Question.objects.visible_to(user)
        .filter(UNREVIEWED)
        .aggregate(total=Count("pk"), place=Count("pk", filter=_not_after(question)))
    )


@dataclass(frozen=True)
class Light:
    """A deadline as shape, words and colour. `small` says the date, or what is left."""

    tone: str
    glyph: str
    words: str
    small: str


def light(question: Question, at=None) -> Light | None:
    """The traffic light of an open case: green over 5 working days, amber 5 to 1, red from 0."""
    if question.status in S.PAUSED:
        left = question.paused_days_left or 1
        kept = ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}
        return Light("pausa", "state-paused", _("On hold"), kept)
    if question.status not in S.RUNNING:
        return None
    today = clock.local_day(at)
    left = terms.days_left(question.due_on, today, working_calendar())
    due = {"date": short_day(question.due_on)}
    if question.due_on < today:
        words = ngettext("Late %(n)s day", "Late %(n)s days", -left) % {"n": -left}
        return Light(
            "rojo", "state-late", words if left else _("Late"), _("was due %(date)s") % due
        )
    if left == 0:
        return Light("rojo", "state-late", _("Due today"), short_day(question.due_on))
    words = ngettext("%(n)s day to go", "%(n)s days to go", left) % {"n": left}
    tone, glyph = ("ambar", "state-waiting") if left <= terms.SOON_DAYS else ("verde", "state-ok")
    return Light(tone, glyph, words, _("due %(date)s") % due)


def other_clock(question: Question) -> str:
    """The clock that is not the due one, where a case has two."""
    other = terms.other_due_on(question)
    if other is None:
        return ""
    words = {"legal": _("by law %(date)s"), "event": _("by the event %(date)s")}
    return words[other[0]] % {"date": short_day(other[1])}


@dataclass(frozen=True)
class DeskState:
    """Where a case stands, in the words of the desk."""

    label: str
    glyph: str
    tone: str


def desk_state(question, answer_status: str | None = None) -> DeskState:
    """As the public status, but it tells who has it inside: new, or waiting for approval."""
    if answer_status == A.AWAITING_APPROVAL:
        return DeskState(_("To approve"), "state-waiting", "espera")
    if answer_status == A.SCHEDULED:
        return DeskState(_("Scheduled"), "state-waiting", "curso")
    glyph, tone = GLYPHS[question.status]
    if question.status == S.NEEDS_CLARIFICATION:
        return DeskState(_("Waiting for its author"), glyph, tone)
    if question.status == S.RECEIVED and question.visibility == V.UNMODERATED:
        return DeskState(_("Received"), "state-none", "")
    return DeskState(str(question.get_status_display()), glyph, tone)


def week(user, limit=8, at=None) -> list[Question]:
    """What is late or due this week, the earliest first."""
    today = clock.local_day(at)
    urgent = Question.objects.visible_to(user).filter(late(today) | due_soon(today))
    return list(with_desk_data(urgent).order_by("due_on", "number")[:limit])


def own_offices(user) -> set[int]:
    return set(user.office_memberships.values_list("office_id", flat=True))


def office_work(user, at=None) -> list[dict]:
    """Open, late and answered cases of each office this person may see; one query."""
    today = clock.local_day(at)
    rows = (
        Question.objects.visible_to(user)
        .filter(office__isnull=False)
        .order_by()
        .values("office_id")
        .annotate(
            open=Count("pk", filter=Q(status__in=S.OPEN)),
            late=Count("pk", filter=late(today)),
            answered=Count("pk", filter=Q(status=S.ANSWERED)),
            in_time=Count("pk", filter=Q(status=S.ANSWERED, closed_on__lte=F("due_on"))),
        )
    )
    found = {row["office_id"]: row for row in rows}
    return [{**found[o.pk], "office": o} for o in registry().offices if o.pk in found]


def history(question) -> list[Transition]:
    """Every move of the case and of its answers, oldest first, with who made it."""
    answers = question.answers.values("pk")
    of_case = Q(kind="question", object_id=question.pk)
    of_answers = Q(kind="answer", object_id__in=answers)
    moves = Transition.objects.filter(of_case | of_answers).select_related("actor")
    return list(moves.order_by("at", "pk"))


def answers_of(question) -> list[Answer]:
    return list(question.answers.select_related("office", "drafted_by", "approved_by"))


def visible_answers(user):
    """Answers to what this person may open."""
    questions = Question.objects.visible_to(user)
    return Answer.objects.filter(question__in=questions).select_related(
        "question__topic", "question__municipality", "question__office", "question__petition",
        "question__event", "office", "drafted_by", "approved_by",
    )  # fmt: skip


def may_draft(user, question) -> bool:
    """Whether this person may write the answer: somebody of its office."""
    is_own = question.office_id in own_offices(user) if question.office_id else False
    return is_own and user.has_perm(OWN_OFFICE)


def may_send_back(user, question) -> bool:
    """Whether this person may ask its author, or return it: the desk, or its office."""
    return user.has_perm(MODERATE) or may_draft(user, question)


def days_ago(days: int, at=None):
    return clock.local_day(at) - timedelta(days=days)


ANSWER_LOOKS = {
    A.DRAFT: ("state-progress", "curso"),
    A.AWAITING_APPROVAL: ("state-waiting", "espera"),
    A.SCHEDULED: ("state-waiting", "curso"),
    A.PUBLISHED: ("state-ok", "ok"),
}


def answer_state(answer: Answer) -> DeskState:
    glyph, tone = ANSWER_LOOKS[answer.status]
    return DeskState(str(answer.get_status_display()), glyph, tone)


def answer_moves(answer: Answer) -> dict[str, Transition]:
    """The last move of each kind on the way of an answer, with who made it."""
    of_answer = Q(kind="answer", object_id=answer.pk)
    assigned = Q(move__in=("assign_question", UNDO))
    of_case = Q(kind="question", object_id=answer.question_id) & assigned
    rows = Transition.objects.filter(of_answer | of_case).select_related("actor")
    return {row.move: row for row in standing(rows.order_by("at", "pk"))}
