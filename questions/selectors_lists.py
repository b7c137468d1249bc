"""What the lists of published contributions read, in a constant number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.db.models import Count, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from entity.registry import registry
from portal.base import clock, search
from portal.base.search_index import among
from questions import about, codes
from questions.models import Answer, Interest, Question
from questions.status import public_status

S = Question.Status

# Closed without an answer of its own: joined, transferred, moved, archived, lapsed.
CLOSED_OTHERWISE = Q(status__in=S.CLOSED) & ~Q(status=S.ANSWERED)

ICONS = {
    "respondidas": "state-ok",
    "en-respuesta": "state-progress",
    "atrasadas": "state-late",
    "cerradas": "state-none",
}
# Said of terms, across the states above: they are links of their own and add up to nothing.
TERM_STATES = ("vencen-esta-semana", "respondidas-a-tiempo", "respondidas-tarde")


def state_filters(today) -> dict[str, Q]:
    """Which contributions are in each state that a list may be asked for.

    On time is what was answered on its due day at the latest, extensions included. What was
    joined, transferred or closed otherwise has no answer of its own: it is in neither.
    """
    late = Q(status__in=S.RUNNING, due_on__lt=today)
    sunday = today + timedelta(days=6 - today.weekday())
    return {
        "respondidas": Q(status=S.ANSWERED),
        "en-respuesta": Q(status__in=S.OPEN) & ~late,
        "atrasadas": late,
        "cerradas": CLOSED_OTHERWISE,
        "vencen-esta-semana": Q(status__in=S.RUNNING, due_on__range=(today, sunday)),
        "respondidas-a-tiempo": Q(status=S.ANSWERED, closed_on__lte=F("due_on")),
        "respondidas-tarde": Q(status=S.ANSWERED, closed_on__gt=F("due_on")),
    }


def supporters(of="pk"):
    """How many people more want each contribution answered; counted, never kept."""
    rows = Interest.objects.filter(question=OuterRef(of)).order_by().values("question")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


def public_questions(event=None):
    questions = Question.objects.public()
    return questions.filter(event=event) if event else questions


def _asked_for(questions, typed) -> list[int]:
    """The one whose number or filing number was typed, or else the newest that hold the words."""
    named = list(questions.filter(_named(typed)).values_list("pk", flat=True))
    return named or search.objects(typed, kind="question")


def _named(typed):
    """A reference as it is written, or a number by itself (one that a database can hold)."""
    reference = Q(reference=codes.normalised_reference(typed))
    if typed.isdecimal() and len(typed) <= 12:
        return reference | Q(number=int(typed))
    return reference


@dataclass(frozen=True)
class State:
    """One link of a list: all, or those in a state, with how many there are."""

    value: str
    label: str
    count: int
    icon: str = ""


class QuestionList:
    """A filtered list with its counts by state."""

    def __init__(self, form, event=None, at=None):
        self.form, self.event = form, event
        self.filters = state_filters(clock.local_day(at))
        self.is_valid = form.is_valid()

    @cached_property
    def _matching(self):
        """Everything the filters leave, whatever its state."""
        if not self.is_valid:
            return Question.objects.none()
        data, snapshot = self.form.cleaned_data, registry()
        questions = public_questions(self.event)
        if data["q"]:
            questions = questions.filter(pk__in=among(self._asked_for[: search.MOST_FOUND]))
        if data["tema"]:
            questions = questions.filter(topic=snapshot.topic_by_slug[data["tema"]])
        if data["municipio"]:
            questions = questions.filter(municipality_id=data["municipio"])
        if data["oficina"]:
            questions = questions.filter(office__code=data["oficina"])
        if data["sobre"]:
            questions = questions.filter(event=self.event, about=data["sobre"])
        return questions

    @cached_property
    def _asked_for(self) -> list[int]:
        """Keys of what the typed words find, read once: the counts and the page need them."""
        return _asked_for(public_questions(self.event), self.form.cleaned_data["q"])

    @cached_property
    def _about(self) -> str:
        """The name of what the list is asked about; the bare word where nothing has it."""
        key = self.form.cleaned_data["sobre"]
        return about.name_of(self.event, key) or key

    @property
    def is_cut(self) -> bool:
        """Whether the words find more than a list looks through."""
        asks = self.is_valid and self.form.cleaned_data["q"]
        return bool(asks) and len(self._asked_for) > search.MOST_FOUND

    @property
    def number(self) -> int:
        """How many there are in the state that was asked for."""
        return self._counts[self.state or "all"] if self.is_valid else 0

    @cached_property
    def _counts(self) -> dict[str, int]:
        """How many of the matching ones are in each state; one query, which an index can answer."""
        names = {value.replace("-", "_"): which for value, which in self.filters.items()}
        counts = {name: Count("status", filter=which) for name, which in names.items()}
        found = self._matching.order_by().aggregate(all=Count("*"), **counts)
        return {name.replace("_", "-"): number for name, number in found.items()}

    def _state(self, value) -> State:
        label = dict(self.form.fields["estado"].choices)[value]
        return State(value, str(label), self._counts[value or "all"], ICONS.get(value, ""))

    @property
    def states(self) -> Iterator[State]:
        """All, then the states that add up to all."""
        return map(self._state, ("", *ICONS))

    @property
    def term_states(self) -> Iterator[State]:
        """Due this week, answered on time, answered late."""
        return map(self._state, TERM_STATES)

    @cached_property
    def keys(self):
        """Keys of what is listed, in order; the rows of one page are read by theirs alone.

        What words found is walked from their few keys: `number + 0` keeps the planners from walking
        all numbers instead.
        """
        questions = self._matching
        if self.state:
            questions = questions.filter(self.filters[self.state])
        order = self.form.cleaned_data.get("orden") if self.is_valid else ""
        if order == "respondidas":
            questions = questions.order_by(F("closed_on").desc(nulls_last=True), "-number")
        elif order == "apoyadas":
            questions = questions.alias(given=supporters()).order_by("-given", "-number")
        elif self.is_valid and self.form.cleaned_data["q"]:
            questions = questions.order_by((F("number") + 0).desc())
        else:
            questions = questions.order_by("-number")
        return questions.values_list("pk", flat=True)

    @property
    def state(self) -> str:
        return self.form.cleaned_data["estado"] if self.is_valid else ""

    @property
    def explanation(self) -> str:
        """How a list about terms is counted; empty for the others."""
        return {
            "vencen-esta-semana": _("Open, and due between today and Sunday."),
            "atrasadas": _("Open, and its last day has passed."),
            "respondidas-a-tiempo": _("Answered on the last day of the term or before."),
            "respondidas-tarde": _("Answered after the last day of the term."),
        }.get(self.state, "")

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
        if self.event and self.form.cleaned_data["sobre"]:
            chosen["sobre"] = self._about
        return chosen


def listed(keys) -> list[Question]:
    """The contributions of one page of keys, in that order, with what a list shows."""
    keys = list(keys)
    shown = Question.objects.with_list_data().annotate(supporters=supporters()).in_bulk(keys)
    return with_summaries(shown[key] for key in keys)


def with_summaries(questions):
    """Rows of a page with their status and the summary of the standing answer; one query more."""
    questions = list(questions)
    answers = Answer.objects.public().filter(question__in=[q.pk for q in questions])
    newest = {a.question_id: a for a in answers.order_by("edition")}
    for question in questions:
        question.shown_status = public_status(question)
        question.standing_answer = newest.get(question.pk)
    return questions


def newest_of(event, limit=3):
    """The newest published contributions of an event, each with the number of all (`of_all`)."""
    shown = public_questions(event).with_list_data().annotate(of_all=Window(Count("pk")))
    return list(shown.order_by("-number")[:limit])


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
