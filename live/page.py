"""What the public page of a session shows at one instant, and the fragment that renews it."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils.translation import gettext as _

from accountability.record import EventRecord
from evaluation.models import Survey
from evaluation.selectors import open_surveys
from events import players
from events.models import AgendaItem, LogLine, StreamLink
from events.selectors import EventPage
from events.session import state as session
from events.session.selectors import log_of

State = session.State
MOST_LINES = 15  # more is one tap away, and not in what 2,000 visitors fetch again
SOUND = (StreamLink.Kind.RADIO, StreamLink.Kind.AUDIO)


@dataclass(frozen=True)
class Moment:
    """A moment of the agenda as it goes: its real start, else the planned one."""

    item: AgendaItem
    at: datetime
    ended_at: datetime | None
    is_done: bool
    is_current: bool
    parts: tuple["Moment", ...] = ()


@dataclass(frozen=True)
class Channel:
    """A stream and the player that a click may bring into the page."""

    stream: StreamLink
    player: str

    @property
    def is_sound(self) -> bool:
        return self.stream.kind in SOUND

    @property
    def is_zoom(self) -> bool:
        return self.stream.kind == StreamLink.Kind.ZOOM


@dataclass
class LivePage:
    """One event while its session goes on."""

    page: EventPage
    shows_all_lines: bool = False

    @property
    def event(self):
        return self.page.event

    @property
    def at(self) -> datetime:
        return self.page.at

    @cached_property
    def session(self):
        return session.live_of(self.event)

    @cached_property
    def state(self) -> State:
        return session.state(self.event, self.at)

    @property
    def sentence(self) -> str:
        return session.sentence(self.event, self.at)

    @property
    def is_on_air(self) -> bool:
        return self.state in session.RUNNING and not self.is_elsewhere

    @property
    def is_running(self) -> bool:
        return self.is_on_air and self.state == State.LIVE

    @property
    def is_down(self) -> bool:
        return self.is_on_air and self.state == State.STREAM_DOWN

    @property
    def signal(self) -> str:
        """One or two words for where the session stands."""
        if self.is_on_air:
            return _("Live")
        if self.state == State.DELAYED:
            return _("Delayed")
        return _("It has ended") if self.has_ended else _("Starts soon")

    @property
    def has_ended(self) -> bool:
        return self.state == State.ENDED

    @property
    def is_elsewhere(self) -> bool:
        """The address shows another page by now: the record, or that it was put off."""
        return not self.page.shows_session

    @property
    def item(self) -> AgendaItem | None:
        """What is being dealt with; nothing before the start, after the end, or without console."""
        running = self.session if self.is_on_air else None
        return running.current_item if running else None

    @property
    def evaluation(self) -> Survey | None:
        """How to rate the session, while that is open."""
        kind = Survey.Kind.EVALUATION
        return next((s for s in open_surveys(self.event) if s.kind == kind), None)

    @property
    def minutes_due_on(self) -> date:
        return EventRecord(self.page).minutes_due_on

    @cached_property
    def agenda(self) -> list[Moment]:
        return _moments(self.page.agenda, self.item, self._ended_at)

    @property
    def _ended_at(self):
        return self.session.ended_at if self.session else None

    @cached_property
    def _lines(self) -> list[LogLine]:
        most = None if self.shows_all_lines else MOST_LINES + 1
        return log_of(self.event, most, public=True)

    @property
    def lines(self) -> list[LogLine]:
        """The minute log, newest first."""
        return self._lines if self.shows_all_lines else self._lines[:MOST_LINES]

    @property
    def has_more_lines(self) -> bool:
        return len(self._lines) > len(self.lines)

    @cached_property
    def channels(self) -> list[Channel]:
        return [Channel(s, players.player_address(s)) for s in self.event.streams.all()]

    @property
    def cover(self) -> Channel | None:
        """The picture to watch: the first that plays in the page, else the first with pictures."""
        seen = [channel for channel in self.channels if not channel.is_sound]
        return next((c for c in seen if c.player), seen[0] if seen else None)

    @property
    def other_channels(self) -> list[Channel]:
        """Where to go while the stream that most people watch is down."""
        return [c for c in self.channels if c != self.cover]


def _moments(timed, current: AgendaItem | None, ended_at) -> list[Moment]:
    """The agenda with what is over, what goes on, and when each moment ended."""
    key = current and (current.parent_id or current.pk)
    starts = sorted(m.item.started_at for m in timed if m.item.started_at)

    def ended(item):
        following = (s for s in starts if item.started_at and s > item.started_at)
        return next(following, ended_at if item.started_at else None)

    def moment(one, is_now, parts=()):
        end = None if is_now else ended(one.item)
        at = one.item.started_at or one.starts_at
        return Moment(one.item, at, end, end is not None, is_now, parts)

    return [
        moment(
            one,
            one.item.pk == key,
            tuple(moment(part, current is not None and part.item == current) for part in one.parts),
        )
        for one in timed
    ]
