"""What the pages of the minutes read, in a constant number of queries."""

from functools import cached_property
from itertools import count

from django.db.models import prefetch_related_objects

from accountability.minutes import differences
from accountability.models import (
    Attendance,
    Commitment,
    Minutes,
    MinutesRemark,
    MinutesSection,
    SessionRecord,
)
from events.models import Event

K = MinutesSection.Kind


class Document:
    """One edition or draft: its sections with their paragraphs, numbered through the document."""

    def __init__(self, minutes: Minutes):
        self.minutes = minutes
        self.event = minutes.event
        prefetch_related_objects([minutes], "sections", "signatories")

    @cached_property
    def sections(self) -> list[tuple[str, list[tuple[int, str]]]]:
        number = count(1)
        return [
            (section.title, [(next(number), text) for text in section.paragraphs])
            for section in self.minutes.sections.all()
        ]

    @property
    def paragraphs(self) -> list[str]:
        return [text for _title, numbered in self.sections for _number, text in numbered]

    @property
    def paragraph_count(self) -> int:
        return len(self.paragraphs)

    @cached_property
    def attendance(self) -> list[Attendance]:
        records = SessionRecord.objects.public().filter(event=self.event)
        return list(Attendance.objects.filter(record__in=records).order_by("pk"))

    @cached_property
    def remarks(self) -> list[MinutesRemark]:
        """The answered remarks about this edition's draft, in the order they came."""
        return list(MinutesRemark.objects.public().filter(minutes=self.minutes))


class MinutesPage(Document):
    """A published edition, and the others of the same event by name."""

    def __init__(self, minutes: Minutes, editions: list[Minutes]):
        super().__init__(minutes)
        self.newest = editions[0]
        self.others = [edition for edition in editions if edition.pk != minutes.pk]
        self.earlier = [e for e in self.others if e.edition < minutes.edition]

    @property
    def is_newest(self) -> bool:
        return self.minutes.pk == self.newest.pk

    @cached_property
    def commitments(self) -> list[Commitment]:
        """The table beneath the text; minutes that tell of them in a section need none."""
        if any(section.kind == K.COMMITMENTS for section in self.minutes.sections.all()):
            return []
        made = Commitment.objects.public().filter(event=self.event)
        return list(made.select_related("office").order_by("reference"))

    @cached_property
    def changes(self) -> list[differences.Change]:
        """What this edition changed against the one before it."""
        if not self.earlier:
            return []
        return differences.between(Document(self.earlier[0]).paragraphs, self.paragraphs)


def _of_public_event(minutes, event_slug: str):
    shown = minutes.filter(event__in=Event.objects.public(), event__slug=event_slug)
    return shown.select_related("event", "drawn", "signed").order_by("-edition")


def minutes_page(event_slug: str, edition: int | None = None) -> MinutesPage | None:
    """The newest published minutes of a public event, or one edition; None where there is none."""
    found = list(_of_public_event(Minutes.objects.public(), event_slug))
    shown = next((m for m in found if edition in (None, m.edition)), None)
    return MinutesPage(shown, found) if shown else None


def open_draft(event_slug: str) -> Document | None:
    """The draft about which remarks are, or were just, asked for."""
    draft = _of_public_event(Minutes.objects.open_draft(), event_slug).first()
    return Document(draft) if draft else None


def asked_about(event_slug: str) -> Document | None:
    """The newest edition about whose draft remarks were ever asked for, whatever became of it."""
    asked = _of_public_event(Minutes.objects.exclude(remarks_until=None), event_slug).first()
    return Document(asked) if asked else None


def events_without_minutes():
    """Public events whose first edition may begin, the last one first."""
    return Event.objects.public().filter(minutes_editions=None).order_by("-starts_at")
