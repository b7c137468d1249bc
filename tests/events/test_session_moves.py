"""Which decision each state allows to whom, by hand; and of two operators at once, who decides."""

import pytest
from django.core.exceptions import PermissionDenied

from events.models import AgendaItem, Event, LiveSession, LogLine
from events.session import workflow
from portal.base.machine import MoveRefused, Overtaken
from portal.base.models import ContentVersion, Transition
from tests.events.session_stage import STAGES, minute, of_the_day, stage

pytestmark = pytest.mark.django_db
SCREEN = "set_screen hide_screen"
LEGAL = {
    "too_early": f"delay_session {SCREEN}",
    "before": f"open_session delay_session {SCREEN}",
    "soon": f"open_session delay_session {SCREEN}",
    "delayed": f"open_session delay_session {SCREEN}",
    "live": f"pause_session stream_down end_session next_item {SCREEN}",
    "paused": f"resume_session end_session next_item {SCREEN}",
    "stream_down": f"pause_session stream_up end_session next_item {SCREEN}",
    "ended": SCREEN,
}
ARGUMENTS = {"delay_session": {"until": minute(40)}, "set_screen": {"screen": "agenda"}}
MOVES = (
    "open_session", "delay_session", "pause_session", "resume_session", "stream_down", "stream_up",
    "end_session", "next_item", "set_screen", "hide_screen", "unhide_screen",
)  # fmt: skip
MAY_RUN = ("moderation", "moderation_blind", "communications", "root")
MAY_NOT = ("office", "approval", "internal_control", "administration")


@pytest.fixture
def event(event_open):
    return of_the_day(event_open)


def decide(live, move, actor, at):
    return getattr(workflow, move)(live, actor=actor, at=at, **ARGUMENTS.get(move, {}))


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("name", STAGES)
def test_each_state_allows_its_own_decisions(event, staff, name, move):
    live, at = stage(event, name)
    if move in LEGAL[name].split():
        decide(live, move, staff.communications, at)
        stored = LiveSession.objects.get()
        assert stored.revision == (0 if move in SCREEN else 1)
        moves = Transition.objects.of("session", live.pk).values_list("move", "actor")
        assert list(moves) == [(move, staff.communications.pk)]
        return
    with pytest.raises(MoveRefused) as refused:
        decide(live, move, staff.communications, at)
    assert len(str(refused.value)) > 15 and not isinstance(refused.value, Overtaken)
    assert LiveSession.objects.get().revision == 0
    assert not LogLine.objects.exists()
    assert not Transition.objects.filter(kind="session").exists()


@pytest.mark.parametrize("role", MAY_NOT)
def test_who_runs_no_session_decides_nothing(event, staff, role):
    for name in ("before", "live", "paused", "stream_down"):
        live, at = stage(event, name)
        for move in MOVES:
            with pytest.raises(PermissionDenied):
                decide(live, move, staff[role], at)
    for act in (
        lambda user: workflow.write_line(event, actor=user, text="Hola"),
        lambda user: workflow.stop_floor(event, actor=user),
        lambda user: workflow.count_audience(event, actor=user, channel="zoom", people=3),
    ):
        with pytest.raises(PermissionDenied):
            act(staff[role])
    assert LiveSession.objects.get().revision == 0
    assert not LogLine.objects.exists()


@pytest.mark.parametrize("role", MAY_RUN)
def test_who_runs_sessions_walks_one_to_its_end(event, staff, role):
    actor, live = staff[role], workflow.session_for(event)
    for n, move in enumerate(
        ("open_session", "next_item", "pause_session", "resume_session", "stream_down",
         "stream_up", "end_session")
    ):  # fmt: skip
        decide(live, move, actor, minute(n))
    assert Event.objects.get().status == "held"
    lines = list(LogLine.objects.order_by("pk").values_list("kind", "second", "text", "author"))
    assert lines == [
        ("started", 0, "Empieza la sesión.", actor.pk),
        ("item", 60, "Instalación", actor.pk),
        ("paused", 120, "Pausa.", actor.pk),
        ("resumed", 180, "La sesión sigue.", actor.pk),
        ("stream_down", 240, "Se cayó la transmisión.", actor.pk),
        ("stream_up", 300, "Volvió la transmisión.", actor.pk),
        ("ended", 360, "Termina la sesión.", actor.pk),
    ]


@pytest.mark.parametrize("status", ["draft", "cancelled", "postponed", "suspended", "held"])
def test_only_an_announced_event_starts(event_open, staff, status):
    event = of_the_day(event_open, status=status)
    live = workflow.session_for(event)
    for move in ("open_session", "delay_session"):
        with pytest.raises(MoveRefused):
            decide(live, move, staff.communications, minute(-5))


def test_an_interrupted_session_ends_without_being_held(event_open, staff):
    event = of_the_day(event_open, status="suspended")
    live, at = stage(event, "live")
    with pytest.raises(MoveRefused):
        decide(live, "next_item", staff.communications, at)
    workflow.end_session(live, actor=staff.communications, at=at)
    assert Event.objects.get().status == "suspended"
    assert LiveSession.objects.get().ended_at == at


