"""The PDF of a published contribution: what it says, who may have it, one at a time."""

import io

import pypdfium2
import pytest
import segno
from pypdf import PdfReader

from portal.base import qr, versions
from portal.base.models import PublicationEntry
from questions import workflow
from questions.views import public
from tests import pdf_ua

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


def figures(reader) -> list:
    """The drawings of the structure tree."""
    found, stack = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while stack:
        item = stack.pop().get_object()
        if isinstance(item, list):
            stack.extend(item)
        elif hasattr(item, "keys"):
            found += [item] if item.get("/S") == "/Figure" else []
            stack += [item.raw_get("/K")] if "/K" in item else []
    return found


def modules(content: bytes, figure, side: int) -> list[list[int]]:
    """The dark and light squares of a drawing as they come out of the printer."""
    pdf = pypdfium2.PdfDocument(content)
    page = next(p for p in pdf if "Cómo comprobar" in p.get_textpage().get_text_range())
    x1, y1, x2, _y2 = (float(n) * 0.75 * 6 for n in figure["/A"]["/BBox"])
    shown = page.render(scale=6).to_pil().convert("L")
    inner = range(qr.QUIET, side - qr.QUIET)
    step = (x2 - x1) / side
    return [
        [int(shown.getpixel((x1 + (x + 0.5) * step, y1 + (y + 0.5) * step)) < 128) for x in inner]
        for y in inner
    ]


def test_its_qr_leads_to_the_entry_of_the_answer_that_is_printed(client, answered, settings):
    question = answered()
    content = client.get(f"/preguntas/{question.number}/pregunta.pdf").content
    entry = PublicationEntry.objects.get(kind="answer")
    address = f"{settings.SITE_URL}/verificar/{entry.pk}/"
    reader, text = PdfReader(io.BytesIO(content)), ""
    text = " ".join(page.extract_text() for page in reader.pages)
    assert address in text and entry.sha256 in "".join(text.split())
    (figure,) = figures(reader)
    assert address in figure["/Alt"]
    matrix = [list(row) for row in segno.make(address, error="m", micro=False).matrix]
    assert modules(content, figure, len(matrix) + 2 * qr.QUIET) == matrix
    assert entry.reference in client.get(f"/verificar/{entry.pk}/").content.decode()


def test_a_correction_leads_to_its_own_entry(client, answered, staff):
    question = answered()
    client.get(f"/preguntas/{question.number}/pregunta.pdf")
    words = {"summary": "Otra frase.", "body": "Otro texto.", "correction_note": "Una cifra."}
    second = workflow.draft_answer(question, actor=staff.office, **words)
    workflow.request_approval(second, actor=staff.office)
    workflow.publish_answer(second, actor=staff.approval)
    versions.forget()
    _reader, text = words_of(client, question)
    first, second = PublicationEntry.objects.filter(kind="answer").order_by("pk")
    assert f"/verificar/{second.pk}/" in text and f"/verificar/{first.pk}/" not in text


def words_of(client, question):
    return words(client.get(f"/preguntas/{question.number}/pregunta.pdf"))


def test_without_an_answer_there_is_nothing_to_prove_and_no_qr(client, published, settings):
    question = published()
    reader, text = words_of(client, question)
    assert figures(reader) == []
    assert "/verificar/" not in text
    assert f"{settings.SITE_URL}/preguntas/{question.number}/" in text


BODY = """# Título del autor

#### Más adentro

| Mes | Visitas |
|---|---|
| Enero | 9 |

- Uno
  - Dentro
- Dos

[El informe](https://www.example.org/informe), ~~no~~ y **sí**.

1. Primero

> Una cita

---
"""


def test_it_is_sound_for_pdf_ua_whatever_the_answer_holds(client, answered, published):
    for question in (answered(), published(), answered(body=BODY)):
        content = client.get(f"/preguntas/{question.number}/pregunta.pdf").content
        assert pdf_ua.faults(content) == []


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
