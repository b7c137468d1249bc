"""Sentences of a state that depend on more than the state."""

from datetime import timedelta

import pytest

from portal.base import clock
from portal.base.dates import long_day
from questions import codes, workflow
from questions.models import Question
from questions.status import public_status

pytestmark = pytest.mark.django_db


def sentence(question, **options):
    question.refresh_from_db()
    return public_status(question, **options).sentence


def test_what_waits_for_review_names_the_day_of_publication_while_it_lies_ahead(make_question):
    question = make_question()
    assert sentence(question).startswith("La estamos revisando. Se publica a más tardar el ")
    later = clock.now() + timedelta(days=9)
    assert sentence(question, at=later).startswith("La estamos revisando. La respuesta llega")


def test_what_is_not_published_is_answered_all_the_same(make_question, staff):
    question = workflow.withhold(make_question(), actor=staff.moderation, reason="insults")
    assert sentence(question, own=True).startswith(
        "No la publicamos, pero sí la respondemos. La respuesta llega a más tardar el "
    )


def test_a_transfer_names_the_letter(published, staff):
    question = workflow.transfer_question(
        published(), actor=staff.moderation, body="la CDMB", letter="2026-114"
    )
    today = long_day(clock.local_day())
    assert sentence(question) == (
        f"La enviamos a la CDMB, que es la entidad competente, el {today}. Radicado: 2026-114."
    )


def test_answered_in_the_event_says_so_and_leads_to_the_moment(answered):
    question = answered()
    assert sentence(question).endswith("El plazo es de 15.")
    Question.objects.update(live_second=0)
    assert sentence(question).startswith(
        "Se respondió en la jornada. La respuesta escrita llegó el "
    )


def test_the_plain_term_is_named_only_where_it_was_the_term(answered):
    question = answered()
    Question.objects.update(due_on=question.due_on + timedelta(days=3))
    due = long_day(question.due_on + timedelta(days=3))
    assert sentence(question).endswith(f"Vencía el {due}.")


def test_a_second_month_to_clarify_can_be_asked_for_once(client, make_question, staff):
    question = make_question(token="the-token")
    workflow.ask_for_clarification(question, actor=staff.moderation, asked="¿Dónde?")
    data = {"reference": question.reference, "code": codes.code_for("the-token")}
    client.post("/mi-pregunta/", data)
    assert "Necesito más tiempo para aclarar" in client.get("/mi-pregunta/").content.decode()
    client.post("/mi-pregunta/mas-tiempo/")
    page = client.get("/mi-pregunta/").content.decode()
    last_day = long_day(question.clarifications.get().reply_by)
    assert "Tiene un segundo mes para responder." in page
    assert f"Responda a más tardar el {last_day}." in page
    assert "Necesito más tiempo para aclarar" not in page
    again = client.post("/mi-pregunta/mas-tiempo/").content.decode()
    assert "Ya se amplió. Solo se puede una vez." in again
