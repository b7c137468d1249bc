"""The author's own page: opened by radicado and code or by the link of a mail only."""

from datetime import timedelta

import pytest
from django.test import Client

from portal.base import clock
from portal.base.models import OutgoingMail
from questions import codes, workflow
from questions.models import FollowLink, Question

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(make_question):
    return make_question(token="the-token", email="persona@example.org", text="Mi texto original.")


def enter(client, case, code=None):
    code = code or codes.code_for("the-token")
    return client.post("/mi-pregunta/", {"reference": case.reference.lower(), "code": code})


def test_radicado_and_code_open_it_and_stay_out_of_the_address(client, case):
    response = enter(client, case)
    assert (response.status_code, response.url) == (303, "/mi-pregunta/")
    page = client.get("/mi-pregunta/")
    assert "Mi texto original." in page.content.decode()
    assert page.headers["Cache-Control"] == "private, no-store"
    assert 'content="noindex"' in page.content.decode()


def test_one_answer_for_a_wrong_code_and_for_a_number_that_does_not_exist(client, case):
    wrong = enter(client, case, "0000000000").content.decode()
    case.reference = "RC-2020-99999"
    missing = enter(client, case, "0000000000").content.decode()
    sentence = "No encontramos ese número con ese código"
    assert sentence in wrong
    assert sentence in missing


def test_after_ten_wrong_tries_even_the_right_code_waits(client, case):
    for _try in range(11):
        enter(client, case, "0000000000")
    response = enter(client, case)
    assert response.status_code == 429
    assert "Mi texto original." not in client.get("/mi-pregunta/").content.decode()


def test_the_link_of_a_mail_opens_a_short_session(client, case):
    token = OutgoingMail.objects.get().secrets[0]
    response = client.get(f"/mi-pregunta/enlace/{token}/")
    assert response.url == "/mi-pregunta/"
    assert "Mi texto original." in client.get("/mi-pregunta/").content.decode()


def test_an_old_or_foreign_link_opens_nothing(client, case):
    token = OutgoingMail.objects.get().secrets[0]
    FollowLink.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert client.get(f"/mi-pregunta/enlace/{token}/").status_code == 410
    assert client.get("/mi-pregunta/enlace/otro/").status_code == 410


def test_the_session_ends(client, case):
    enter(client, case)
    session = client.session
    session["follow"] = {**session["follow"], "until": clock.now().timestamp() - 1}
    session.save()
    assert "Mi texto original." not in client.get("/mi-pregunta/").content.decode()


def test_leaving_closes_it(client, case):
    enter(client, case)
    client.post("/mi-pregunta/salir/")
    assert "Mi texto original." not in client.get("/mi-pregunta/").content.decode()


def test_withdrawing_asks_once_more(client, case):
    enter(client, case)
    client.post("/mi-pregunta/retirar/")
    case.refresh_from_db()
    assert case.status == "received"
    client.post("/mi-pregunta/retirar/", {"sure": "1"})
    case.refresh_from_db()
    assert case.status == "withdrawn"


def test_a_clarification_is_asked_and_given(client, case, staff):
    workflow.ask_for_clarification(case, actor=staff.moderation, asked="¿En qué vereda?")
    enter(client, case)
    assert "¿En qué vereda?" in client.get("/mi-pregunta/").content.decode()
    empty = client.post("/mi-pregunta/aclarar/", {"reply": " "})
    assert "Escriba su aclaración" in empty.content.decode()
    client.post("/mi-pregunta/aclarar/", {"reply": "En El Ejemplo."})
    case.refresh_from_db()
    assert case.status == "received"
    assert case.clarifications.get().reply == "En El Ejemplo."


def test_moves_without_a_session_do_nothing(case):
    stranger = Client()
    for tail in ("retirar", "aclarar", "mas-tiempo", "respondio"):
        response = stranger.post(
            f"/mi-pregunta/{tail}/", {"sure": "1", "reply": "x", "reason": "x"}
        )
        assert response.url == "/mi-pregunta/"
    assert Question.objects.get().status == "received"
