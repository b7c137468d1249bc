"""Polls and the evaluation: opened and closed by hand, answered once, counted afterwards."""

import io
import threading
import zipfile
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from evaluation import event_checks, selectors, workflow
from evaluation.models import Ballot, BallotAnswer, Choice, Survey, SurveyQuestion
from events.models import LogLine
from portal.base.machine import MoveRefused

pytestmark = pytest.mark.django_db
OWN = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def make(event, *, kind="poll", status="draft", number=1, title="¿Qué tema sigue?"):
    survey = Survey.objects.create(
        event=event, kind=kind, number=number, title=title, status=status
    )
    question = SurveyQuestion.objects.create(survey=survey, kind="choice", text="¿Qué tema?")
    for text in ("Agua", "Bosques"):
        Choice.objects.create(question=question, text=text)
    return survey


@pytest.fixture
def poll(event_open):
    return make(event_open)


def fields(survey):
    """The names and the first values that its form offers."""
    first = {}
    for question in survey.questions.all():
        choice = question.choices.first()
        value = {"choice": choice and choice.pk, "scale": 4, "text": "Más tiempo"}[question.kind]
        first[f"q{question.pk}"] = value
    return first


def body(response):
    return response.content.decode()


LEGAL = {
    ("draft", "open_survey"), ("open", "close_survey"), ("closed", "open_survey"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("status", "move"), list(product(["draft", "open", "closed"], ["open_survey", "close_survey"]))
)
def test_an_evaluation_opens_closes_and_opens_again(event_open, staff, status, move):
    survey = make(event_open, kind="evaluation", status=status)
    decide = getattr(workflow, move)
    if (status, move) in LEGAL:
        decide(survey, actor=staff.moderation)
        assert Survey.objects.get().status == {"open_survey": "open"}.get(move, "closed")
        assert LogLine.objects.get().kind == "survey"
    else:
        with pytest.raises(MoveRefused):
            decide(survey, actor=staff.moderation)
        assert not LogLine.objects.exists()


@pytest.mark.parametrize("role", ["office", "approval", "internal_control", "administration"])
def test_who_may_not_run_surveys(poll, staff, role):
    with pytest.raises(PermissionDenied):
        workflow.open_survey(poll, actor=getattr(staff, role))


def test_a_closed_poll_stays_closed_and_one_poll_is_open_at_a_time(poll, staff, event_open):
    other = make(event_open, number=2)
    workflow.open_survey(poll, actor=staff.communications)
    with pytest.raises(MoveRefused, match="otra encuesta abierta"):
        workflow.open_survey(other, actor=staff.communications)
    workflow.close_survey(poll, actor=staff.communications)
    workflow.open_survey(other, actor=staff.communications)
    with pytest.raises(MoveRefused, match="ya se mostraron"):
        workflow.open_survey(poll, actor=staff.communications)


def test_it_opens_with_questions_and_two_answers_only(poll, staff):
    Choice.objects.first().delete()
    with pytest.raises(MoveRefused, match="dos respuestas"):
        workflow.open_survey(poll, actor=staff.moderation)
    SurveyQuestion.objects.all().delete()
    with pytest.raises(MoveRefused, match="preguntas"):
        workflow.open_survey(poll, actor=staff.moderation)


def test_one_person_answers_once_and_the_results_wait_for_the_end(client, poll, staff):
    page = f"/eventos/{poll.event.slug}/encuesta/1/"
    assert client.get(page).status_code == 404  # a draft
    workflow.open_survey(poll, actor=staff.moderation)
    assert "¿Qué tema?" in body(client.get(page))
    for _time in range(2):
        answer = client.post(f"{page}responder/", fields(poll), **OWN)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"{page}#gracias")
    client.post(f"{page}responder/", fields(poll), HTTP_USER_AGENT="otro", **OWN)
    assert Ballot.objects.count() == BallotAnswer.objects.count() == 2
    assert "cuando la encuesta cierra" in body(client.get(f"{page}resultados/"))
    assert client.get(f"{page}resultados.csv").status_code == 404
    assert client.get(f"{page}resultados.ods").status_code == 404
    workflow.close_survey(poll, actor=staff.moderation)
    assert "2 (100" in body(client.get(f"{page}resultados/"))
    book = client.get(f"{page}resultados.ods")
    assert book.headers["Content-Type"] == "application/vnd.oasis.opendocument.spreadsheet"
    assert "¿Qué tema?" in zipfile.ZipFile(io.BytesIO(book.content)).read("content.xml").decode()
    table = b"".join(client.get(f"{page}resultados.csv").streaming_content).decode()
    assert "¿Qué tema?;Agua;2;100" in table and "Bosques;0;0" in table
    assert client.post(f"{page}responder/", fields(poll), **OWN).headers["Location"] == page
    assert Ballot.objects.count() == 2


