"""What the page of a record reads, in a constant number of queries."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Exists, OuterRef

from accountability.models import (
    Attendance,
    Commitment,
    FrozenMatrix,
    Minutes,
    RecordFile,
    SessionRecord,
)
from accountability.session import was_opened
from events.models import AgendaItem
from events.schedule import TimedItem, timed_agenda
from portal.base.templatetags.portal import at_second
from questions.models import Question


@dataclass(frozen=True)
class Chapter:
    """An agenda item at its moment of the recording, with all that came of it.

    `section` is the number of its section in the minutes, None where they have none.
    """

    item: AgendaItem
    at: datetime
    address: str
    section: int | None
    questions: list[Question]
    commitments: list[Commitment]


class RecordPage:
    """One published record, and the ways from each moment to what it led to."""

    def __init__(self, record: SessionRecord):
        self.record, self.event = record, record.event

    @cached_property
    def chapters(self) -> list[Chapter]:
        """The agenda in the order of the session; a part stands after its item."""
        timed = timed_agenda(self.event, self.event.agenda.all())
        return [self._chapter(one) for moment in timed for one in (moment, *moment.parts)]

    def _chapter(self, timed: TimedItem) -> Chapter:
        item, url = timed.item, self.record.recording_address
        address = at_second(url, item.recording_second) if item.recording_second is not None else ""
        return Chapter(
            item, item.started_at or timed.starts_at, address, self._sections.get(item.pk),
            [q for q in self._questions if self._item_of(q) == item.pk],
            [c for c in self._commitments if c.item_id == item.pk],
        )  # fmt: skip

    @property
    def has_own_recording(self) -> bool:
        return bool(self.record.recording_file_id or self.record.audio_file_id)

    @property
    def leads_to_recording(self) -> bool:
        return any(chapter.address for chapter in self.chapters)

    @property
    def was_opened(self) -> bool:
        return was_opened(self.event)

    @property
    def has_real_times(self) -> bool:
        return any(chapter.item.started_at for chapter in self.chapters)

    @cached_property
    def minutes(self) -> Minutes | None:
        """The edition in force."""
        return Minutes.objects.in_force(self.event)

    @cached_property
    def _sections(self) -> dict[int, int]:
        """Which section of the minutes tells of an item, by its number there."""
        if self.minutes is None:
            return {}
        items = self.minutes.sections.order_by("order", "pk").values_list("item", flat=True)
        return {item: number for number, item in enumerate(items, 1) if item}

    @cached_property
    def _questions(self) -> list[Question]:
        """Those that were answered aloud, as the recording goes."""
        aloud = Question.objects.public().filter(event=self.event, live_second__isnull=False)
        return list(aloud.order_by("live_second", "pk"))

    def _item_of(self, question: Question) -> int | None:
        """The item that was running at the second of its answer."""
        running = None
        for item in self._by_second:
            if item.recording_second <= question.live_second:
                running = item.pk
        return running

    @cached_property
    def _by_second(self) -> list[AgendaItem]:
        told = [item for item in self.event.agenda.all() if item.recording_second is not None]
        return sorted(told, key=lambda item: (item.recording_second, item.parent_id or 0))

    @cached_property
    def _commitments(self) -> list[Commitment]:
        public = Question.objects.public().filter(pk=OuterRef("question_id"))
        made = Commitment.objects.public().filter(event=self.event).select_related("question")
        return list(made.annotate(question_is_public=Exists(public)).order_by("reference"))

    @property
    def loose_commitments(self) -> list[Commitment]:
        """Those of no item of the agenda."""
        items = {chapter.item.pk for chapter in self.chapters}
        return [one for one in self._commitments if one.item_id not in items]

    @property
    def loose_questions(self) -> list[Question]:
        """Those answered aloud in no item that tells its second."""
        return [one for one in self._questions if self._item_of(one) is None]

    @cached_property
    def attendance(self) -> list[Attendance]:
        return list(self.record.attendance.order_by("pk"))

    @property
    def people(self) -> int:
        return sum(row.count for row in self.attendance)

    @cached_property
    def _files(self) -> list[RecordFile]:
        return list(public_files().filter(record=self.record))

    @property
    def photographs(self) -> list[RecordFile]:
        return self._of_kind(RecordFile.Kind.PHOTO)

    @property
    def presentations(self) -> list[RecordFile]:
        return self._of_kind(RecordFile.Kind.PRESENTATION)

    @property
    def received(self) -> list[RecordFile]:
        return self._of_kind(RecordFile.Kind.RECEIVED)

    def _of_kind(self, kind: str) -> list[RecordFile]:
        return [file for file in self._files if file.kind == kind]

    @cached_property
    def matrix(self) -> FrozenMatrix | None:
        """The newest frozen one."""
        return self.record.matrices.select_related("stored").first()


def public_files():
    """The files of published records of public events, as pages list them."""
    return RecordFile.objects.public().select_related("stored", "small", "item")


def record_page(event_slug: str) -> RecordPage | None:
    """The published record of a public event, or None."""
    public = SessionRecord.objects.of_public_events()
    found = public.select_related("event__live", "recording_file", "audio_file", "captions_file")
    record = found.prefetch_related("event__agenda").filter(event__slug=event_slug).first()
    return RecordPage(record) if record else None
