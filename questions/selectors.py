"""What the public pages of contributions read, in a constant number of queries."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, F, OuterRef, Q, Subquery

from entity.registry import registry, working_calendar
from portal.base import clock, search
from portal.base.models import Transition
from questions import codes, terms
from questions.models import Answer, Question
from questions.status import public_status

S, V = Question.Status, Question.Visibility

# Closed without an answer of its own: joined, transferred, moved, archived, lapsed.
CLOSED_OTHERWISE = Q(status__in=S.CLOSED) & ~Q(status=S.ANSWERED)

# Moves the public may read of, and no others: texts and reasons stay inside.
PUBLIC_MOVES = {
    "submit_question", "publish_text", "assign_question", "ask_for_clarification",
    "answer_clarification", "merge_question", "split_question", "transfer_question",
    "move_to_pqrsd", "publish_answer", "reopen_question", "extend_term", "withdraw_question",
    "lapse_question", "archive_question", "restore_question", "recount_term",
}  # fmt: skip


def public_questions(event=None):
    questions = Question.objects.public()
    return questions.filter(event=event) if event else questions


def _asked_for(questions, typed):
    """The one whose number or filing number was typed, or else what holds the words."""
    named = questions.filter(_named(typed))
    if named.exists():
        return named
    found = search.find(typed, kind="question").values("object_id")
    return questions.filter(pk__in=found)


def _named(typed):
    """A reference as it is written, or a number by itself (one that a database can hold)."""
    reference = Q(reference=codes.normalised_reference(typed))
    if typed.isdecimal() and len(typed) <= 12:
        return reference | Q(number=int(typed))
    return reference


class QuestionList:
    """A filtered list with its counts by state."""

    def __init__(self, form, event=None, at=None):
        self.form, self.event = form, event
        self.today = clock.local_day(at)
        self.is_valid = form.is_valid()

    @cached_property
    def _matching(self):
        """Everything the filters leave, whatever its state."""
        if not self.is_valid:
            return Question.objects.none()
        data, snapshot = self.form.cleaned_data, registry()
        questions = public_questions(self.event)
        if data["q"]:
            questions = _asked_for(questions, data["q"])
        if data["tema"]:
            questions = questions.filter(topic=snapshot.topic_by_slug[data["tema"]])
        if data["municipio"]:
            questions = questions.filter(municipality_id=data["municipio"])
        if data["oficina"]:
            questions = questions.filter(office__code=data["oficina"])
        return questions

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many of the matching ones are in each state; one query."""
        late = Q(status__in=S.RUNNING, due_on__lt=self.today)
        return self._matching.aggregate(
            todas=Count("pk"),
            respondidas=Count("pk", filter=Q(status=S.ANSWERED)),
            en_respuesta=Count("pk", filter=Q(status__in=S.OPEN) & ~late),
            atrasadas=Count("pk", filter=late),
            cerradas=Count("pk", filter=CLOSED_OTHERWISE),
        )

    @cached_property
    def queryset(self):
        questions = self._matching.with_list_data()
        state = self.state
        late = Q(status__in=S.RUNNING, due_on__lt=self.today)
        if state == "respondidas":
            questions = questions.filter(status=S.ANSWERED)
        elif state == "en-respuesta":
            questions = questions.filter(status__in=S.OPEN).exclude(late)
        elif state == "atrasadas":
            questions = questions.filter(late)
        elif state == "cerradas":
            questions = questions.filter(CLOSED_OTHERWISE)
        if self.is_valid and self.form.cleaned_data.get("orden") == "respondidas":
            return questions.order_by(F("closed_on").desc(nulls_last=True), "-number")
        return questions.order_by("-number")

    @property
    def state(self) -> str:
        return self.form.cleaned_data["estado"] if self.is_valid else ""

    @property
    def facets(self) -> list[str]:
        """The words of the chosen lists and of the state, for the heading."""
        words = [text for name, text in self.chosen.items() if name != "q"]
        states = dict(self.form.fields["estado"].choices)
        return [*words, str(states[self.state])] if self.state else words

    @property
    def chosen(self) -> dict[str, str]:
        """Filters in use with their words, to be shown and taken away one by one."""
        if not self.is_valid:
            return {}
        chosen = {}
        for name in ("q", "tema", "municipio", "oficina"):
            value = self.form.cleaned_data[name]
            if value:
                choices = dict(getattr(self.form.fields[name], "choices", []))
                chosen[name] = str(choices.get(value, value))
        return chosen