@pytest.mark.parametrize("value", ["", "0", "999999", "x", "9" * 40, "\x00"])
def test_a_choice_that_is_not_offered_gets_a_sentence(client, poll, staff, value):
    workflow.open_survey(poll, actor=staff.moderation)
    name = next(iter(fields(poll)))
    page = client.post(f"/eventos/{poll.event.slug}/encuesta/1/responder/", {name: value}, **OWN)
    assert page.status_code == 200 and 'id="errores"' in body(page)
    assert not Ballot.objects.exists()


def test_the_answer_of_another_survey_is_none_of_ours(client, poll, staff, event_held):
    other = make(event_held)
    workflow.open_survey(poll, actor=staff.moderation)
    name = next(iter(fields(poll)))
    foreign = Choice.objects.filter(question__survey=other).first().pk
    client.post(f"/eventos/{poll.event.slug}/encuesta/1/responder/", {name: foreign}, **OWN)
    client.post(f"/eventos/{poll.event.slug}/encuesta/1/responder/", fields(other), **OWN)
    assert not Ballot.objects.exists()


def test_an_answer_from_elsewhere_is_refused(client, poll, staff):
    workflow.open_survey(poll, actor=staff.moderation)
    page = f"/eventos/{poll.event.slug}/encuesta/1/responder/"
    assert client.post(page, fields(poll)).status_code == 403


def test_the_usual_evaluation_is_answered_and_its_words_stay_inside(client, staff, event_held):
    survey = workflow.default_evaluation(event_held, actor=staff.communications)
    with pytest.raises(MoveRefused):
        workflow.default_evaluation(event_held, actor=staff.communications)
    workflow.open_survey(survey, actor=staff.moderation)
    page = f"/eventos/{event_held.slug}/evaluar/"
    assert "¿La información fue clara?" in body(client.get(page))
    assert client.post(f"{page}responder/", fields(survey), **OWN).status_code == 303
    assert "Escoja una de las respuestas" in body(client.post(f"{page}responder/", {}, **OWN))
    scale = next(name for name in fields(survey))
    assert client.post(f"{page}responder/", {scale: "6"}, **OWN).status_code == 200
    workflow.close_survey(survey, actor=staff.moderation)
    shown = body(client.get(f"{page}resultados/"))
    assert "4,0 de 5" in shown and "Más tiempo" not in shown
    address = f"/gestion/evaluation/survey/{survey.pk}/respuestas/"
    client.force_login(staff.communications)
    assert "Más tiempo" in body(client.get(address))
    client.force_login(staff.office)
    assert "Más tiempo" not in body(client.get(address, follow=True))


def test_the_checklist_sees_them(event_held, staff):
    survey = workflow.default_evaluation(event_held, actor=staff.communications)
    assert not event_checks.survey(event_held).done
    workflow.open_survey(survey, actor=staff.moderation)
    assert event_checks.survey(event_held).done and not event_checks.evaluation(event_held).done
    workflow.close_survey(survey, actor=staff.moderation)
    assert event_checks.evaluation(event_held).done


def test_results_cost_the_same_for_many(poll, staff, django_assert_num_queries):
    workflow.open_survey(poll, actor=staff.moderation)
    question = poll.questions.get()
    choice = question.choices.first()
    for n in range(20):
        workflow.cast_ballot(poll, person=f"p{n}", answers={question.pk: {"choice_id": choice.pk}})
    with django_assert_num_queries(6):
        found = selectors.results(poll)
    assert found.ballots == 20 and found.questions[0].bars[0].percent == 100


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="its test database is in memory: one connection"
)
def test_of_two_presses_at_once_one_counts(poll, staff):
    workflow.open_survey(poll, actor=staff.moderation)
    question = poll.questions.get()
    said = {question.pk: {"choice_id": question.choices.first().pk}}
    kept = []

    def press():
        kept.append(workflow.cast_ballot(poll, person="una", answers=said))
        connection.close()

    both = [threading.Thread(target=press) for _n in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(kept) == [False, True]
    assert BallotAnswer.objects.count() == 1


def test_a_survey_is_written_at_the_desk_and_not_after_it_opened(client, staff, event_open):
    client.force_login(staff.communications)
    rows = {
        "questions-TOTAL_FORMS": 1, "questions-INITIAL_FORMS": 0, "questions-0-order": 1,
        "questions-0-kind": "choice", "questions-0-text": "¿Qué tema?",
        "questions-0-offered": "Agua\n Bosques \nAgua\n",
    }  # fmt: skip
    told = {"event": event_open.pk, "kind": "poll", "title": "Tema", **rows}
    page = client.post("/gestion/evaluation/survey/add/", {**told, "questions-0-offered": "Agua"})
    assert "Escriba dos respuestas al menos" in body(page) or "al menos dos" in body(page)
    assert client.post("/gestion/evaluation/survey/add/", told).status_code == 302
    survey = Survey.objects.get()
    assert [c.text for c in Choice.objects.all()] == ["Agua", "Bosques"] and survey.number == 1
    workflow.open_survey(survey, actor=staff.moderation)
    address = f"/gestion/evaluation/survey/{survey.pk}/change/"
    assert 'name="title"' not in body(client.get(address))
    assert client.post(address, told).status_code == 403
