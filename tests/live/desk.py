"""The console for the tests: its address, and a press of one of its buttons."""

from datetime import timedelta

from django.utils import timezone

from events.models import LiveSession
from events.session import workflow as session
from questions.live import workflow as queue
from questions.models import LiveTurn


def console_of(event) -> str:
    return f"/gestion/vivo/{event.pk}/"


def press(client, event, act, row=None, *, by_script=False, **typed):
    """Press a button as the page draws it, with the key and the revision of its row."""
    data = {"act": act, **typed}
    if row is not None:
        data["revision"] = getattr(row, "revision", 0)
    if row is not None and not isinstance(row, LiveSession):
        data["row"] = row.pk
    headers = {"X-Console": "yes"} if by_script else {}
    return client.post(console_of(event), data, headers=headers)


def begin_soon(event):
    """The event of the cast, moved: it began by its hours ten minutes ago."""
    event.starts_at = timezone.now() - timedelta(minutes=10)
    event.ends_at = event.starts_at + timedelta(hours=3)
    event.save(update_fields=["starts_at", "ends_at"])
    return event


def in_minutes(minutes) -> str:
    return f"{timezone.localtime() + timedelta(minutes=minutes):%H:%M}"


def opened(event, actor):
    """The session of an event, started."""
    return session.open_session(session.session_for(event), actor=actor)


def queued(question, actor) -> LiveTurn:
    return queue.queue_question(question, actor=actor)
