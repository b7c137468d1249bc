"""The part of the live page that 2,000 visitors fetch again: cheap, equal for all, and honest."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evaluation.models import Survey, SurveyQuestion
from evaluation.workflow import open_survey
from events.models import Event
from events.session import workflow as session
from portal.base import clock, versions
from questions.live import workflow as queue
from questions.models import LiveTurn
from tests.live.live_page import address, make_live_event, opened
from tests.questions.conftest import *  # noqa: F403 - the contributions of that room

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(entity):
    return make_live_event()


@pytest.fixture
def fragment(event):
    return f"{address(event)}vivo/"


def text_of(path) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_it_is_a_part_and_no_page(fragment):
    text = text_of(fragment)
    assert "<html" not in text and "<form method" not in text
    parts = ["signal", "now", "air", "wall", "surveys", "agenda", "minutes"]
    assert [part for part in parts if f'data-part="{part}"' in text] == parts


def test_every_part_of_it_is_in_the_page_in_the_same_words(event, fragment, staff):
    live = opened(event, staff.communications)
    session.next_item(live, actor=staff.communications)
    page = text_of(address(event))
    for part in text_of(fragment).split("data-part=")[1:]:
        words = part.split("</")[0]
        assert words in page


def test_who_has_it_gets_304_until_something_changes(client, event, fragment, staff):
    live = opened(event, staff.communications)
    first = client.get(fragment)
    known = {"If-None-Match": first.headers["ETag"]}
    assert client.get(fragment, headers=known).status_code == 304
    session.next_item(live, actor=staff.communications)
    versions.forget()
    after = client.get(fragment, headers=known)
    assert after.status_code == 200
    assert "<b>Apertura</b>" in after.content.decode()


def test_it_is_the_same_for_the_staff_and_sets_no_cookie(client, event, fragment, staff):
    client.force_login(staff.moderation)
    signed_in, anybody = client.get(fragment), Client().get(fragment)
    assert signed_in.content == anybody.content
    assert not anybody.cookies
    assert anybody.headers["Cache-Control"] == "public, max-age=0, s-maxage=1, must-revalidate"


def queries_of(path) -> int:
    caches["pages"].clear()
    with CaptureQueriesContext(
        connection,
    ) as seen:
        text_of(path)
    return len(seen)


def test_its_queries_do_not_grow(event, fragment, staff, published):
    live = opened(event, staff.communications)
    session.next_item(live, actor=staff.communications)
    fill(event, published, staff, 1)
    text_of(fragment)  # clock marks and the entity are read once in a process
    one = queries_of(fragment)
    fill(event, published, staff, 49)
    text_of(fragment)
    assert (one, queries_of(fragment)) == (8, 8)


def fill(event, published, staff, rows):
    for number in range(rows):
        session.write_line(event, actor=staff.communications, text=f"Línea {number}")
        status = ("queued", "answered")[number % 2]
        now = clock.now()
        LiveTurn.objects.create(
            event=event,
            question=published(event=event),
            status=status,
            order=number,
            ended_at=now if status == "answered" else None,
            on_air_at=now if status == "answered" else None,
        )


def test_after_the_end_it_says_so_and_leads_to_the_page(event, fragment, staff):
    live = opened(event, staff.communications)
    assert "data-over" not in text_of(fragment)
    session.end_session(live, actor=staff.communications)
    versions.forget()
    text = text_of(fragment)
    assert "data-over" in text
    assert f'<a href="{address(event)}">Recargar la página</a>' in text


def test_an_event_that_was_put_off_says_so(event, fragment):
    Event.objects.filter(pk=event.pk).update(status="postponed")
    text = text_of(fragment)
    assert "data-over" in text and "Recargar la página" in text


def test_a_draft_has_none(event, fragment):
    Event.objects.filter(pk=event.pk).update(status="draft")
    assert Client().get(fragment).status_code == 404


def test_hostile_lines_are_text(event, fragment, staff):
    session.write_line(event, actor=staff.communications, text="<script>alert(1)</script>")
    text = text_of(fragment)
    assert "<script" not in text and "&lt;script&gt;" in text


def test_in_english(event, staff):
    opened(event, staff.communications)
    assert "Live" in text_of(f"/en{address(event)}vivo/")


def test_an_open_survey_is_there_and_a_draft_is_not(event, fragment, staff):
    survey = Survey.objects.create(event=event, title="¿Qué tema sigue?", number=1)
    SurveyQuestion.objects.create(survey=survey, kind="scale", text="¿Se entendió?")
    assert "¿Qué tema sigue?" not in text_of(fragment)
    open_survey(survey, actor=staff.communications)
    text = text_of(fragment)
    assert "¿Qué tema sigue?" in text and survey.get_absolute_url() in text


def test_the_evaluation_is_offered_at_the_end_while_it_is_open(event, fragment, staff):
    live = opened(event, staff.communications)
    survey = Survey.objects.create(event=event, kind="evaluation", title="Evalúe", number=2)
    SurveyQuestion.objects.create(survey=survey, kind="scale", text="¿Se entendió?")
    session.end_session(live, actor=staff.communications)
    assert "Califique la jornada" not in text_of(fragment)
    open_survey(survey, actor=staff.communications)
    assert f'<a href="{survey.get_absolute_url()}">Califique la jornada</a>' in text_of(fragment)


def test_a_question_is_there_from_its_turn_until_it_is_hidden(event, fragment, staff, published):
    question = published(event=event, title="¿Quién cuida la quebrada?", email="ana@example.org")
    assert "la quebrada?" not in text_of(fragment)
    turn = queue.queue_question(question, actor=staff.communications)
    assert "¿Quién cuida la quebrada?" in text_of(fragment)
    queue.put_on_air(turn, actor=staff.communications)
    text = text_of(fragment)
    assert text.index('class="al-aire"') < text.index('data-part="wall"')
    assert "ana@example.org" not in text
    queue.hide_now(turn, actor=staff.communications)
    text = text_of(fragment)
    assert "al-aire" not in text and question.get_absolute_url() not in text
