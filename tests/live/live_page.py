"""A session in progress for the tests of its public page."""

from datetime import datetime, timedelta

from events.models import AgendaItem, LiveSession, StreamLink
from events.publishing import event_changed
from events.session import workflow as session
from portal.base import clock
from tests.cast import make_event

YOUTUBE = "https://www.youtube.com/watch?v=abcdefghijk"


def make_live_event(**fields):
    """An event that began an hour ago, with three moments and two streams."""
    starts = fields.pop("starts_at", clock.now() - timedelta(hours=1))
    event = make_event(
        slug="2026-11-20-en-vivo",
        title="Jornada en vivo",
        status="announced",
        starts_at=starts,
        ends_at=fields.pop("ends_at", starts + timedelta(hours=3)),
        announced_at=starts - timedelta(days=31),
        **fields,
    )
    event.agenda.all().delete()
    for order, title in enumerate(["Apertura", "Informes", "Diálogo"], start=1):
        AgendaItem.objects.create(event=event, order=order, title=title, minutes=30)
    StreamLink.objects.create(event=event, order=1, kind="youtube", label="YouTube", url=YOUTUBE)
    StreamLink.objects.create(
        event=event,
        order=2,
        kind="zoom",
        label="Unirse por Zoom",
        url="https://zoom.us/j/1",
        meeting_id="123 4567",
        passcode="cas",
        dial_in="601 000 0000",
    )
    event_changed(event)
    return event


def opened(event, actor, at: datetime | None = None) -> LiveSession:
    return session.open_session(session.session_for(event), actor=actor, at=at)


def address(event) -> str:
    return f"/eventos/{event.slug}/"
