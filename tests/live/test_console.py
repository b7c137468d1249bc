"""The console: each button once, who may not press it, and what the loser of a race reads."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accountability.models import Commitment
from entity.models import Office
from evaluation.models import Survey, SurveyQuestion
from events.models import AudienceCount, ConsoleSeat, FloorTurn, LiveSession, LogLine, Speaker
from events.session import workflow as session
from questions.live import workflow as queue
from questions.models import LiveTurn, Question
from tests.live.console_stage import *  # noqa: F403 - an open session and its operator
from tests.live.desk import console_of, in_minutes, opened, press, queued
from tests.questions.conftest import *  # noqa: F403 - the contributions of that room
from tests.questions.desk import said, words_of

pytestmark = pytest.mark.django_db


def again(row):
    return type(row).objects.get(pk=row.pk)


def test_the_session_is_started_paused_resumed_and_ended(operator, event_open, staff):
    live = session.session_for(event_open)
    for act, shown in (
        ("open", lambda: again(live).opened_at),
        ("stream_down", lambda: again(live).stream_down_at),
        ("stream_up", lambda: not again(live).stream_down_at),
        ("pause", lambda: again(live).paused_at),
        ("resume", lambda: not again(live).paused_at),
        ("end", lambda: again(live).ended_at),
    ):
        response = press(operator, event_open, act, again(live))
        assert response.status_code == 303, act
        assert response["Location"] == f"{console_of(event_open)}#c-cab"
        assert shown(), act


def test_a_delay_and_a_pause_tell_their_hour(operator, event_open):
    live = session.session_for(event_open)
    press(operator, event_open, "delay", live, until=in_minutes(40))
    assert again(live).delayed_until is not None
    press(operator, event_open, "open", again(live))
    press(operator, event_open, "pause", again(live), resumes_at=in_minutes(20))
    assert again(live).resumes_at > again(live).paused_at


def test_a_pause_is_on_the_screen_until_it_goes_on_or_another_is_chosen(operator, event_open):
    live = session.session_for(event_open)
    press(operator, event_open, "open", live)
    press(operator, event_open, "pause", again(live))
    assert again(live).screen == "pause"
    press(operator, event_open, "resume", again(live))
    assert again(live).screen == "question"
    press(operator, event_open, "pause", again(live))
    LiveSession.objects.update(screen="survey")  # chosen during the break
    press(operator, event_open, "resume", again(live))
    assert again(live).screen == "survey"


def test_a_session_that_is_opened_again_shows_no_old_pause(operator, event_open, staff):
    live = session.session_for(event_open)
    press(operator, event_open, "open", live)
    press(operator, event_open, "pause", again(live))
    event_open.starts_at += timedelta(days=3)
    event_open.ends_at += timedelta(days=3)
    event_open.save(update_fields=["starts_at", "ends_at"])
    session.open_session(again(live), actor=staff.moderation, at=event_open.starts_at)
    assert (again(live).screen, again(live).paused_at) == ("question", None)


def test_the_recording_begins_when_it_is_told(operator, staff, event_open, live, published):
    began = live.opened_at.replace(microsecond=0)
    by_hand, turn = (queued(published(event=event_open), staff.moderation) for _n in range(2))
    for one in (by_hand, turn):
        on_air = queue.put_on_air(
            again(one), actor=staff.moderation, at=began + timedelta(minutes=20)
        )
        queue.mark_answered(on_air, actor=staff.moderation, at=began + timedelta(minutes=22))
    Question.objects.filter(pk=by_hand.question_id).update(live_second=5)
    started = timezone.localtime(began + timedelta(minutes=3))
    response = press(operator, event_open, "recording", again(live), started=f"{started:%H:%M:%S}")
    assert response.status_code == 303
    assert again(live).recording_from == began + timedelta(minutes=3)
    assert LogLine.objects.get(kind=LogLine.Kind.STARTED).second is None
    assert LogLine.objects.filter(kind=LogLine.Kind.ON_AIR).first().second == 17 * 60
    assert Question.objects.get(pk=turn.question_id).live_second == 17 * 60
    assert Question.objects.get(pk=by_hand.question_id).live_second == 5


def test_a_recording_of_another_time_is_refused(operator, event_open, live):
    far = timezone.localtime(live.opened_at) + timedelta(hours=9)
    press(operator, event_open, "recording", again(live), started=f"{far:%H:%M:%S}")
    assert again(live).recording_from is None
    response = press(operator, event_open, "recording", again(live), started="tarde")
    assert 'id="started_error"' in response.content.decode()


def test_an_hour_that_is_none_stands_beside_its_field(operator, event_open):
    response = press(operator, event_open, "delay", session.session_for(event_open), until="las 9")
    page = response.content.decode()
    assert 'id="until_error"' in page
    assert 'value="las 9"' in page
    assert LiveSession.objects.get(event=event_open).delayed_until is None


def test_items_follow_each_other_or_are_chosen(operator, event_open, live):
    first, second = event_open.agenda.all()
    press(operator, event_open, "item", live)
    assert again(live).current_item == first
    press(operator, event_open, "item", again(live), item=second.pk)
    assert again(live).current_item == second
    assert again(second).started_at is not None


def test_the_screen_is_chosen_hidden_and_shown_again(operator, event_open, live):
    press(operator, event_open, "screen", live, screen="agenda")
    assert again(live).screen == "agenda"
    # hidden with a page that is old: what must go at once waits for nothing
    press(operator, event_open, "hide_screen", live)
    assert again(live).screen_hidden_at is not None
    press(operator, event_open, "unhide_screen", again(live))
    assert again(live).screen_hidden_at is None


def test_who_chooses_the_screen_loses_to_nobody(operator, event_open, live):
    press(operator, event_open, "item", live)
    press(operator, event_open, "screen", live, screen="agenda")
    assert again(live).screen == "agenda"
    press(operator, event_open, "item", again(live))
    assert again(live).current_item == event_open.agenda.last()


def test_a_session_that_nobody_started_says_so(operator, event_open):
    for address in (console_of(event_open), "/gestion/vivo/"):
        page = operator.get(address).content.decode()
        assert "Aún no se ha iniciado. Estaba prevista para las" in page
        assert "Estamos en vivo" not in page


def test_hiding_now_takes_the_question_on_air_with_it(operator, staff, event_open, live, published):
    turn = queued(published(event=event_open), staff.moderation)
    queue.put_on_air(turn, actor=staff.moderation)
    press(operator, event_open, "hide_screen", live)
    assert again(turn).status == LiveTurn.Status.REMOVED
    assert again(live).screen_hidden_at is not None


def test_a_question_walks_through_the_lanes(operator, event_open, live, make_question):
    question = make_question(event=event_open)
    press(operator, event_open, "approve", question)
    assert again(question).visibility == Question.Visibility.PUBLISHED
    press(operator, event_open, "queue", again(question))
    turn = LiveTurn.objects.get(question=question)
    for act, status in (
        ("on_air", LiveTurn.Status.ON_AIR),
        ("back", LiveTurn.Status.QUEUED),
        ("on_air", LiveTurn.Status.ON_AIR),
        ("answered", LiveTurn.Status.ANSWERED),
    ):
        response = press(operator, event_open, act, again(turn))
        assert "#c-" in response["Location"], act
        assert again(turn).status == status, act


def test_one_is_not_published_and_one_is_joined(
    operator, event_open, live, make_question, published
):
    bad, double = make_question(event=event_open), make_question(event=event_open)
    other = published(event=event_open)
    press(operator, event_open, "withhold", bad, reason="insults")
    assert again(bad).visibility == Question.Visibility.WITHHELD
    press(operator, event_open, "merge", double, into=other.number)
    assert again(double).merged_into == other


def test_the_number_of_another_event_is_refused_beside_its_field(
    operator, event_open, live, make_question
):
    question = make_question(event=event_open)
    response = press(operator, event_open, "merge", question, into="99999")
    page = response.content.decode()
    assert f'id="into-{question.pk}_error"' in page
    assert 'value="99999"' in page
    assert again(question).status == Question.Status.RECEIVED


def test_the_queue_is_ordered_and_left(operator, staff, event_open, live, published):
    first = queued(published(event=event_open), staff.moderation)
    second = queued(published(event=event_open), staff.moderation)
    press(operator, event_open, "up", second)
    assert list(LiveTurn.objects.filter(event=event_open).queued()) == [second, first]
    press(operator, event_open, "down", again(second))
    assert list(LiveTurn.objects.filter(event=event_open).queued()) == [first, second]
    press(operator, event_open, "written", again(first))
    press(operator, event_open, "hide", again(second))
    assert again(first).status == LiveTurn.Status.WRITTEN
    assert again(second).status == LiveTurn.Status.REMOVED


def test_a_hint_is_kept_and_an_older_page_overwrites_none(
    operator, staff, event_open, live, published
):
    turn = queued(published(event=event_open), staff.moderation)
    press(operator, event_open, "hint", turn, hint="46 visitas en 2020.", hint_before="")
    assert again(turn).hint == "46 visitas en 2020."
    response = press(operator, event_open, "hint", turn, hint="Otra cosa", hint_before="")
    assert again(turn).hint == "46 visitas en 2020."
    assert "Otra cosa</textarea>" in response.content.decode()


def test_somebody_speaks_and_stops(operator, event_open, live, entity):
    speaker = Speaker.objects.create(
        event=event_open, name="Veeduría de Oiba", theme="Agua", code_digest="x"
    )
    press(operator, event_open, "floor", speaker)
    assert FloorTurn.objects.get().speaker == speaker
    press(operator, event_open, "floor_stop")
    assert FloorTurn.objects.get().ended_at is not None


def test_lines_counts_commitments_and_questions_are_written(operator, event_open, live, entity):
    press(operator, event_open, "line", text="Habla la directora.")
    press(operator, event_open, "line", text="Falta el sonido.", is_team="on")
    assert LogLine.objects.get(text="Habla la directora.").is_public
    assert not LogLine.objects.get(text="Falta el sonido.").is_public
    line = LogLine.objects.get(text="Habla la directora.")
    typed = {"text": "Habla la Dirección.", "text_before": line.text, "public_before": "yes"}
    press(operator, event_open, "line_fix", line, **typed)
    assert again(line).text == "Habla la Dirección."
    late = press(operator, event_open, "line_fix", line, **{**typed, "text": "Habla otra persona."})
    assert again(line).text == "Habla la Dirección."
    assert "Habla otra persona.</textarea>" in late.content.decode()
    press(operator, event_open, "audience", channel="zoom", people="212")
    assert AudienceCount.objects.get().people == 212
    office = Office.objects.first()
    press(
        operator, event_open, "commitment",
        title="Visitar los vertimientos", office=office.pk, due_on="2030-04-30",
    )  # fmt: skip
    assert Commitment.objects.get().status == Commitment.Status.DRAFT
    press(
        operator,
        event_open,
        "quick",
        text="¿Cada cuándo visitan los trapiches?",
        channel="zoom_chat",
    )
    assert Question.objects.get().channel == "zoom_chat"


@pytest.mark.parametrize(
    ("act", "typed", "kept"),
    [
        ("line", {"text": "x" * 501}, "x" * 501),
        ("commitment", {"title": "Visitar la quebrada"}, "Visitar la quebrada"),
        ("quick", {"text": "Eh?"}, "Eh?"),
        ("audience", {"channel": "zoom", "people": "muchas"}, "muchas"),
    ],
)
def test_what_was_typed_stays_with_its_error(operator, event_open, live, act, typed, kept):
    response = press(operator, event_open, act, **typed)
    assert response.status_code == 200
    page = response.content.decode()
    assert kept in page
    assert 'class="error-campo"' in page
    assert not LogLine.objects.filter(kind=LogLine.Kind.NOTE).exists()


def test_a_survey_is_opened_and_closed(operator, event_open, live):
    survey = Survey.objects.create(event=event_open, title="¿Se entendió?")
    question = SurveyQuestion.objects.create(survey=survey, text="¿Se entendió?")
    question.choices.create(text="Sí")
    question.choices.create(text="No")
    press(operator, event_open, "survey_open", survey)
    assert again(survey).status == Survey.Status.OPEN
    press(operator, event_open, "survey_close", again(survey))
    assert again(survey).status == Survey.Status.CLOSED


def test_of_two_operators_the_second_is_told_who_was_first(
    client, staff, event_open, live, published
):
    turn = queued(published(event=event_open), staff.moderation)
    other = queued(published(event=event_open), staff.moderation)
    second = staff.make("communications", username="lucia")
    queue.put_on_air(again(turn), actor=staff.moderation)
    client.force_login(second)
    told = said(press(client, event_open, "on_air", other))
    assert str(turn.question.number) in told[0]
    assert "Moderation" in told[0]
    told = said(press(client, event_open, "up", turn))  # as the page showed it before
    assert "Moderation" in told[0]
    assert again(other).status == LiveTurn.Status.QUEUED


def test_a_stale_header_starts_nothing_twice(operator, staff, event_open):
    live = session.session_for(event_open)
    opened(event_open, staff.make("communications", username="lucia"))
    told = said(press(operator, event_open, "open", live))
    assert "Lucia" in told[0]
    assert LogLine.objects.filter(kind=LogLine.Kind.STARTED).count() == 1


@pytest.mark.parametrize("role", ["office", "approval", "internal_control", "administration"])
def test_other_roles_neither_see_it_nor_act(client, staff, event_open, role):
    client.force_login(staff[role])
    here = console_of(event_open)
    for address in ("/gestion/vivo/", here, f"{here}estado/", f"{here}bitacora/"):
        assert client.get(address).status_code == 403, address
    assert press(client, event_open, "line", text="Hola").status_code == 403
    assert client.post(f"{here}puesto/").status_code == 403
    assert not LogLine.objects.exists()
    assert not ConsoleSeat.objects.exists()
    assert "En vivo" not in words_of(client.get("/gestion/"))


def test_the_log_is_a_table_for_operators_alone(operator, client, staff, event_open, live):
    press(operator, event_open, "line", text="=HOY() del equipo")
    here = f"{console_of(event_open)}bitacora.csv"
    table = operator.get(here).content.decode("utf-8-sig")
    assert table.startswith("cuando;segundo_de_la_grabacion;clase;publica;texto;punto")
    assert ";'=HOY() del equipo;" in table
    assert f'href="{here}"' in operator.get(f"{console_of(event_open)}bitacora/").content.decode()
    client.force_login(staff.office)
    assert client.get(here).status_code == 403


def test_strangers_are_sent_to_sign_in(client, event_open):
    for address in ("/gestion/vivo/", console_of(event_open)):
        response = client.get(address)
        assert response.status_code == 302
        assert "/gestion/login/" in response["Location"] or "/cuenta/" in response["Location"]
    assert press(client, event_open, "line", text="Hola").status_code == 302
    assert not LogLine.objects.exists()


def test_communications_reviews_nothing(client, staff, event_open, live, make_question):
    question = make_question(event=event_open)
    client.force_login(staff.communications)
    assert press(client, event_open, "approve", question).status_code in (403, 404)
    assert again(question).visibility == Question.Visibility.UNMODERATED


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"act": "nothing"},
        {"act": "approve"},
        {"act": "approve", "row": "1", "revision": "x"},
        {"act": "approve", "row": "9" * 40, "revision": "1"},
        {"act": "open", "revision": "-1"},
    ],
)
def test_forms_that_are_none_of_ours_do_nothing(operator, event_open, data):
    response = operator.post(console_of(event_open), data)
    assert response.status_code in (400, 404)
    assert not LogLine.objects.exists()
