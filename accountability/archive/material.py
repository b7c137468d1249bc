"""What the archive counts of some events, each table in one query however many they are."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Count, Max, OuterRef, Subquery, prefetch_related_objects

from accountability.models import Commitment, FrozenMatrix, Minutes, SessionRecord
from events.models import Document, Event, TopicProposal
from portal.base import clock
from questions.models import Question


def public_events() -> list[Event]:
    """Public events that were not called off, newest first; one query for years and for pages."""
    listed = Event.objects.public().exclude(status=Event.Status.CANCELLED)
    shown = listed.only(
        "slug", "title", "subtitle", "starts_at", "ends_at", "status", "announced_at",
        "topics_close_on",
    )  # fmt: skip
    return list(shown.order_by("-starts_at"))


def year_of(event: Event) -> int:
    return clock.local_day(event.starts_at).year


def year_in_focus(events: list[Event], at=None) -> int | None:
    """The year of the next event, else of the last one."""
    coming = [event for event in events if event.ends_at > clock.now(at)]
    shown = coming[-1:] or events[:1]
    return year_of(shown[0]) if shown else None


@dataclass(frozen=True)
class Counts:
    """How much of an event may be read, and since when; None where there is nothing."""

    topics_shown: int | None
    topic_at: datetime | None
    questions_shown: int | None
    questions_answered: int | None
    answered_on: date | None
    minutes_at: datetime | None
    record_at: datetime | None
    matrix_at: datetime | None
    commitments_shown: int | None


def _told(rows, what, event: str = "event") -> Subquery:
    """An aggregate of the rows of the event that is asked about."""
    own = rows.filter(**{event: OuterRef("pk")}).order_by().values(event)
    return Subquery(own.annotate(told=what).values("told"))


class Material:
    """Some events and what is public of them. Each part is read when it is asked for."""

    def __init__(self, events: list[Event], at=None):
        self.events, self.at = events, clock.now(at)
        self.by_id = {event.pk: event for event in events}

    @cached_property
    def by_year(self) -> dict[int, list[Event]]:
        found: dict[int, list[Event]] = {}
        for event in self.events:
            found.setdefault(year_of(event), []).append(event)
        return found

    @staticmethod
    def announced_on(event: Event) -> date:
        return clock.local_day(event.announced_at or event.starts_at)

    @cached_property
    def documents(self) -> list[Document]:
        """In the order of the events; none is asked for that was read with its event."""
        prefetch_related_objects(self.events, "documents")
        return [document for event in self.events for document in event.documents.all()]

    @cached_property
    def counts(self) -> dict[int, Counts]:
        """What each event has that is public, in one query."""
        questions = Question.objects.public()
        answered = questions.filter(status=Question.Status.ANSWERED)
        frozen = FrozenMatrix.objects.filter(record__in=SessionRecord.objects.public())
        rows = Event.objects.filter(pk__in=self.by_id).order_by().annotate(
            topics_shown=_told(TopicProposal.objects.public(), Count("pk")),
            topic_at=_told(TopicProposal.objects.public(), Max("proposed_at")),
            questions_shown=_told(questions, Count("pk")),
            questions_answered=_told(answered, Count("pk")),
            answered_on=_told(answered, Max("closed_on")),
            minutes_at=_told(Minutes.objects.public(), Max("published_at")),
            record_at=_told(SessionRecord.objects.public(), Max("published_at")),
            matrix_at=_told(frozen, Max("frozen_at"), "record__event"),
            commitments_shown=_told(Commitment.objects.public(), Count("pk")),
        )  # fmt: skip
        return {pk: Counts(*told) for pk, *told in rows.values_list("pk", *Counts.__annotations__)}
