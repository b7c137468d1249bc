"""Attacks on a session: rows of another event, words that leak, two operators at one instant."""

import pytest

from accountability.models import Commitment
from entity.models import Office
from events.models import LiveSession, LogLine, Speaker
from events.session import workflow as session
from questions import workflow as questions
from questions.live import workflow as queue
from questions.models import LiveTurn, Question
from tests.live.console_stage import *  # noqa: F403 - an open session and its operator
from tests.live.desk import console_of, press, queued
from tests.questions.conftest import *  # noqa: F403 - the contributions of that room
from tests.races import at_once

pytestmark = pytest.mark.django_db
HINT, TEAM, SPEAKER = "Pista solo del presentador", "Línea solo del equipo", "Gloria Inventada"


@pytest.fixture
def foreign(event_held, published, staff):
    """Rows of another event, by the act that would move them."""
    question = published(event=event_held)
    turn = LiveTurn.objects.create(event=event_held, question=question)
    line = LogLine.objects.create(event=event_held, text="Dicho en la otra jornada")
    speaker = Speaker.objects.create(
        event=event_held, name=SPEAKER, theme="Otro tema", code_digest="otra",
    )  # fmt: skip
    return {
        **dict.fromkeys(("approve", "withhold", "merge", "queue"), question),
        **dict.fromkeys(("up", "down", "on_air", "answered", "written", "back", "hide"), turn),
        **dict.fromkeys(("air_again", "hint"), turn),
        "floor": speaker,
        "line_fix": line,
    }


def pages_of(client, event) -> str:
    """Every public byte of the session: page, fragment, screen, feeds, minute by minute."""
    base = event.get_absolute_url()
    addresses = (base, f"{base}vivo/", f"{base}pantalla/", f"{base}minuto-a-minuto/", "/",
                 "/novedades.atom", f"{base}preguntas/")  # fmt: skip
    return "\n".join(client.get(address).content.decode() for address in addresses)


def test_no_act_reaches_a_row_of_another_event(operator, event_open, live, foreign):
    typed = {"reason": "insults", "number": "1", "hint": "x", "text": "Otra cosa", "public": "on"}
    for act, row in foreign.items():
        before = type(row).objects.filter(pk=row.pk).values().get()
        response = press(operator, event_open, act, row, **typed)
        assert response.status_code == 404, act
        assert type(row).objects.filter(pk=row.pk).values().get() == before, act


def test_nothing_private_is_in_any_public_byte(
    client, event_open, live, staff, published, make_question
):
    shown = published(event=event_open, title="Quebrada La Lejía")
    hidden = make_question(event=event_open, text="Texto que nadie revisó todavía, de Pedro")
    turn = queued(shown, staff.moderation)
    turn = queue.set_hint(turn, actor=staff.moderation, hint=HINT)
    queue.put_on_air(turn, actor=staff.moderation)
    session.write_line(event_open, actor=staff.moderation, text=TEAM, is_public=False)
    speaker = Speaker.objects.create(
        event=event_open, name=SPEAKER, theme="Vertimientos", code_digest="hoy"
    )
    session.give_floor(speaker, actor=staff.moderation)
    Commitment.objects.create(
        event=event_open, reference="C-99", slug="borrador", title="Compromiso en borrador",
        promised="x", office=Office.objects.first(), unit="visitas",
        original_due_on="2030-01-01", due_on="2030-01-01",
    )  # fmt: skip
    text = pages_of(client, event_open)
    assert "Quebrada La Lejía" in text
    for private in (
        HINT, TEAM, SPEAKER, hidden.reference, "nadie revisó", "Compromiso en borrador",
        staff.moderation.username, staff.moderation.last_name or "·sin apellido·",
    ):  # fmt: skip
        assert private not in text, private


@pytest.mark.parametrize("how", ["hide", "withhold", "withdraw"])
def test_what_is_taken_away_while_on_air_is_gone_from_the_next_byte(
    client, event_open, live, staff, published, how
):
    shown = published(event=event_open, title="Quebrada La Lejía", public_text="Texto en vivo")
    turn = queue.put_on_air(queued(shown, staff.moderation), actor=staff.moderation)
    LiveSession.objects.update(screen="question")
    assert "Texto en vivo" in pages_of(client, event_open)
    shown.refresh_from_db()
    if how == "hide":
        queue.hide_now(turn, actor=staff.moderation)
    elif how == "withhold":
        questions.withhold(shown, actor=staff.moderation, reason="insults")
    else:
        questions.withdraw_question(shown)
    base = event_open.get_absolute_url()
    for address in (base, f"{base}vivo/", f"{base}pantalla/"):
        assert "Texto en vivo" not in client.get(address).content.decode(), address


def test_a_get_with_an_act_changes_nothing(operator, event_open, live, published, staff):
    turn = queued(published(event=event_open), staff.moderation)
    address = f"{console_of(event_open)}?act=on_air&row={turn.pk}&revision={turn.revision}"
    assert operator.get(address).status_code == 200
    turn.refresh_from_db()
    assert turn.status == "queued"


@pytest.mark.django_db(transaction=True)
def test_two_who_put_two_questions_on_air_at_once(event_open, live, staff, published):
    first, second = (queued(published(event=event_open), staff.moderation) for _n in range(2))
    refused, faults = at_once(
        lambda: queue.put_on_air(LiveTurn.objects.get(pk=first.pk), actor=staff.moderation),
        lambda: queue.put_on_air(LiveTurn.objects.get(pk=second.pk), actor=staff.communications),
    )
    assert faults == []
    assert len(refused) == 1
    assert LiveTurn.objects.filter(status="on_air").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_end_and_a_question_on_air_at_once(event_open, live, staff, published, client):
    turn = queued(published(event=event_open), staff.moderation)
    client.force_login(staff.communications)
    row = LiveSession.objects.get()
    _refused, faults = at_once(
        lambda: queue.put_on_air(LiveTurn.objects.get(pk=turn.pk), actor=staff.moderation),
        lambda: press(client, event_open, "end", row),
    )
    assert faults == []
    ended, on_air = LiveSession.objects.get().ended_at, LiveTurn.objects.get().status == "on_air"
    assert not (ended and on_air)


@pytest.mark.django_db(transaction=True)
def test_filing_and_publishing_at_once_both_succeed(event_open, live, staff, make_question):
    """Both take numbers (of contributions, of the log) in their transactions: no deadlock."""
    waiting = [make_question(event=event_open) for _n in range(3)]
    acts = [
        lambda q=q: questions.publish_text(
            Question.objects.get(pk=q.pk), actor=staff.moderation, public_text="Texto", title="T"
        )
        for q in waiting
    ]
    refused, faults = at_once(*acts, lambda: make_question(event=event_open))
    assert (refused, faults) == ([], [])
    assert Question.objects.count() == 4
