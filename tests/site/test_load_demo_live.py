"""`load_demo --live`: a session that is going on, on its page, in the console, on the screen."""

import json
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from entity import registry
from evaluation.models import Survey
from events.models import Event, LogLine
from events.session import workflow as session
from events.session.state import State, state
from portal.base import clock, versions
from portal.site import demo
from portal.site.demo import live
from questions.models import LiveTurn, Question

pytestmark = pytest.mark.django_db
ON_AIR = "¿Cuándo terminan los colectores del río Fonce en San Gil"
TO_REVIEW = "Que hagan una de estas jornadas en Gámbita"
PHONE = "300 555 0123"
MIDNIGHT = timezone.make_aware(datetime(2026, 11, 24, 0, 30))


@pytest.fixture(autouse=True)
def installation(settings, tmp_path):
    """An empty installation with a data folder of its own."""
    versions.forget()
    registry.forget()
    settings.DATA_DIR = tmp_path
    settings.HOST = "127.0.0.1"
    yield tmp_path
    versions.forget()
    registry.forget()


@pytest.fixture
def event():
    call_command("load_demo", "--live", verbosity=0)
    return Event.objects.select_related("live").get(slug__contains="-en-vivo")


def signed_in(client, username):
    client.force_login(User.objects.get(username=username))
    return client


def test_page_and_screen_show_the_question_on_air(client, event):
    assert state(event) == State.LIVE
    for path in (event.get_absolute_url(), f"{event.get_absolute_url()}pantalla/"):
        response = client.get(path)
        assert response.status_code == 200
        shown = response.content.decode()
        assert ON_AIR in shown
        assert TO_REVIEW not in shown
        assert PHONE not in shown
    home = client.get("/").content.decode()
    assert "Jornada en vivo de demostración" in home


def test_the_console_has_work_in_every_lane(client, event):
    response = signed_in(client, "moderacion1").get(f"/gestion/vivo/{event.pk}/")
    assert response.status_code == 200
    shown = response.content.decode()
    assert ON_AIR in shown
    assert TO_REVIEW in shown
    assert "Van 7 de 9 tramos" in shown
    assert "¿Por dónde quiere que sigamos?" in shown
    turns = LiveTurn.objects.filter(event=event)
    assert sorted(turns.values_list("status", flat=True)) == [
        "answered", "on_air", "queued", "queued", "queued",
    ]  # fmt: skip
    assert Survey.objects.get(event=event).status == Survey.Status.DRAFT
    assert Question.objects.filter(event=event, visibility="unmoderated").count() == 3


def test_what_the_room_does_not_read_stays_in_the_console(client, event):
    shown = client.get(event.get_absolute_url()).content.decode()
    assert "Van 7 de 9 tramos" not in shown


def test_a_second_load_says_so_and_changes_nothing(event, capsys):
    counted = (Event, Question, LiveTurn, LogLine, Survey)
    before = [model.objects.count() for model in counted]
    call_command("load_demo", "--live")
    said = capsys.readouterr().out
    assert "A session is live already." in said
    assert f"/gestion/vivo/{event.pk}/" in said
    assert f"{event.get_absolute_url()}pantalla/" in said
    assert [model.objects.count() for model in counted] == before


def test_after_its_end_there_is_another_one(event, installation):
    operator = User.objects.get(username="moderacion1")
    session.end_session(session.session_for(event), actor=operator)
    again, is_new = live.load()
    assert is_new
    assert again.slug == f"{event.slug}-2"
    assert state(Event.objects.get(pk=again.pk)) == State.LIVE
    first, second = (Question.objects.filter(event=e).count() for e in (event, again))
    assert first == second == 8


def test_it_is_live_at_midnight_too(installation):
    demo.load(at=MIDNIGHT)
    event, is_new = live.load(at=MIDNIGHT)
    assert is_new
    assert event.slug == "2026-11-23-en-vivo"
    assert state(event, MIDNIGHT) == State.LIVE
    assert live.load(at=MIDNIGHT + timedelta(minutes=30)) == (event, False)
    lines = LogLine.objects.filter(event=event)
    assert lines.filter(at__gt=MIDNIGHT).count() == 0
    assert clock.local_day(lines.order_by("at").first().at).isoformat() == "2026-11-23"


def test_without_the_word_nothing_is_live(installation):
    call_command("load_demo", verbosity=0)
    assert not Event.objects.filter(slug__contains="en-vivo").exists()
    assert json.loads((installation / "demo_logins.json").read_text(encoding="utf-8"))
