"""Surveys on the screen of the room: open they are a code, closed they are numbers."""

import re

import pytest
from django.test import Client

from evaluation import workflow
from evaluation.models import Ballot, BallotAnswer, Choice, Survey, SurveyQuestion
from events.models import LiveSession
from live import screen_survey
from portal.base import clock, versions

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll(event_open):
    """`poll(status, answers=[3, 1])`: a quick poll with so many answers of each."""

    def make(status, *, answers=(3, 1), number=1, kind="poll"):
        survey = Survey.objects.create(
            event=event_open,
            title=f"Sondeo {number}",
            number=number,
            kind=kind,
            status=status,
            opened_at=clock.now() if status != "draft" else None,
            closed_at=clock.now() if status == "closed" else None,
        )
        asked = SurveyQuestion.objects.create(survey=survey, text="¿Qué tema sigue?")
        written = SurveyQuestion.objects.create(
            survey=survey, text="¿Por qué?", kind="text", order=1
        )
        for order, people in enumerate(answers):
            choice = Choice.objects.create(question=asked, order=order, text=f"Tema {order}")
            for person in range(people):
                ballot = Ballot.objects.create(survey=survey, person=f"{number}-{order}-{person}")
                BallotAnswer.objects.create(ballot=ballot, question=asked, choice=choice)
                BallotAnswer.objects.create(ballot=ballot, question=written, words="Pedro Pérez")
        return survey

    return make


def shown(event) -> str:
    LiveSession.objects.update_or_create(event=event, defaults={"screen": "survey"})
    versions.content_changed(event.slug)
    response = Client().get(f"/eventos/{event.slug}/pantalla/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_closed_poll_shows_its_numbers_and_nobody_s_words(event_open, poll):
    poll("closed", answers=[3, 1, 0])
    page = shown(event_open)
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "¿Qué tema sigue?" in text and "4 respuestas" in text
    assert "Tema 0 75 % (3) Tema 1 25 % (1) Tema 2 0 % (0)" in text
    assert re.findall(r'<rect width="(\d+)"', page) == ["75", "25", "0"]
    assert "Pedro" not in page


def test_a_draft_is_nobody_s_business(event_open, poll):
    poll("draft")
    page = shown(event_open)
    assert "Sondeo" not in page and "tema sigue" not in page and event_open.title in page


def test_an_open_poll_tells_no_numbers(event_open, poll):
    survey = poll("open")
    page = shown(event_open)
    assert "Sondeo 1" in page and "Encuesta abierta" in page
    assert "75" not in re.sub(r"<svg.*?</svg>", "", page.split("<body")[1])
    assert survey.get_absolute_url().endswith("/encuesta/1/")


def test_the_open_one_goes_before_one_that_was_closed(event_open, poll):
    poll("closed")
    second = poll("open", number=2)
    assert "Sondeo 2" in shown(event_open)
    assert "Responda desde su celular" in shown(event_open)
    second.delete()
    assert "Resultados de la encuesta" in shown(event_open)


def test_a_closed_poll_is_seen_though_the_evaluation_is_open(event_open, poll, staff):
    evaluation = poll("open", kind="evaluation")
    asked = poll("draft", number=2)
    workflow.open_survey(asked, actor=staff.communications)
    assert "Sondeo 2" in shown(event_open)
    workflow.close_survey(asked, actor=staff.communications)
    assert "Resultados de la encuesta" in shown(event_open)
    assert evaluation.title not in shown(event_open)


def test_the_evaluation_is_asked_for_at_the_end(event_open, poll):
    LiveSession.objects.create(
        event=event_open, opened_at=event_open.starts_at, ended_at=event_open.ends_at
    )
    without = shown(event_open)
    poll("open", kind="evaluation")
    page = shown(event_open)
    assert "apunte la cámara" in page and "apunte la cámara" not in without
    path = re.compile(r'<path d="([^"]+)"/></svg></footer>')
    assert path.search(page)[1] != path.search(without)[1]


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(event_open, poll, django_assert_num_queries, number):
    for one in range(number):
        poll("closed", number=one + 1, answers=[1] * number)
    shown(event_open)
    versions.move(versions.event_name(event_open.slug))
    with django_assert_num_queries(6):  # versions, event, survey, three of numbers
        Client().get(f"/eventos/{event_open.slug}/pantalla/")


def test_a_scale_is_counted_by_its_steps(event_open, poll):
    survey = poll("closed", answers=[], number=3)
    survey.questions.filter(kind="choice").delete()
    asked = SurveyQuestion.objects.create(survey=survey, text="Claridad", kind="scale")
    for person, step in enumerate([5, 5, 4]):
        ballot = Ballot.objects.create(survey=survey, person=str(person))
        BallotAnswer.objects.create(ballot=ballot, question=asked, scale=step)
    numbers = screen_survey.numbers_of(survey)
    assert [row["number"] for row in numbers["answers"]] == [0, 0, 0, 1, 2]
    assert [row["percent"] for row in numbers["answers"]] == [0, 0, 0, 33, 67]