def test_it_starts_again_on_its_new_day(event_open, staff):
    event = of_the_day(event_open)
    live, _at = stage(event, "ended")
    event = of_the_day(event, starts_at=minute(2880), ends_at=minute(3000))
    live = workflow.session_for(event)
    workflow.open_session(live, actor=staff.communications, at=minute(2881))
    stored = LiveSession.objects.get()
    assert (stored.opened_at, stored.ended_at) == (minute(2881), None)


def test_the_second_of_two_operators_is_told_who_was_first(event, staff):
    mine, theirs = workflow.session_for(event), LiveSession.objects.get()
    workflow.open_session(theirs, actor=staff.communications, at=minute(0))
    for move in ("open_session", "delay_session", "pause_session"):
        with pytest.raises(Overtaken) as overtaken:
            decide(mine, move, staff.moderation, minute(1))
        assert str(overtaken.value) == (
            "Communications llegó primero: inicio de la sesión, a las 9:00\u00a0a.\u00a0m. "
            "Lo suyo no se guardó."
        )
    assert LiveSession.objects.get().revision == 1
    assert LogLine.objects.count() == 1


def test_the_screen_and_the_agenda_overtake_nobody(event, staff):
    live, at = stage(event, "live")
    theirs = LiveSession.objects.get()
    workflow.set_screen(theirs, actor=staff.communications, screen="question", at=at)
    workflow.next_item(live, actor=staff.moderation, at=at)
    workflow.set_screen(theirs, actor=staff.communications, screen="agenda", at=at)
    stored = LiveSession.objects.get()
    assert (stored.screen, stored.current_item.title) == ("agenda", "Instalación")


def test_what_must_not_be_seen_goes_at_once(event, staff):
    mine, theirs = workflow.session_for(event), LiveSession.objects.get()
    workflow.set_screen(theirs, actor=staff.communications, screen="question", at=minute(1))
    workflow.hide_screen(mine, actor=staff.moderation, at=minute(2))
    workflow.hide_screen(mine, actor=staff.moderation, at=minute(3))
    assert LiveSession.objects.get().screen_hidden_at == minute(2)
    line = LogLine.objects.get()
    assert (line.text, line.is_public) == ("Se ocultó la pantalla de la sala.", False)
    workflow.unhide_screen(mine, actor=staff.moderation, at=minute(4))
    assert LiveSession.objects.get().screen_hidden_at is None


@pytest.mark.parametrize(("move", "typed"), [
    ("delay_session", {"until": minute(-6)}), ("delay_session", {"until": minute(0)}),
    ("delay_session", {"until": minute(721)}), ("set_screen", {"screen": "otra"}),
])  # fmt: skip
def test_what_can_not_be_is_refused(event, staff, move, typed):
    live, at = stage(event, "soon")
    with pytest.raises(MoveRefused):
        getattr(workflow, move)(live, actor=staff.root, at=at, **typed)
    assert LiveSession.objects.get().revision == 0


def test_a_break_has_an_hour_to_come(event, staff):
    live, at = stage(event, "live")
    for hour in (at, minute(10 + 721)):
        with pytest.raises(MoveRefused):
            workflow.pause_session(live, actor=staff.root, resumes_at=hour, at=at)
    workflow.pause_session(live, actor=staff.root, resumes_at=minute(30), at=at)
    assert LogLine.objects.get().text == "Pausa hasta las 9:30 a. m."


def test_the_agenda_is_walked_with_its_parts(event, staff):
    first, second = AgendaItem.objects.order_by("order")
    part = AgendaItem.objects.create(event=event, parent=first, order=1, title="Himno", minutes=3)
    live, _at = stage(event, "live")
    workflow.next_item(live, actor=staff.root, at=minute(2), item=part)
    for n, item in ((3, second), (5, first), (6, part)):
        workflow.next_item(live, actor=staff.root, at=minute(n), item=item)
    starts = dict(AgendaItem.objects.values_list("title", "started_at"))
    assert starts == {
        "Instalación": minute(2), "Himno": minute(2), "Diálogo con la ciudadanía": minute(3),
    }  # fmt: skip
    assert AgendaItem.objects.get(pk=second.pk).recording_second == 120
    workflow.next_item(live, actor=staff.root, at=minute(8))
    assert LiveSession.objects.get().current_item == second
    with pytest.raises(MoveRefused):
        workflow.next_item(live, actor=staff.root, at=minute(9))


def test_an_item_of_another_event_is_refused(event, event_held, staff):
    live, at = stage(event, "live")
    with pytest.raises(MoveRefused):
        workflow.next_item(live, actor=staff.root, at=at, item=event_held.agenda.first())
    assert LiveSession.objects.get().current_item is None


def test_start_moves_the_whole_site_and_an_item_the_event_alone(event, staff):
    def versions():
        rows = dict(ContentVersion.objects.values_list("name", "value"))
        return rows["site"], rows.get(f"event:{event.slug}", 0)

    live = workflow.session_for(event)
    site, own = versions()
    workflow.open_session(live, actor=staff.root, at=minute(0))
    opened_site, opened_own = versions()
    assert opened_site > site and opened_own > own
    workflow.next_item(live, actor=staff.root, at=minute(1))
    assert versions()[0] == opened_site and versions()[1] > opened_own
