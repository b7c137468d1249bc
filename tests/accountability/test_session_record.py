"""What a session leaves: a draft record, minute by minute on the page, commitments as drafts."""

from datetime import timedelta

import pytest

from accountability import live as left
from accountability import workflow
from accountability.models import Commitment, SessionRecord
from entity.models import Office
from events.models import Event, LogLine
from events.session import log
from events.session import workflow as session
from portal.base import clock, versions
from portal.base.machine import MoveRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(event_open):
    """An event that began ten minutes ago."""
    now = clock.now()
    Event.objects.filter(pk=event_open.pk).update(
        starts_at=now - timedelta(minutes=10), ends_at=now + timedelta(hours=2)
    )
    return Event.objects.get(pk=event_open.pk)


@pytest.fixture
def live(event, staff):
    return session.open_session(session.session_for(event), actor=staff.moderation)


@pytest.fixture
def office(entity):
    return Office.objects.get(code="autoridad-ambiental")


def promise(event, actor, office, **fields):
    told = {"title": "Visitar la quebrada", "due_on": clock.local_day() + timedelta(days=30)}
    return left.draft_commitment(event, actor=actor, office=office, **{**told, **fields})


def page(client, event):
    """The session on its own page."""
    return client.get(f"{event.get_absolute_url()}minuto-a-minuto/").content.decode()


def test_the_session_becomes_a_draft_record_and_what_was_written_stays(live, event, staff):
    session.count_audience(event, actor=staff.moderation, channel="zoom", people=40)
    session.count_audience(event, actor=staff.moderation, channel="zoom", people=25)
    end = clock.now() + timedelta(minutes=30)
    session.end_session(live, actor=staff.moderation, at=end)
    event = Event.objects.get(pk=event.pk)
    record = left.fill_record(event, actor=staff.moderation)
    assert record.status == "draft" and 1795 <= record.duration_seconds <= 1805
    assert [(row.channel, row.count) for row in record.attendance.all()] == [("zoom", 40)]
    record.attendance.update(count=41)
    SessionRecord.objects.update(duration_seconds=1)
    left.fill_record(event, actor=staff.moderation)
    record.refresh_from_db()
    assert record.attendance.get().count == 41 and record.duration_seconds == 1


def test_the_page_tells_it_minute_by_minute(client, live, event, staff):
    for n in range(20):
        log.add(event, LogLine.Kind.NOTE, f"Línea {n}.", actor=staff.moderation)
    log.add(event, LogLine.Kind.NOTE, "Solo del equipo.", is_public=False)
    session.end_session(live, actor=staff.moderation)
    week = clock.now() + timedelta(days=7)
    log.add(event, LogLine.Kind.SURVEY, "Encuesta cerrada una semana después.", at=week)
    shown = page(client, event)
    assert shown.index("Empieza la sesión") < shown.index("Línea 0.") < shown.index("Línea 19.")
    assert "Solo del equipo" not in shown
    assert "Encuesta cerrada" not in shown
    whole = client.get(event.get_absolute_url()).content.decode()
    assert f'href="{event.get_absolute_url()}minuto-a-minuto/"' in whole
    assert "Línea 0." not in whole


def test_no_session_no_page(client, event_held, event):
    """Neither for an event that nobody opened, nor for one that does not exist."""
    for path in (event_held.get_absolute_url(), event.get_absolute_url(), "/eventos/2019-01-01-x/"):
        assert client.get(f"{path}minuto-a-minuto/").status_code == 404
    assert "minuto-a-minuto" not in client.get(event_held.get_absolute_url()).content.decode()


def test_the_session_costs_as_many_queries_with_many_lines(
    client, live, event, staff, django_assert_max_num_queries
):
    for n in range(30):
        log.add(event, LogLine.Kind.NOTE, f"Línea {n}.", actor=staff.moderation)
    page(client, event)
    versions.content_changed(event.slug)
    versions.forget()
    with django_assert_max_num_queries(8):
        assert "Línea 29." in page(client, event)


def test_a_promise_is_a_draft_and_public_with_its_commitment(client, live, event, staff, office):
    made = promise(event, staff.moderation, office)
    assert promise(event, staff.moderation, office) == made
    assert Commitment.objects.get().status == "draft"
    session.end_session(live, actor=staff.moderation)
    assert "Visitar la quebrada" not in page(client, event)
    with pytest.raises(MoveRefused, match="qué se cuenta"):
        workflow.publish_commitment(made, actor=staff.approval)
    made.unit = "visitas"
    made.save()
    workflow.publish_commitment(made, actor=staff.approval)
    shown = page(client, event)
    assert f'<a href="{made.get_absolute_url()}">Compromiso: Visitar la quebrada' in shown


def test_a_promise_belongs_to_the_item_of_the_moment(live, event, staff, office):
    assert promise(event, staff.moderation, office, title="Antes de todo").item is None
    session.next_item(live, actor=staff.moderation)
    first = event.agenda.first()
    assert promise(event, staff.moderation, office).item == first


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": " \x00"}, "qué se promete"),
        ({"title": "x" * 161}, "160 letras"),
        ({"due_on": clock.local_day() - timedelta(days=1)}, "por venir"),
    ],
)
def test_a_bad_promise_gets_a_sentence(live, event, staff, office, fields, sentence):
    with pytest.raises(MoveRefused, match=sentence):
        promise(event, staff.moderation, office, **fields)
    assert not Commitment.objects.exists() and not LogLine.objects.filter(kind="commitment")


def test_nothing_is_promised_at_a_draft(event, staff, office):
    Event.objects.filter(pk=event.pk).update(status="draft")
    event.refresh_from_db()
    with pytest.raises(MoveRefused):
        promise(event, staff.moderation, office)
