"""What the decisions of a session mean at an instant, its log, who speaks, and what is ticked."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import schedule
from events.convocation import checklist
from events.models import AudienceCount, Event, FloorTurn, LiveSession, LogLine, Speaker
from events.session import log, selectors, workflow
from events.session.state import live_of, second_at, sentence, state
from portal.base import clock
from portal.base.machine import MoveRefused, Overtaken
from portal.base.models import Transition
from tests.events.session_stage import END, OPENED, START, minute, of_the_day, stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(event_open):
    return of_the_day(event_open)


@pytest.fixture
def operator(staff):
    return staff.communications


def with_session(event, **fields) -> Event:
    workflow.session_for(event)
    LiveSession.objects.filter(event=event).update(**fields)
    return Event.objects.select_related("live").get(pk=event.pk)


HOURS = "a las 9:00\u00a0a.\u00a0m."
TIMES = [  # minutes after the start, what was decided, state, phase, words
    (-16, None, "before", "before", f"Empezamos el miércoles 5 de marzo {HOURS}"),
    (-15, None, "soon", "before", f"Empezamos {HOURS}"),
    (0, None, "live", "live", "Estamos en vivo."),
    (180, None, "ended", "past", "La jornada terminó."),
    (0, {}, "soon", "live", "Empezamos en un momento."),
    (180, {}, "ended", "past", "La jornada terminó."),
    (-5, {"delayed_until": minute(15)}, "delayed", "before",
     "Vamos con 15 minutos de retraso. Empezamos a las 9:15\u00a0a.\u00a0m."),
    (5, {"delayed_until": minute(120)}, "delayed", "live",
     "Vamos con retraso. Empezamos a las 11:00\u00a0a.\u00a0m."),
    (15, {"delayed_until": minute(15)}, "delayed", "live",
     "Vamos con retraso. Empezamos en un momento."),
    (-30, {"opened_at": minute(-31)}, "live", "live", "Estamos en vivo."),
    (10, OPENED | {"paused_at": minute(5), "resumes_at": minute(90)}, "paused", "live",
     "Hacemos una pausa. Volvemos a las 10:30\u00a0a.\u00a0m."),
    (90, OPENED | {"paused_at": minute(5), "resumes_at": minute(90)}, "paused", "live",
     "Hacemos una pausa. Volvemos en un momento."),
    (10, OPENED | {"stream_down_at": minute(9)}, "stream_down", "live",
     "Se cayó la transmisión. Estamos reconectando."),
    (899, OPENED, "live", "live", "Estamos en vivo."),
    (900, OPENED, "ended", "past", "La jornada terminó."),
    (30, OPENED | {"ended_at": minute(29)}, "ended", "past", "La jornada terminó."),
    (0, {"opened_at": minute(-2000), "ended_at": minute(-1900)}, "soon", "live",
     "Empezamos en un momento."),
]  # fmt: skip


@pytest.mark.parametrize(("n", "decided", "expected", "phase", "words"), TIMES)
def test_what_was_decided_means(event, n, decided, expected, phase, words):
    if decided is not None:
        event = with_session(event, **decided)
    assert state(event, minute(n)) == expected
    assert schedule.phase(event, minute(n)) == phase
    assert sentence(event, minute(n)) == words


@pytest.mark.parametrize(("status", "expected", "words"), [
    ("suspended", "paused", "La jornada se interrumpió y sigue más adelante."),
    ("held", "ended", "La jornada terminó."),
])  # fmt: skip
def test_the_status_of_the_event_weighs_more(event, status, expected, words):
    event = with_session(of_the_day(event, status=status), **OPENED)
    assert (state(event, minute(10)), sentence(event, minute(10))) == (expected, words)
    assert schedule.phase(event, minute(10)) != "live"


def test_a_session_past_its_hours_is_still_in_focus(event):
    with_session(event, **OPENED)
    assert schedule.event_in_focus(END + timedelta(hours=1)) == event
    with_session(event, ended_at=END)
    assert event not in Event.objects.upcoming(END + timedelta(hours=1))


def test_the_phase_asks_no_query_of_its_own(event):
    with_session(event, **OPENED)
    event = schedule.event_in_focus(minute(10))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert schedule.phase(event, minute(10)) == "live"
        assert sentence(event, minute(10))
    assert len(asked) == 0


def test_the_clock_has_a_mark_at_each_hour_that_was_told(event):
    with_session(event, opened_at=minute(1), delayed_until=minute(15), resumes_at=minute(90))
    marks = set(schedule.clock_marks())
    assert {START, minute(-15), minute(15), minute(90), END, minute(900)} <= marks


def test_the_second_of_the_recording(event):
    live, _at = stage(event, "live")
    assert [second_at(live, minute(n)) for n in (0, 1, 3)] == [None, 0, 120]
    live.recording_from = minute(-2)
    assert second_at(live, minute(3)) == 300
    live.ended_at = minute(4)
    assert [second_at(live, minute(n)) for n in (4, 5)] == [360, None]
    assert second_at(None, minute(1)) is None


def test_a_line_is_clean_and_written_once(event, operator):
    stage(event, "live")
    hostile = "Habla \u202eel\x00 director\r\n<b>hoy</b>"
    lines = [workflow.write_line(event, actor=operator, text=hostile, at=minute(2)) for _ in "ab"]
    assert lines[0] == lines[1]
    stored = LogLine.objects.get()
    assert (stored.text, stored.second) == ("Habla el director <b>hoy</b>", 60)
    for bad in ("", " \u202e ", "x" * 501):
        with pytest.raises(MoveRefused):
            workflow.write_line(event, actor=operator, text=bad, at=minute(2))
    assert LogLine.objects.count() == 1
    assert log.add(event, "note", "y" * 501).text == "y" * 500


def test_the_public_reads_its_own_lines(event, operator):
    stage(event, "live")
    for text, is_public in (("Primera", True), ("Del equipo", False), ("Segunda", True)):
        workflow.write_line(
            event, actor=operator, text=text, is_public=is_public, at=minute(len(text))
        )
    texts = [line.text for line in selectors.log_of(event, public=True)]
    assert texts == ["Segunda", "Primera"]
    assert [line.text for line in selectors.log_of(event, most=1)] == ["Del equipo"]


def test_a_corrected_line_leaves_no_old_words(event, staff, operator):
    line = workflow.write_line(event, actor=operator, text="Habla Ana Ruiz", at=minute(2))
    other = LogLine.objects.get()
    workflow.correct_line(line, actor=staff.moderation, text="Habla alguien", is_public=False)
    stored = LogLine.objects.get()
    assert (stored.text, stored.is_public, stored.at) == ("Habla alguien", False, minute(2))
    move = Transition.objects.get(kind="logline")
    assert (move.move, move.actor, move.to_state) == ("correct_line", staff.moderation, "team")
    assert "Ana" not in move.detail + move.reason
    with pytest.raises(Overtaken):
        workflow.correct_line(other, actor=operator, text="Otra cosa", is_public=True)
    assert LogLine.objects.get().text == "Habla alguien"


def speaker(event, name="Ana Ruiz", **fields) -> Speaker:
    return Speaker.objects.create(event=event, name=name, theme="Agua", code_digest=name, **fields)


def test_one_speaks_at_a_time_and_the_log_names_no_person(event, operator):
    event.speaking_minutes = 2
    live, at = stage(event, "live")
    ana = speaker(event)
    board = speaker(event, "Luis Paz", organisation="Veeduría de Oiba", in_own_name=False, order=1)
    workflow.give_floor(ana, actor=operator, at=at)
    with pytest.raises(MoveRefused):
        workflow.give_floor(board, actor=operator, at=at)
    now = selectors.floor(event, at + timedelta(seconds=121))
    assert (now.speaking.speaker, now.seconds, now.allowed, now.is_over) == (ana, 121, 120, True)
    assert now.waiting == [board]
    workflow.stop_floor(event, actor=operator, at=minute(12))
    with pytest.raises(MoveRefused):
        workflow.stop_floor(event, actor=operator, at=minute(12))
    workflow.give_floor(board, actor=operator, at=minute(13))
    workflow.end_session(live, actor=operator, at=minute(14))
    texts = LogLine.objects.filter(kind="speaker").order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["Habla una persona inscrita.", "Habla Veeduría de Oiba."]
    ends = FloorTurn.objects.values_list("speaker__status", "ended_at")
    assert list(ends) == [("heard", minute(12)), ("heard", minute(14))]


def test_nobody_speaks_before_the_start_or_having_withdrawn(event, operator):
    _live, at = stage(event, "soon")
    with pytest.raises(MoveRefused):
        workflow.give_floor(speaker(event), actor=operator, at=at)
    _live, at = stage(event, "live")
    with pytest.raises(MoveRefused):
        workflow.give_floor(speaker(event, "Eva", status="withdrawn"), actor=operator, at=at)
    assert not FloorTurn.objects.exists()


def test_the_audience_is_counted_with_a_line(event, operator):
    for _again in "ab":
        workflow.count_audience(event, actor=operator, channel="zoom", people=184, at=minute(5))
    counted = AudienceCount.objects.get()
    assert (counted.people, counted.recorded_by) == (184, operator)
    assert LogLine.objects.get().text == "Zoom: 184 personas."
    for channel, people in (("zoom", -1), ("zoom", 10_000_001), ("fax", 3)):
        with pytest.raises(MoveRefused):
            workflow.count_audience(event, actor=operator, channel=channel, people=people)
    assert AudienceCount.objects.count() == 1


def test_who_is_at_the_console(event, staff):
    workflow.take_seat(event, staff.moderation, at=minute(0))
    workflow.take_seat(event, staff.communications, at=minute(1))
    assert workflow.seats(event, at=minute(1)) == [staff.communications]
    workflow.take_seat(event, staff.moderation, at=minute(1))
    assert workflow.seats(event, at=minute(1)) == [staff.communications, staff.moderation]


def ticked(event) -> set[str]:
    rows = checklist.of_event(event).rows
    return {row.task.code for row in rows if row.task.stage == "during" and row.is_done}


def test_the_list_of_the_day_ticks_itself(event, staff):
    assert ticked(event) == set()
    _live, now = workflow.session_for(event), clock.now()
    LiveSession.objects.update(screen_seen_at=now - timedelta(seconds=50))
    workflow.take_seat(event, staff.moderation)
    assert ticked(event) == {"screen"}
    workflow.take_seat(event, staff.communications)
    workflow.write_line(event, actor=staff.moderation, text="Prueba de sonido")
    assert ticked(event) == {"screen", "moderators", "log"}
    LiveSession.objects.update(screen_seen_at=now - timedelta(seconds=61))
    assert "screen" not in ticked(event)
    LiveSession.objects.update(opened_at=now - timedelta(hours=3), ended_at=now)
    assert ticked(event) == {"screen", "moderators", "log"}


def test_an_event_without_a_session_has_none(event):
    assert live_of(event) is None
    assert selectors.agenda_progress(event, minute(5)).current is None


def test_how_far_the_agenda_is(event, operator):
    live, at = stage(event, "live")
    workflow.next_item(live, actor=operator, at=at)
    now = selectors.agenda_progress(event, minute(16))
    assert (now.current.title, now.minutes_used, now.following.title) == (
        "Instalación", 6, "Diálogo con la ciudadanía",
    )  # fmt: skip
