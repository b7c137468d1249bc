"""Where a contribution stands, in words: to everybody, and to its author."""

from datetime import date, timedelta

import pytest

from portal.base import clock
from portal.base.models import Transition
from questions import selectors, terms, workflow
from questions.models import Question
from questions.status import public_status
from questions.templatetags.questions import history_lines
from tests.conftest import BOGOTA

pytestmark = pytest.mark.django_db


def words(question, **options):
    status = public_status(question, **options)
    return f"{status.label}: {status.sentence}"


def assigned(question, staff):
    office = staff.office.office_memberships.get().office
    return workflow.assign_question(question, actor=staff.moderation, office=office)


def test_published_without_an_office_is_to_be_assigned(make_question, published):
    assert words(make_question()).startswith("En revisión: La estamos revisando.")
    assert words(published()).startswith("Por asignar: Ya la publicamos y falta asignar la oficina")


def test_a_clarification_is_told_to_the_author_and_of_the_author(published, staff):
    question = published()
    workflow.ask_for_clarification(question, actor=staff.moderation, asked="¿Dónde?")
    assert words(question).startswith("Esperamos la aclaración del autor: Le pedimos un dato más a")
    assert words(question, own=True) == (
        "Esperamos su aclaración: Le pedimos un dato más. "
        "El plazo está en pausa hasta que usted responda."
    )


def test_a_withdrawal_is_told_to_the_author_and_of_the_author(published):
    question = workflow.withdraw_question(published())
    assert words(question, own=True) == "Retirada: Usted la retiró."
    assert words(question) == "Retirada por su autor: Su autor la retiró."


def test_answered_after_the_term_says_so(answered):
    question = answered()
    assert (public_status(question).label, public_status(question).tone) == ("Respondida", "ok")
    question.due_on = question.closed_on - timedelta(days=1)
    late = public_status(question)
    assert (late.label, late.tone) == ("Respondida tarde", "espera")
    assert late.sentence == public_status(question).sentence


def test_late_names_the_office_and_the_way_to_complain(client, published, staff, entity):
    question = assigned(published(), staff)
    past = clock.local_day() - timedelta(days=9)
    Question.objects.update(due_on=past, filed_on=past - timedelta(days=21))
    question.refresh_from_db()
    assert f"La responde: {question.office.name}." in public_status(question).sentence
    page = client.get(question.get_absolute_url()).content.decode()
    assert f'href="{entity.pqrsd_url}" rel="noopener">Cómo reclamar' in page
    assert "Venció:" in client.get("/preguntas/").content.decode()


def test_filed_on_a_sunday_counts_from_the_day_it_is_registered(make_question):
    sunday = clock.now().astimezone(BOGOTA).replace(2020, 11, 22, 10, 0)
    question = make_question(at=sunday)
    assert question.filed_on == date(2020, 11, 23)
    assert "faltan 15 días hábiles" in public_status(question, sunday).sentence


def moves(*names):
    return [Transition(move=name, detail="Oficina", at=clock.now()) for name in names]


def test_a_second_edition_is_a_correction_and_an_answer_after_reopening_is_not():
    lines = history_lines(
        moves("publish_answer", "publish_answer", "reopen_question", "publish_answer")
    )
    assert [line["words"] for line in lines] == [
        "Respondida por Oficina",
        "Reabierta: su autor pidió completar la respuesta",
        "Se corrigió la respuesta",
        "Respondida por Oficina",
    ]


def test_the_history_speaks_to_the_author_on_the_own_page():
    (line,) = history_lines(moves("reopen_question"), True)
    assert line["words"] == "Reabierta: usted pidió completar la respuesta"
    (line,) = history_lines(moves("archive_question"), True)
    assert line["words"] == "Archivada"


def why(question):
    return selectors.why_this_date(question, selectors.public_history(question))


def test_why_this_date_of_a_pause(client, published, staff):
    question = published()
    workflow.ask_for_clarification(question, actor=staff.moderation, asked="¿Dónde?")
    page = client.get(question.get_absolute_url()).content.decode()
    assert "Plazo en pausa" in page.split("Por qué esta fecha")[1]
    assert "La última es" not in page
    assert "Plazo en pausa" in client.get("/preguntas/").content.decode()
    workflow.answer_clarification(question, reply="En El Ejemplo.")
    assert not why(question).is_paused
    page = client.get(question.get_absolute_url()).content.decode()
    assert "El plazo estuvo en pausa hasta que respondió el autor." in page


def test_why_this_date_of_a_reopened_one_counts_from_that_day(client, answered):
    question = answered()
    workflow.reopen_question(question, reason="Falta la fecha")
    assert terms.started_on(question, selectors.working_calendar()) >= question.reopened_on
    page = client.get(question.get_absolute_url()).content.decode()
    assert "el plazo empezó otra vez ese día" in page


def test_no_date_is_explained_where_no_answer_is_due(client, published, staff):
    into, question = published(), published()
    workflow.merge_question(question, actor=staff.moderation, into=into)
    assert why(question) is None
    page = client.get(question.get_absolute_url()).content.decode()
    assert "Por qué esta fecha" not in page
