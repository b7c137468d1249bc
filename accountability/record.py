"""The record of an event that is past: what was said, asked and promised."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import OuterRef, Subquery, Sum
from django.utils.translation import gettext as _

from accountability import figures
from accountability.models import Attendance, Commitment, Minutes, SessionRecord
from entity.registry import working_calendar
from events.labels import public_status
from events.models import Event
from portal.base import clock
from questions.status import PublicStatus

OTHERS_EACH_SIDE = 2


@dataclass(frozen=True)
class Moment:
    """An agenda item at the hour it really began, where the console noted it."""

    item: object
    at: datetime
    address: str
    parts: tuple["Moment", ...] = ()


def record_of(event: Event) -> SessionRecord | None:
    """The published record with `people`, the sum of its channels; one query."""
    counted = Attendance.objects.filter(record=OuterRef("pk")).order_by().values("record")
    total = counted.annotate(total=Sum("count")).values("total")
    records = SessionRecord.objects.public().filter(event=event)
    return records.select_related("event").annotate(people=Subquery(total)).first()


class EventFigures:
    """The four figures of an event; each is read only when the page asks for it."""

    def __init__(self, event: Event, at=None):
        self.event, self.at = event, clock.now(at)

    @cached_property
    def record(self) -> SessionRecord | None:
        return record_of(self.event)

    @property
    def people(self) -> int | None:
        return self.record.people if self.record else None

    @cached_property
    def questions(self) -> figures.QuestionFigures:
        return figures.figures_of(self.event, self.at)

    @cached_property
    def balance(self) -> figures.Balance:
        return figures.balance(Commitment.objects.public().filter(event=self.event), self.at)


class EventRecord(EventFigures):
    """All that the page of a past event shows beside the event itself."""

    def __init__(self, page):
        super().__init__(page.event, page.at)
        self.page = page

    @property
    def took_place(self) -> bool:
        return self.event.status not in (*Event.Status.BAD_NEWS, Event.Status.DRAFT)

    @property
    def state(self) -> PublicStatus:
        """What became of the event, as shape, word and colour."""
        if self.event.status == Event.Status.HELD:
            return PublicStatus(public_status(self.event), "", "state-ok", "ok")
        if self.took_place:
            return PublicStatus(_("It has ended"), "", "state-waiting", "espera")
        return PublicStatus(public_status(self.event), "", "state-late", "alerta")

    @cached_property
    def minutes(self) -> Minutes | None:
        """The newest published edition."""
        return Minutes.objects.in_force(self.event)

    @property
    def minutes_due_on(self) -> date:
        """Working days after the event, as its kind says: five by law (DUR 1076 de 2015)."""
        day = clock.local_day(self.event.starts_at)
        return working_calendar().add(day, self.event.kind.minutes_days)

    @property
    def minutes_late(self) -> bool:
        return not self.minutes and clock.local_day(self.at) > self.minutes_due_on

    @property
    def correction(self) -> Minutes | None:
        """The newest edition of the minutes, when it corrects an earlier one."""
        corrects = self.minutes and self.minutes.edition > 1 and self.minutes.change_note
        return self.minutes if corrects else None

    @cached_property
    def moments(self) -> list[Moment]:
        """The agenda at its real hours; with a recording, each leads to its second."""
        url = self.record.recording_address if self.record else ""

        def moment(timed) -> Moment:
            leads = timed.item.recording_second is not None
            parts = tuple(moment(part) for part in timed.parts)
            at = timed.item.started_at or timed.starts_at
            return Moment(timed.item, at, url if leads else "", parts)

        return [moment(timed) for timed in self.page.agenda]

    @property
    def has_real_times(self) -> bool:
        return any(item.started_at for item in self.event.agenda.all())

    @property
    def leads_to_video(self) -> bool:
        shown = (part for moment in self.moments for part in (moment, *moment.parts))
        return any(moment.address for moment in shown)

    @cached_property
    def others(self) -> list[Event]:
        """The events held before and after this one, newest first, with this one among them."""
        past = Event.objects.public().exclude(status__in=Event.Status.BAD_NEWS)
        shown = past.only("slug", "title", "subtitle", "starts_at", "cutoff_on")
        days = list(shown.filter(ends_at__lte=self.at).order_by("-starts_at"))
        here = next((n for n, event in enumerate(days) if event.pk == self.event.pk), None)
        if here is None:
            return days[: 2 * OTHERS_EACH_SIDE]
        first = max(0, here - OTHERS_EACH_SIDE)
        return days[first : here + OTHERS_EACH_SIDE + 1]


@dataclass(frozen=True)
class ArchiveRow:
    """An event in the archive with its numbers."""

    event: Event
    questions: figures.QuestionFigures
    balance: figures.Balance
    is_past: bool
    has_minutes: bool


def archive_rows(years, at=None) -> list[tuple[int, list[ArchiveRow]]]:
    """The years of the archive with the numbers of each event, in three queries."""
    at = clock.now(at)
    events = [event for _year, listed in years for event in listed]
    ids = [event.pk for event in events]
    questions = figures.question_figures(events, at)
    balances = figures.balances(Commitment.objects.public().filter(event__in=ids), at)
    minutes = set(Minutes.objects.public().filter(event__in=ids).values_list("event_id", flat=True))

    def archive_row(event):
        return ArchiveRow(
            event,
            questions.get(event.pk, figures.QuestionFigures()),
            balances.get(event.pk, figures.Balance()),
            event.status == Event.Status.HELD or event.ends_at <= at,
            event.pk in minutes,
        )

    return [(year, [archive_row(event) for event in listed]) for year, listed in years]
