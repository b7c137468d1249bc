"""A session of 5 March 2031, 9:00 to 12:00, brought into each of its states."""

from datetime import datetime, timedelta

from events.models import Event, LiveSession
from events.session import workflow
from tests.conftest import BOGOTA

START = datetime(2031, 3, 5, 9, tzinfo=BOGOTA)
END = START + timedelta(hours=3)


def minute(n: int) -> datetime:
    """`n` minutes after the planned start."""
    return START + timedelta(minutes=n)


def of_the_day(event, **fields) -> Event:
    """The event of the cast, moved to that day."""
    rows = Event.objects.filter(pk=event.pk)
    rows.update(**{"starts_at": START, "ends_at": END, **fields})
    return rows.select_related("live").get()


OPENED = {"opened_at": minute(1)}
STAGES = {
    "before": (minute(-60), {}),
    "too_early": (minute(-121), {}),
    "soon": (minute(-5), {}),
    "delayed": (minute(3), {"delayed_until": minute(20)}),
    "live": (minute(10), OPENED),
    "paused": (minute(10), OPENED | {"paused_at": minute(5)}),
    "stream_down": (minute(10), OPENED | {"stream_down_at": minute(5)}),
    "ended": (minute(10), OPENED | {"ended_at": minute(9)}),
}


def stage(event, name: str) -> tuple[LiveSession, datetime]:
    """The session in a state, and an instant at which it is there."""
    at, fields = STAGES[name]
    workflow.session_for(event)
    LiveSession.objects.filter(event=event).update(**fields)
    return workflow.session_for(event), at
