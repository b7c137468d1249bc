"""The PDF of a published contribution: what it says, who may have it, one at a time."""

import io

import pytest
from pypdf import PdfReader

from questions import workflow
from questions.views import public

pytestmark = pytest.mark.django_db


def words(response):
    reader = PdfReader(io.BytesIO(response.content))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_it_holds_question_answer_history_and_address(client, answered, settings):
    question = answered(
        public_text="Hablé con [nombre oculto] de la quebrada.",
        title="¿Quién cuida la quebrada?",
        text="ORIGINAL QUE NADIE LEE",
        email="persona@example.org",
    )
    response = client.get(f"/preguntas/{question.number}/pregunta.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"].startswith("public")
    reader, text = words(response)
    assert reader.metadata.title.endswith("¿Quién cuida la quebrada?")
    for part in ("nombre oculto", "Haremos una visita.", "Historia", question.reference):
        assert part in text
    assert f"{settings.SITE_URL}/preguntas/{question.number}/" in text
    assert "ORIGINAL" not in text
    assert "persona@" not in text
    etag = {"if-none-match": response.headers["ETag"]}
    assert client.get(f"/preguntas/{question.number}/pregunta.pdf", headers=etag).status_code == 304


def test_while_another_one_is_drawn_it_asks_to_come_again(client, answered, monkeypatch):
    question = answered()
    monkeypatch.setattr(public, "MOST_WAITED", 0.01)
    assert public._drawing.acquire()
    try:
        response = client.get(f"/preguntas/{question.number}/pregunta.pdf")
    finally:
        public._drawing.release()
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert "El PDF no está listo" in response.content.decode()
    assert response.headers["Cache-Control"] == "private, no-store"


def test_who_comes_third_does_not_wait(client, answered, monkeypatch):
    """Many at once must not keep the threads of a process from all other pages."""
    question = answered()
    monkeypatch.setattr(public, "MOST_WAITED", 60)
    with public._places, public._places:
        response = client.get(f"/preguntas/{question.number}/pregunta.pdf")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert client.get(f"/preguntas/{question.number}/pregunta.pdf").status_code == 200


def test_what_is_not_public_has_none(client, make_question, published):
    hidden, withdrawn = make_question(), workflow.withdraw_question(published())
    assert client.get(f"/preguntas/{hidden.number}/pregunta.pdf").status_code == 404
    assert client.get(f"/preguntas/{withdrawn.number}/pregunta.pdf").status_code == 410
