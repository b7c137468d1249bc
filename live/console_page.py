"""What the console shows: the state of the session, read with a constant number of queries."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from evaluation.selectors import console_surveys
from events.models import AudienceCount, Event, LiveSession
from events.session import selectors
from events.session.state import State, is_opened, live_of, state
from events.session.workflow import seats
from live import console_forms as typed
from live import console_room
from live.console_who import named
from portal.base import clock
from questions.live.entry import QuickForm
from questions.live.selectors import lanes
from questions.models import Question
from questions.workflow.machines import MODERATE

MOST_LINES = 12
SCREEN_SEEN_SECONDS = 30
RUN_SURVEY = "evaluation.run_survey"
FOOT = ("line", "commitment", "quick", "audience")


@dataclass(frozen=True)
class Posted:
    """A form that was refused: it is drawn again where it stood, with what was typed."""

    act: str = ""
    row: str = ""
    form: forms.Form | None = None

    @property
    def error(self) -> str:
        errors = self.form.errors.values() if self.form else ()
        return next((words[0] for words in errors), "")


def form_of(name: str, form, *, event, user, data=None, **options):
    """A form of the table, drawn with ids of its own."""
    if form is QuickForm:
        return form(data, user=user, **options)
    return form(data, event=event, auto_id=f"{name}_%s", **options)


def state_of(event, user, posted: Posted | None = None, at=None) -> dict:
    """Everything that changes while the session goes on."""
    at = clock.now(at)
    live = live_of(event)
    progress = selectors.agenda_progress(event, at=at)
    return {
        "event": event,
        "live": live or LiveSession(event=event),
        "now": at,
        "posted": posted or Posted(),
        **_phase(event, live, at),
        "progress": progress,
        "agenda_title": console_room.heading(progress, event),
        "agenda_words": console_room.words(progress),
        "screens": LiveSession.Screen.choices,
        "screen_is_seen": _is_recent(live, at),
        "audience": _audience(event),
        "others": [named(one) for one in seats(event, at=at) if one != user],
        "surveys": console_surveys(event),
        "lanes": lanes(event, user, at=at),
        "floor": selectors.floor(event, at=at),
        "log": selectors.log_of(event, most=MOST_LINES),
        "reasons": Question.WithholdReason.choices,
        "may_review": user.has_perm(MODERATE),
        "may_survey": user.has_perm(RUN_SURVEY),
    }


def page_of(event, user, posted: Posted | None = None) -> dict:
    """The state, and the forms at the foot."""
    posted = posted or Posted()
    found = state_of(event, user, posted)
    return {**found, "forms": _foot(event, user, posted, found["lanes"].on_air)}


def _phase(event, live, at) -> dict:
    """The state in words, and which buttons it leaves.

    By the planned hours alone the public may read "live" before anybody pressed "Start".
    """
    now = state(event, at)
    has_begun = is_opened(event, live)
    return {
        "state": now,
        "sentence": console_room.standing(event, at),
        "has_begun": has_begun,
        "is_before": not has_begun and event.status in Event.Status.COMING,
        "is_open": has_begun and now != State.ENDED,
        "is_paused": has_begun and now == State.PAUSED,
        "is_running": has_begun and now in (State.LIVE, State.STREAM_DOWN),
        "is_down": has_begun and now == State.STREAM_DOWN,
        "elapsed": _seconds(live, at),
    }


def _seconds(live, at) -> int:
    if not live or not live.opened_at:
        return 0
    return max(0, int(((live.ended_at or at) - live.opened_at).total_seconds()))


def _is_recent(live, at) -> bool:
    """Whether the screen of the room asked for its page a moment ago."""
    seen = live.screen_seen_at if live else None
    return bool(seen) and (at - seen).total_seconds() < SCREEN_SEEN_SECONDS


def _audience(event) -> list[tuple[str, int]]:
    """The last count of each channel."""
    counted = event.audience.order_by("counted_at", "pk").values_list("channel", "people")
    return [(AudienceCount.Channel(name).label, people) for name, people in dict(counted).items()]


def _foot(event, user, posted, on_air) -> dict:
    classes = {
        "line": typed.LineForm,
        "commitment": typed.CommitmentForm,
        "quick": QuickForm,
        "audience": typed.AudienceForm,
    }
    initial = {"commitment": {"question": on_air.question.pk}} if on_air else {}
    made = {
        name: form_of(name, form, event=event, user=user, initial=initial.get(name))
        for name, form in classes.items()
    }
    return {**made, posted.act: posted.form} if posted.act in FOOT else made


def announced_first(events, at=None) -> list[dict]:
    """Each event with its state in words, those of today first."""
    today = clock.local_day(at)
    rows = [
        {
            "event": event,
            "state": state(event, at),
            "sentence": console_room.standing(event, clock.now(at)),
            "is_today": clock.local_day(event.starts_at) == today,
        }
        for event in events
    ]
    return sorted(rows, key=lambda row: not row["is_today"])


def title_of(event) -> str:
    return _("Live console: %(event)s") % {"event": event.title}
