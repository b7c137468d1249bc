"""What the public pages of events read, in a constant number of queries."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Prefetch

from events import schedule
from events.changes import Change, changes_of, last_of_hours
from events.models import (
    AgendaItem,
    Document,
    Event,
    EventMedia,
    ReportDelivery,
    Result,
    StreamLink,
)
from events.session import state as session
from portal.base import clock

Kind = EventMedia.Kind


@dataclass
class EventPage:
    """One event with all that its page shows, at one instant."""

    event: Event
    at: object

    @cached_property
    def phase(self) -> schedule.Phase:
        return schedule.phase(self.event, self.at)

    @cached_property
    def shows_session(self) -> bool:
        """Whether the address shows the session: while it is live, and just before it starts."""
        if self.phase == schedule.Phase.BEFORE and not self.is_bad_news:
            return session.state(self.event, self.at) in (session.State.SOON, session.State.DELAYED)
        return self.phase == schedule.Phase.LIVE

    @cached_property
    def window(self) -> schedule.QuestionWindow:
        return schedule.question_window(self.event, self.at)

    @cached_property
    def days_left(self) -> int:
        return schedule.days_left(self.event, self.at)

    @cached_property
    def agenda(self) -> list[schedule.TimedItem]:
        return schedule.timed_agenda(self.event, self.event.agenda.all())

    @cached_property
    def papers(self) -> dict[int, list[Document]]:
        """The documents of each agenda item, by its key."""
        found: dict[int, list[Document]] = {}
        for document in self.event.documents.all():
            if document.agenda_item_id:
                found.setdefault(document.agenda_item_id, []).append(document)
        return found

    @cached_property
    def changes(self) -> list[Change]:
        return changes_of(self.event)

    @property
    def new_hours(self) -> Change | None:
        """What a banner tells until the event is over: its day or hour is another one."""
        is_over = self.phase == schedule.Phase.PAST
        return None if is_over else last_of_hours(self.event, self.changes)

    @property
    def recordings(self) -> list[StreamLink]:
        return [stream for stream in self.event.streams.all() if stream.recording_url]

    @property
    def weighs_unknown(self) -> bool:
        """Whether a video is among the streams that says nothing of the data it uses."""
        sound = (StreamLink.Kind.RADIO, StreamLink.Kind.AUDIO)
        return any(
            not stream.megabytes_a_minute and stream.kind not in sound
            for stream in self.event.streams.all()
        )

    @property
    def is_bad_news(self) -> bool:
        return self.event.status in Event.Status.BAD_NEWS

    @property
    def norms(self) -> list[str]:
        return [line.strip() for line in self.event.norms.splitlines() if line.strip()]


def event_page(event: Event, at=None) -> EventPage:
    return EventPage(event, clock.now(at))


def _of_event(model) -> Exists:
    """Whether there is any: the page asks for none where there is none."""
    return Exists(model.objects.filter(event=OuterRef("pk")))


def _drawn(kind) -> Exists:
    return Exists(EventMedia.objects.filter(event=OuterRef("pk"), kind=kind))


def with_page_data(events):
    """`events` with what a page of one needs, each relation in one query."""
    # The leaflet in letter size is drawn last: with it all four sheets are there.
    events = events.annotate(
        has_card=_drawn(Kind.CARD),
        has_sheets=_drawn(Kind.LEAFLET_LETTER),
        has_results=_of_event(Result),
        has_deliveries=_of_event(ReportDelivery),
    )
    return with_live_data(events.select_related("municipality")).prefetch_related(
        "ways",
        "sections",
        Prefetch("documents", Document.objects.select_related("stored", "agenda_item")),
    )


def with_live_data(events):
    """`events` with what the changing part of a live page needs: session, agenda, streams."""
    return events.select_related("kind", "live__current_item").prefetch_related(
        Prefetch("agenda", AgendaItem.objects.select_related("office")), "streams"
    )


def archive_years(at=None) -> list[int]:
    """Years with a public event, newest first."""
    return [day.year for day in Event.objects.public().dates("starts_at", "year", order="DESC")]


def public_events(year: int | None = None) -> list[Event]:
    """Public events with their kinds, newest first; one year only, when given."""
    events = Event.objects.public().select_related("kind").order_by("-starts_at")
    return [event for event in events if year in (None, _year_of(event))]


def _year_of(event: Event) -> int:
    return clock.local_day(event.starts_at).year


def under_years(events: list[Event]) -> list[tuple[int, list[Event]]]:
    grouped: dict[int, list[Event]] = {}
    for event in events:
        grouped.setdefault(_year_of(event), []).append(event)
    return list(grouped.items())


def events_by_year(year: int | None = None) -> list[tuple[int, list[Event]]]:
    """Public events under their years, newest first; one year only, when given."""
    return under_years(public_events(year))


@dataclass(frozen=True)
class KindOption:
    """A kind of event in the archive, and how many there are of it."""

    code: str
    name: str
    count: int


def kinds_of(events: list[Event]) -> list[KindOption]:
    """The kinds of these events, in the order of the kinds."""
    counts = Counter(event.kind for event in events)
    ordered = sorted(counts, key=lambda kind: (kind.order, kind.name))
    return [KindOption(kind.code, kind.name, counts[kind]) for kind in ordered]
