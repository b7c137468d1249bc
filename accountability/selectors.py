"""What the pages of one commitment and of the minutes read, in a constant number of queries."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import count

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects

from accountability.models import (
    Attendance,
    Commitment,
    CommitmentUpdate,
    Evidence,
    Minutes,
    SessionRecord,
)
from accountability.status import commitment_status, days_words, quiet_since
from events.models import Event
from portal.base import clock
from questions.models import Question
from questions.status import PublicStatus

OTHERS_SHOWN = 3


@dataclass(frozen=True)
class Row:
    """A commitment with its words at one instant."""

    commitment: Commitment
    status: PublicStatus
    days: str
    quiet_since: date | None


def row(commitment: Commitment, at=None) -> Row:
    return Row(
        commitment,
        commitment_status(commitment, at),
        days_words(commitment, at),
        quiet_since(commitment, at),
    )


def commitments_with_page_data():
    """Public commitments with all their page tells, and whether its links may be shown."""
    evidence = Prefetch("evidence", Evidence.objects.select_related("stored").order_by("pk"))
    updates = CommitmentUpdate.objects.public().prefetch_related(evidence)
    questions = Question.objects.public().filter(pk=OuterRef("question_id"))
    minutes = Minutes.objects.public().filter(event=OuterRef("event_id"))
    return (
        Commitment.objects.public()
        .select_related("office", "event", "question__municipality")
        .prefetch_related("municipalities", "date_changes", Prefetch("updates", updates))
        .annotate(question_is_public=Exists(questions), has_minutes=Exists(minutes))
    )


@dataclass(frozen=True)
class Entry:
    """A dated entry of the timeline. `rank` orders what happened on one day, last first."""

    day: date
    rank: int
    kind: str
    of: object


class CommitmentPage:
    """One commitment at one instant."""

    def __init__(self, commitment: Commitment, at=None):
        self.commitment = commitment
        self.row = row(commitment, at)

    @cached_property
    def timeline(self) -> list[Entry]:
        """News, changes of date, the end and the signing; newest first."""
        commitment = self.commitment
        entries = [Entry(clock.local_day(commitment.event.starts_at), 0, "signed", commitment)]
        entries += [Entry(u.happened_on, 1, "update", u) for u in commitment.updates.all()]
        entries += [Entry(c.changed_on, 2, "change", c) for c in commitment.date_changes.all()]
        if commitment.closed_on:
            entries.append(Entry(commitment.closed_on, 3, "closed", commitment))
        return sorted(entries, key=lambda e: (e.day, e.rank, e.of.pk), reverse=True)

    @cached_property
    def others(self) -> list[Commitment]:
        """Other unfinished commitments of the same office, the nearest date first."""
        same = Commitment.objects.public().unfinished().filter(office=self.commitment.office_id)
        return list(same.exclude(pk=self.commitment.pk).order_by("due_on", "pk")[:OTHERS_SHOWN])

    @property
    def cells(self) -> list[tuple[str, str, bool]]:
        """One cell for each thing promised: x, width, and whether it is done."""
        commitment = self.commitment
        step = 100 / commitment.target
        width = f"{step * 0.92:.2f}%"
        return [(f"{n * step:.2f}%", width, n < commitment.done) for n in range(commitment.target)]


def public_evidence():
    """Proofs with a file that anybody may open."""
    return Evidence.objects.public().filter(stored__isnull=False).select_related("stored")


# Minutes --------------------------------------------------------------------------------------


class MinutesPage:
    """The newest published edition of an event's minutes, and the earlier ones by name."""

    def __init__(self, editions: list[Minutes]):
        self.minutes, *self.earlier = editions
        self.event = self.minutes.event

    @cached_property
    def sections(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """Each section with its paragraphs, numbered from the first of the document to the last."""
        number = count(1)
        return [
            (section.title, [(next(number), text) for text in section.paragraphs])
            for section in self.minutes.sections.all()
        ]

    @cached_property
    def attendance(self) -> list[Attendance]:
        records = SessionRecord.objects.public().filter(event=self.event)
        return list(Attendance.objects.filter(record__in=records).order_by("pk"))

    @cached_property
    def commitments(self) -> list[Commitment]:
        made = Commitment.objects.public().filter(event=self.event)
        return list(made.select_related("office").order_by("reference"))


def minutes_page(event_slug: str) -> MinutesPage | None:
    """The minutes of a public event, or None while no edition is published."""
    editions = Minutes.objects.public().filter(
        event__in=Event.objects.public(), event__slug=event_slug
    )
    found = list(editions.select_related("event").order_by("-edition"))
    return MinutesPage(_with_parts(found)) if found else None


def _with_parts(editions: list[Minutes]) -> list[Minutes]:
    """Only the edition that is shown needs its parts."""
    prefetch_related_objects(editions[:1], "sections", "signatories")
    return editions