def with_summaries(questions):
    """Rows of a page with their status and the summary of the standing answer; one query more."""
    questions = list(questions)
    answers = Answer.objects.public().filter(question__in=[q.pk for q in questions])
    newest = {a.question_id: a for a in answers.order_by("edition")}
    for question in questions:
        question.shown_status = public_status(question)
        question.standing_answer = newest.get(question.pk)
    return questions


def addressable():
    """Contributions whose address was public once: published, or withdrawn after it."""
    return Question.objects.filter(
        Q(visibility=V.PUBLISHED) | Q(published_at__isnull=False)
    ).select_related("topic", "municipality", "office", "event", "petition", "merged_into")


def is_public(question) -> bool:
    return question.visibility == V.PUBLISHED


def published_answers(question):
    """Published editions, newest first."""
    return list(question.answers.public().select_related("office").order_by("-edition"))


def public_history(question):
    """The moves a reader may see, oldest first."""
    return list(Transition.objects.of("question", question.pk).filter(move__in=PUBLIC_MOVES))


def merged_into(question):
    """The contribution this one was joined to, if the public may read it."""
    into = question.merged_into
    return into if into and is_public(into) else None


@dataclass(frozen=True)
class WhyThisDate:
    """What explains a due day besides the case itself."""

    is_paused: bool
    was_clarified: bool
    skipped: list


def why_this_date(question, history):
    """Why the answer is due that day; None where no answer is due from here any more."""
    if question.status not in (*S.OPEN, S.ANSWERED):
        return None
    moves = [move.move for move in history]
    if "reopen_question" in moves:
        moves = moves[moves.index("reopen_question") :]
    return WhyThisDate(
        is_paused=question.status in S.PAUSED,
        was_clarified="answer_clarification" in moves,
        skipped=terms.skipped_days(question, working_calendar()),
    )


def own_case(pk):
    """The case of an author who proved to be one."""
    return (
        Question.objects.filter(pk=pk)
        .select_related("topic", "municipality", "office", "event", "petition", "merged_into")
        .first()
    )


def pending_clarification(question):
    """What the author is still asked, with the last day to reply."""
    return question.clarifications.filter(replied_at__isnull=True).last()


def newest_of(event, limit=3):
    """The newest published contributions of an event."""
    return list(public_questions(event).with_list_data().order_by("-number")[:limit])


def latest_answered(limit=3):
    """The contributions answered last, with the summary of their answer."""
    summary = Answer.objects.public().filter(question=OuterRef("pk")).order_by("-edition")
    return list(
        Question.objects.public()
        .filter(status=S.ANSWERED)
        .with_list_data()
        .annotate(answer_summary=Subquery(summary.values("summary")[:1]))
        .order_by("-closed_on", "-number")[:limit]
    )


def event_figures(event) -> dict[str, int]:
    """Received (all channels, public or not), answered, and answered within the term; one query."""
    return Question.objects.filter(event=event).aggregate(
        received=Count("pk"),
        published=Count("pk", filter=Q(visibility=V.PUBLISHED)),
        answered=Count("pk", filter=Q(status=S.ANSWERED)),
        in_term=Count("pk", filter=Q(status=S.ANSWERED, closed_on__lte=F("due_on"))),
        open=Count("pk", filter=Q(status__in=S.OPEN)),
    )
