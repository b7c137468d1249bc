"""The author's own verdict: thanks, what is missing, and asking once for more."""

import pytest

from questions import codes, workflow
from questions.models import AnswerVote

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(answered):
    return answered(token="the-token", text="¿Cuándo limpian la quebrada del pueblo?")


@pytest.fixture
def own(client, case):
    data = {"reference": case.reference, "code": codes.code_for("the-token")}
    client.post("/mi-pregunta/", data)
    return lambda: client.get("/mi-pregunta/").content.decode()


def say(client, **data):
    return client.post("/mi-pregunta/respondio/", data)


def test_yes_is_thanked_and_may_be_changed(client, case, own):
    assert "¿Esto respondió su pregunta?" in own()
    say(client, value="yes")
    assert "Gracias. La oficina lee lo que nos contó." in own()
    say(client, value="partly", reason="Falta la vereda")
    vote = AnswerVote.objects.get()
    assert (vote.value, vote.comment, vote.is_author) == ("partly", "Falta la vereda", True)
    page = own()
    assert "Falta la vereda" in page
    case.refresh_from_db()
    assert case.status == "answered"
    assert "Falta la vereda" not in client.get(case.get_absolute_url()).content.decode()


def test_asking_for_more_reopens_once_with_its_reason(client, case, own):
    say(client, value="no", reason="Falta la fecha", reopen="on")
    case.refresh_from_db()
    assert (case.status, case.reopened_on is not None) == ("assigned", True)
    page = own()
    assert "Reabrimos su pregunta." in page
    assert "¿Esto respondió su pregunta?" not in page
    say(client, value="no", reason="Falta la fecha", reopen="on")  # a second press
    assert AnswerVote.objects.get().comment == ""
    case.refresh_from_db()
    assert case.status == "assigned"


def test_after_the_second_answer_it_is_judged_but_not_reopened(client, case, own, staff):
    say(client, value="no", reason="Falta la fecha", reopen="on")
    case.refresh_from_db()
    answer = workflow.draft_answer(
        case, actor=staff.office, summary="En enero.", body="En enero.", correction_note="La fecha"
    )
    workflow.request_approval(answer, actor=staff.office)
    workflow.publish_answer(answer, actor=staff.approval)
    page = own()
    assert "¿Esto respondió su pregunta?" in page
    assert "Pedir que completen la respuesta" not in page
    say(client, value="yes", reopen="on")
    case.refresh_from_db()
    assert case.status == "answered"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"reason": "Mi razón"}, "Escoja Sí, En parte o No"),
        ({"value": "no", "reopen": "on"}, "Cuéntenos qué falta todavía"),
        ({"value": "yes", "reopen": "on", "reason": "Mi razón"}, "Para pedir más, escoja No"),
        ({"value": "no", "reason": "Mi razón" * 50}, "Escriba máximo 300 letras"),
        ({"value": "no", "reopen": "on", "reason": "Mi razón" * 200}, "Escriba máximo 1.500"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(client, case, own, data, error):
    page = say(client, **data).content.decode()
    assert error in page
    assert data.get("reason", "") in page
    assert 'id="errores"' in page
    assert not AnswerVote.objects.exists()
    case.refresh_from_db()
    assert case.status == "answered"


def test_a_long_reason_may_stand_in_a_reopening(client, case, own):
    say(client, value="partly", reason="Falta mucho. " * 100, reopen="on")
    case.refresh_from_db()
    assert case.status == "assigned"


def test_who_was_joined_to_another_reads_the_answer_there(client, case, staff, published):
    workflow.reopen_question(case, reason="Falta")
    joined = published(token="other-token")
    workflow.merge_question(joined, actor=staff.moderation, into=case)
    data = {"reference": joined.reference, "code": codes.code_for("other-token")}
    client.post("/mi-pregunta/", data)
    page = client.get("/mi-pregunta/").content.decode()
    assert "Haremos una visita." in page
    assert "¿Esto respondió su pregunta?" not in page
