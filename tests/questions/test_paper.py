"""Numbered sheets: their numbers are taken once, and their PDF is read back."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from entity.models import Topic
from portal.base import pdf, versions
from questions import workflow
from questions.models import PaperForm
from questions.views import paper as public_paper
from tests import pdf_ua
from tests.base.test_pdf import figures_of, tags_of

pytestmark = pytest.mark.django_db
PAPER = reverse("admin:questions_question_paper")


@pytest.fixture
def desk(client, staff):
    client.force_login(staff.moderation)
    return client


def read(response) -> PdfReader:
    return PdfReader(io.BytesIO(response.content))


def words(page) -> str:
    return " ".join(page.extract_text().split())


def test_numbers_are_taken_and_their_page_follows(desk, staff, event_held):
    response = desk.post(PAPER, {"count": "3", "event": event_held.slug})
    assert (response.status_code, response.url) == (303, f"{PAPER}1-3/")
    forms = PaperForm.objects.order_by("number")
    assert [str(form) for form in forms] == ["F-00001", "F-00002", "F-00003"]
    assert {(form.event, form.printed_by) for form in forms} == {(event_held, staff.moderation)}
    assert "F-00001" in desk.get(response.url).content.decode()
    desk.post(PAPER, {"count": "1"})
    assert PaperForm.objects.order_by("number").last().number == 4


def test_looking_takes_no_numbers(desk):
    desk.get(PAPER)
    desk.get(f"{PAPER}1-3.pdf")
    assert not PaperForm.objects.exists()


@pytest.mark.parametrize("count", ["", "0", "-1", "201", "99999999999999999999", "tres", "1.5"])
def test_how_many_is_from_1_to_200(desk, count):
    response = desk.post(PAPER, {"count": count})
    assert list(response.context["form"].errors) == ["count"]
    assert response.context["form"].errors["count"] == ["Escriba cuántos, de 1 a 200"]
    assert not PaperForm.objects.exists()


@pytest.mark.parametrize("count", [0, 201])
def test_the_workflow_refuses_it_too(staff, count):
    with pytest.raises(workflow.MoveRefused):
        workflow.reserve_forms(actor=staff.moderation, count=count)


def test_a_sheet_for_each_number_with_its_words_and_its_qr(desk, event_held):
    desk.post(PAPER, {"count": "3", "event": event_held.slug})
    reader = read(desk.get(f"{PAPER}1-3.pdf"))
    assert len(reader.pages) == 3
    for number, page in zip(("F-00001", "F-00002", "F-00003"), reader.pages, strict=True):
        said = words(page)
        assert said.count(number) >= 3  # in large type, on the stub, and in its heading
        assert "Agua y ríos" in said and "Autorizo el tratamiento de mis datos" in said
        assert "/eventos/2020-12-21-jornada/preguntar/" in said.replace(" ", "")
        assert "/mi-pregunta/" in said.replace(" ", "")
    assert all("/eventos/2020-12-21-jornada/preguntar/" in alt for alt in figures_of(reader))
    assert len(figures_of(reader)) == 3


def test_the_pdf_is_tagged_with_language_and_title(desk):
    desk.post(PAPER, {"count": "1"})
    reader = read(desk.get(f"{PAPER}1-1.pdf"))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "es-CO" and root["/MarkInfo"]["/Marked"]
    assert {"/Sect", "/H1", "/H2", "/L", "/LI", "/P", "/Figure"} <= tags_of(reader)
    assert reader.metadata.title == "Formulario para una pregunta, observación o sugerencia"
    assert "/pregunte/" in words(reader.pages[0]).replace(" ", "")
    assert pdf_ua.faults(desk.get(f"{PAPER}1-1.pdf").content) == []


def test_many_topics_still_fit_on_one_page(desk):
    for number in range(14):
        Topic.objects.create(slug=f"t{number}", name=f"Un tema de nombre bastante largo {number}")
    versions.everything_changed()
    desk.post(PAPER, {"count": "2"})
    assert len(read(desk.get(f"{PAPER}1-2.pdf")).pages) == 2


@pytest.mark.parametrize("ends", ["1-2", "5-6", "2-1", "1-300", "0-1", "1-99999999999999999"])
def test_numbers_that_were_not_taken_have_no_sheets(desk, ends):
    for tail in ("/", ".pdf", "/hojas/"):
        assert desk.get(f"{PAPER}{ends}{tail}").status_code == 404


def test_sheets_for_the_printer_of_the_browser(desk):
    desk.post(PAPER, {"count": "2"})
    page = desk.get(f"{PAPER}1-2/hojas/").content.decode()
    assert page.count('class="hoja"') == 2 and "data-print" in page


def test_without_pango_the_sheets_can_be_printed(desk, monkeypatch):
    monkeypatch.setattr(pdf, "LIBRARIES", ("pango-that-nobody-has",))
    desk.post(PAPER, {"count": "1"})
    page = desk.get(f"{PAPER}1-1/").content.decode()
    assert f"{PAPER}1-1/hojas/" in page and f"{PAPER}1-1.pdf" not in page
    assert desk.get(f"{PAPER}1-1.pdf").url == f"{PAPER}1-1/hojas/"
    blank = desk.get("/preguntar/formulario.pdf")
    assert blank["Content-Type"].startswith("text/html") and b'class="hoja"' in blank.content
    assert "no-store" in blank["Cache-Control"]


def test_who_may_not_enter_is_refused(client, staff):
    workflow.reserve_forms(actor=staff.moderation, count=1)
    for role in ("office", "approval", "internal_control"):
        client.force_login(staff[role])
        for address in (PAPER, f"{PAPER}1-1/", f"{PAPER}1-1.pdf", f"{PAPER}1-1/hojas/"):
            assert client.get(address).status_code == 403
        assert client.post(PAPER, {"count": "1"}).status_code == 403
    assert PaperForm.objects.count() == 1


def test_anybody_may_print_a_sheet_without_number(client, event_held):
    response = client.get("/eventos/2020-12-21-jornada/preguntar/formulario.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert "public" in response["Cache-Control"] and response["ETag"]
    reader = read(response)
    assert len(reader.pages) == 1
    assert "F-0" not in words(reader.pages[0])
    assert "21 de diciembre de 2020" in words(reader.pages[0])
    assert not PaperForm.objects.exists()


def test_the_blank_sheet_is_drawn_once_while_it_says_the_same(client, entity, monkeypatch):
    first = client.get("/preguntar/formulario.pdf").content
    versions.content_changed()
    versions.forget()
    drawings = []
    monkeypatch.setattr(public_paper.pdf, "drawn", lambda html: drawings.append(html))
    assert client.get("/preguntar/formulario.pdf").content == first
    assert drawings == []


def test_a_draft_event_has_no_sheet(client, event_held):
    event_held.status = "draft"
    event_held.save()
    assert client.get("/eventos/2020-12-21-jornada/preguntar/formulario.pdf").status_code == 404


def test_the_form_offers_the_sheet(client, event_open):
    page = client.get(f"/eventos/{event_open.slug}/preguntar/").content.decode()
    assert f"/eventos/{event_open.slug}/preguntar/formulario.pdf" in page
    assert "/preguntar/formulario.pdf" in client.get("/preguntar/").content.decode()
