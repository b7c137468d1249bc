"""What the pages of one commitment read, in a constant number of queries."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, Prefetch

from accountability.models import (
    Commitment,
    CommitmentNote,
    CommitmentUpdate,
    Evidence,
    Minutes,
)
from accountability.status import commitment_status, days_words, quiet_since
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
    notes = CommitmentNote.objects.public().select_related("municipality")
    questions = Question.objects.public().filter(pk=OuterRef("question_id"))
    minutes = Minutes.objects.public().filter(event=OuterRef("event_id"))
    return (
        Commitment.objects.public()
        .select_related("office", "event", "item", "question__municipality")
        .prefetch_related("municipalities", "date_changes", Prefetch("updates", updates))
        .prefetch_related(Prefetch("notes", notes))
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
        """News, notes of neighbours, changes of date, the end and the signing; newest first."""
        commitment = self.commitment
        entries = [Entry(clock.local_day(commitment.event.starts_at), 0, "signed", commitment)]
        entries += [Entry(u.happened_on, 1, "update", u) for u in commitment.updates.all()]
        entries += [Entry(c.changed_on, 2, "change", c) for c in commitment.date_changes.all()]
        entries += [
            Entry(clock.local_day(n.received_at), 1, "note", n) for n in commitment.notes.all()
        ]
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
