"""What the public is told when an event changes, and what makes a new edition of its calendar."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from events import workflow
from events.models import Event
from events.publishing import event_changed
from portal.base import announcements, follows
from portal.base.models import OutgoingMail, Transition
from tests.conftest import BOGOTA
from tests.events.desk import change, draft_of, form_of

pytestmark = pytest.mark.django_db

DAY = datetime(2031, 3, 5, 9, tzinfo=BOGOTA)


@pytest.fixture
def event(event_open):
    """Announced for 5 March 2031, 9:00 to 12:00."""
    Event.objects.filter(pk=event_open.pk).update(
        starts_at=DAY, ends_at=DAY + timedelta(hours=3), revision=1
    )
    event_open.refresh_from_db()
    event_changed(event_open)
    return event_open


@pytest.fixture
def text(client, event):
    return lambda: client.get(event.get_absolute_url()).content.decode()


def moved_to(client, event, **hours):
    event.refresh_from_db()
    response = client.post(change(event), form_of(event, **hours))
    assert response.status_code == 302
    event.refresh_from_db()


def test_an_edited_hour_is_told_to_who_knew_the_old_one(desk, staff, event, text):
    assert "aviso--cambio" not in text()
    follows.add(f"event:{event.slug}", "ana@example.org", "es-co")
    moved_to(desk(staff.communications), event, starts_at="2031-03-05T10:00:00")
    page = text()
    assert "Cambió la hora." in page
    assert "Antes: <s>9:00\u00a0a.\u00a0m.</s> Ahora: <strong>10:00\u00a0a.\u00a0m." in page
    announcements.expand_due()
    mail = OutgoingMail.objects.get()
    assert mail.subject.startswith("Cambio de hora: ")
    assert "miércoles 5 de marzo de 2031 a las 10:00" in mail.text
    trace = Transition.objects.get(kind="event")
    assert (trace.move, trace.actor) == ("change_hours", staff.communications)


def test_another_day_by_a_move_is_told_with_its_history(event, staff, text):
    boss = staff.communications
    workflow.postpone(event, actor=boss, reason="Por las lluvias.", at=DAY - timedelta(days=9))
    assert "<s>" not in text()
    new = datetime(2031, 4, 2, 14, tzinfo=BOGOTA)
    workflow.set_new_date(
        event, actor=boss, starts_at=new, ends_at=new + timedelta(hours=2),
        at=DAY - timedelta(days=5),
    )  # fmt: skip
    page = text()
    assert "Cambió el día." in page
    assert "<s>miércoles 5 de marzo, 9:00\u00a0a.\u00a0m.</s>" in page
    assert "miércoles 2 de abril, 2:00\u00a0p.\u00a0m." in page
    history = page.split("Qué cambió de esta jornada y cuándo")[1]
    assert history.index("28 de febrero de 2031") < history.index("24 de febrero de 2031")
    assert "Se aplazó.</strong>" in history
    assert "Por las lluvias." in history


def test_the_old_hour_brought_back_is_news_for_who_knew_the_other(desk, staff, event, text):
    client = desk(staff.communications)
    moved_to(client, event, starts_at="2031-03-05T10:00:00")
    moved_to(client, event, starts_at="2031-03-05T09:00:00")
    page = text()
    assert "Antes: <s>10:00\u00a0a.\u00a0m.</s> Ahora: <strong>9:00\u00a0a.\u00a0m." in page
    history = page.split("Qué cambió de esta jornada y cuándo")[1]
    assert history.count("Cambió el horario.") == 2


def test_another_end_is_in_the_history_and_hides_no_banner(desk, staff, event, text):
    client = desk(staff.communications)
    moved_to(client, event, starts_at="2031-03-05T10:00:00")
    moved_to(client, event, ends_at="2031-03-05T13:00:00")
    assert "<s>9:00\u00a0a.\u00a0m.</s>" in text()
    moved_to(client, event, title="Otro título")
    assert Transition.objects.filter(kind="event").count() == 2


def test_a_drafts_hours_are_nobodys_news(desk, staff, event):
    draft_of(event)
    moved_to(desk(staff.communications), event, starts_at="2031-03-05T10:00:00")
    assert not Transition.objects.filter(kind="event").exists()


def test_bad_news_keep_the_history_after_the_day(event_held, staff, client):
    Event.objects.filter(pk=event_held.pk).update(status="suspended", revision=3)
    event_held.refresh_from_db()
    workflow.cancel(event_held, actor=staff.communications, reason="Sin sede.")
    text = client.get(event_held.get_absolute_url()).content.decode()
    assert "Se canceló.</strong>" in text
    assert text.count("Sin sede.") == 2


def test_hours_are_told_by_who_may_edit_and_of_an_announced_event(event, staff):
    before = (DAY - timedelta(hours=1), event.ends_at)
    with pytest.raises(PermissionDenied):
        workflow.change_hours(event, actor=staff.office, before=before)
    event.status = "held"
    with pytest.raises(workflow.MoveRefused):
        workflow.change_hours(event, actor=staff.communications, before=before)
    assert not Transition.objects.filter(kind="event").exists()


# The calendar: SEQUENCE grows with what a calendar entry shows, and with nothing else.


def sequence(event) -> int:
    return Event.objects.values_list("calendar_sequence", flat=True).get(pk=event.pk)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Otro título"},
        {"subtitle": "Otro nombre"},
        {"starts_at": DAY + timedelta(minutes=1)},
        {"ends_at": DAY + timedelta(hours=4)},
        {"status": "postponed"},
        {"status": "cancelled"},
        {"venue": "Otra sede"},
        {"place_address": "Carrera 1"},
        {"slug": "2031-03-05-otra"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_what_the_calendar_shows_makes_one_new_edition(event, fields):
    before = sequence(event)
    Event.objects.filter(pk=event.pk).update(**fields)
    event_changed(event, at=DAY)
    event_changed(event)
    assert sequence(event) == before + 1
    event.refresh_from_db()
    assert event.calendar_changed_at == DAY


def test_the_first_stream_is_what_the_calendar_shows(event):
    before = sequence(event)
    event.streams.create(order=2, kind="radio", label="Radio", url="https://radio.example")
    event_changed(event)
    assert sequence(event) == before
    event.streams.filter(order=1).update(url="https://other.example")
    event_changed(event)
    assert sequence(event) == before + 1


@pytest.mark.parametrize("fields", [{"about": "Otro"}, {"rules": "Otras"}])
def test_what_the_calendar_does_not_show_makes_none(event, fields):
    before = sequence(event)
    Event.objects.filter(pk=event.pk).update(**fields)
    event.refresh_from_db()
    event_changed(event)
    assert sequence(event) == before


def test_a_draft_has_no_edition_and_the_announcement_is_the_first(event, staff):
    draft_of(event)
    Event.objects.filter(pk=event.pk).update(calendar_sequence=0, calendar_mark="")
    event.refresh_from_db()
    event_changed(event)
    assert sequence(event) == 0
    workflow.announce(event, actor=staff.communications, at=DAY - timedelta(days=60))
    assert sequence(event) == 1


def test_an_edit_at_the_desk_makes_a_new_edition(desk, staff, event):
    before = sequence(event)
    moved_to(desk(staff.communications), event, title="Otro título")
    assert sequence(event) == before + 1
