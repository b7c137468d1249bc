"""Minutes on paper: drawn once, tagged, with the words of the page; signed copies are checked."""

import io
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from accountability.minutes import workflow as editions
from accountability.minutes.selectors import minutes_page
from accountability.models import Minutes
from accountability.paper import drawing, workflow
from portal.base import apart, clock, ledger_check, pdf, uploads
from portal.base.machine import MoveRefused
from portal.base.models import PublicationEntry, StoredFile
from tests import pdf_ua
from tests.base import files
from tests.races import at_once

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not pdf.is_available(), reason="pango is not installed"),
]
ACTA = "/eventos/2020-12-21-jornada/acta"


@pytest.fixture
def paper(minutes, promise):
    """Published minutes with a commitment, drawn by the worker."""
    promise()
    assert drawing.draw_due() == 1
    return Minutes.objects.get(pk=minutes.pk)


def bytes_of(response) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


def tags(reader) -> list[tuple[str, object]]:
    """The structure tree in reading order, as (tag, element)."""
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            return [walk(child) for child in node]
        if not isinstance(node, dict):
            return None
        if "/S" in node:
            found.append((node["/S"], node))
        return walk(node["/K"]) if "/K" in node else None

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


def text_of(reader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def a_pdf() -> bytes:
    return pdf.drawn("<html lang='es'><title>Firmada</title><body><p>Firmada</p></body></html>")


def test_it_holds_every_paragraph_of_the_page(client, paper):
    reader = PdfReader(io.BytesIO(bytes_of(client.get(ACTA + ".pdf"))))
    text = text_of(reader)
    for title, numbered in minutes_page("2020-12-21-jornada").sections:
        assert title in text
        for number, paragraph in numbered:
            assert f"¶ {number} {paragraph}" in text
    assert "C-01" in text
    assert "Página 1 de" in text


def test_it_is_accessible_as_far_as_a_library_sees(client, paper):
    reader = PdfReader(io.BytesIO(bytes_of(client.get(ACTA + ".pdf"))))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "es-CO"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "Acta 003-2020" in reader.metadata.title
    assert "pdfuaid:part" in root["/Metadata"].get_object().get_data().decode()
    names = [tag for tag, _node in tags(reader)]
    headings = [tag for tag in names if re.fullmatch(r"/H[1-6]", tag)]
    assert headings[0] == "/H1"
    assert headings.count("/H1") == 1
    assert set(headings) == {"/H1", "/H2"}
    assert {"/Table", "/TH", "/TD", "/P", "/L", "/Figure"} <= set(names)
    assert all("/Alt" in node for tag, node in tags(reader) if tag == "/Figure")


def test_it_is_sound_for_pdf_ua(client, paper):
    assert pdf_ua.faults(bytes_of(client.get(ACTA + ".pdf"))) == []


def test_each_cell_of_its_table_names_its_row_and_column(client, paper):
    reader = PdfReader(io.BytesIO(bytes_of(client.get(ACTA + ".pdf"))))
    elements = tags(reader)
    headers = [node["/ID"] for tag, node in elements if tag == "/TH"]
    cells = [node["/A"]["/Headers"] for tag, node in elements if tag == "/TD"]
    assert len(headers) == 5  # four columns and one commitment
    row = headers[4]
    assert [sorted(cell) for cell in cells] == [sorted([row, one]) for one in headers[1:4]]


def marks_of(page) -> list[str]:
    """What a page shows outside of any tag or artifact, as names of operators."""
    depth, loose = 0, []
    for _operands, operator in page.get_contents().operations:
        if operator in (b"BDC", b"BMC"):
            depth += 1
        elif operator == b"EMC":
            depth -= 1
        elif not depth and operator in (b"Tj", b"TJ", b"Do", b"f", b"f*", b"S", b"B", b"sh"):
            loose.append(operator.decode())
    return loose


def test_nothing_is_shown_outside_of_tags(client, paper):
    reader = PdfReader(io.BytesIO(bytes_of(client.get(ACTA + ".pdf"))))
    assert [marks_of(page) for page in reader.pages] == [[]] * len(reader.pages)


def test_every_font_is_inside(client, paper):
    reader = PdfReader(io.BytesIO(bytes_of(client.get(ACTA + ".pdf"))))
    fonts = [
        font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()
    ]
    assert fonts
    for font in fonts:
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"])


def test_its_qr_leads_to_its_entry_of_the_log(client, paper):
    reader = PdfReader(io.BytesIO(bytes_of(client.get(ACTA + ".pdf"))))
    entry = PublicationEntry.objects.get(kind="minutes")
    assert f"/verificar/{entry.pk}/" in text_of(reader).replace(" ", "")
    assert entry.sha256 in text_of(reader).replace(" ", "")


def test_it_is_drawn_once_and_stays_the_same(client, paper):
    first = bytes_of(client.get(ACTA + ".pdf"))
    assert drawing.draw_due() == 0
    response = client.get(ACTA + "/edicion-1.pdf")
    assert bytes_of(response) == first
    assert response["ETag"] == f'"{paper.drawn.sha256}"'
    assert "acta-003-2020-edicion-1.pdf" in response["Content-Disposition"]
    assert ledger_check_of("acta-1") == []


def ledger_check_of(part: str) -> list[str]:
    return [fault for fault in ledger_check.faults() if part in fault]


def test_other_bytes_on_the_disk_are_found(paper):
    place = Path(paper.drawn.content.path)
    place.write_bytes(place.read_bytes() + b"%")
    assert len(ledger_check_of("acta-1/pdf")) == 1


def test_a_file_that_is_gone_is_found(client, paper):
    paper.drawn.content.storage.delete(paper.drawn.content.name)
    assert len(ledger_check_of("acta-1/pdf")) == 1
    assert client.get(ACTA + ".pdf").status_code == 404


def test_who_has_it_already_gets_no_bytes(client, paper):
    told = {"If-None-Match": f'"{paper.drawn.sha256}"'}
    response = client.get(ACTA + "/edicion-1.pdf", headers=told)
    assert (response.status_code, response.content) == (304, b"")


def test_other_bytes_in_its_place_are_found(paper):
    StoredFile.objects.filter(pk=paper.drawn_id).update(sha256="0" * 64)
    assert len(ledger_check_of("acta-1/pdf")) == 1


def test_until_it_is_drawn_the_page_is_offered(client, minutes):
    assert client.get(ACTA + ".pdf").url == ACTA + "/"
    assert "edicion-1.pdf" not in client.get(ACTA + "/").content.decode()
    drawing.draw_due()
    assert "edicion-1.pdf" in client.get(ACTA + "/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_workers_keep_one(minutes):
    drawn = []
    refused, faults = at_once(*[lambda: drawn.append(drawing.draw_due())] * 2)
    assert (refused, faults, sorted(drawn)) == ([], [], [0, 1])
    assert StoredFile.objects.count() == 1
    assert PublicationEntry.objects.filter(kind="minutes_pdf").count() == 1


def test_a_draft_has_its_mark_and_no_file_stays(client, draft_minutes, staff):
    assert client.get(ACTA + "/borrador.pdf").status_code == 404
    until = clock.local_day() + timedelta(days=1)
    editions.open_to_remarks(draft_minutes, actor=staff.approval, until=until)
    response = client.get(ACTA + "/borrador.pdf")
    reader = PdfReader(io.BytesIO(bytes_of(response)))
    assert "BORRADOR" in text_of(reader)
    assert [marks_of(page) for page in reader.pages] == [[]] * len(reader.pages)
    assert response["Cache-Control"] == "private, no-store"
    assert not StoredFile.objects.exists()


def test_nothing_of_an_event_that_is_a_draft_again(client, paper, event_held):
    type(event_held).objects.filter(pk=event_held.pk).update(status="draft")
    assert client.get(ACTA + ".pdf").status_code == 404
    assert client.get(ACTA + "/edicion-1.pdf").status_code == 404


def test_the_desk_attaches_a_signed_copy(client, minutes, staff):
    client.force_login(staff.communications)
    scan = SimpleUploadedFile("firmada.pdf", a_pdf(), "application/pdf")
    told = {"action": "attach_signed", "apply": "1", "_selected_action": minutes.pk}
    client.post("/gestion/accountability/minutes/", {**told, "file": scan})
    response = client.get(ACTA + "/edicion-1-firmada.pdf")
    assert bytes_of(response).startswith(b"%PDF")
    assert PublicationEntry.objects.filter(kind="minutes_signed").count() == 1
    assert "firmada.pdf" in client.get(ACTA + "/").content.decode()
    assert ledger_check_of("firmada") == []


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("x.pdf", b"", "vac"),
        ("x.pdf", b"%PDF-1.7 roto", "dañado"),
        ("x.pdf", b"<html>no</html>", "PDF"),
        ("x.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, ""),
        ("x.pdf", b"%PDF-1.4\n" + b"0" * (5 * 1024 * 1024), "MB"),
        ("x.pdf", files.encrypted_pdf("RC4-128"), "contraseña"),
        ("x.pdf", files.pdf_with_object_stream(), "programas"),
        ("x.pdf", files.pdf() + files.HTML, "dañado"),  # a page of the web at its end
        ("x.pdf", files.picture("JPEG"), "copia firmada es un PDF"),
    ],
)
def test_what_is_no_good_pdf_is_refused_with_a_sentence(
    client, minutes, staff, name, data, sentence
):
    client.force_login(staff.communications)
    told = {"action": "attach_signed", "apply": "1", "_selected_action": minutes.pk}
    scan = SimpleUploadedFile(name, data, "application/pdf")
    page = client.post("/gestion/accountability/minutes/", {**told, "file": scan})
    assert page.status_code == 200
    assert "errorlist" in page.content.decode()
    assert sentence in page.content.decode()
    assert Minutes.objects.get(pk=minutes.pk).signed is None


def test_a_draft_has_no_signed_copy(draft_minutes, staff):
    clean = uploads.CleanFile("f.pdf", "application/pdf", b"%PDF")
    with pytest.raises(MoveRefused):
        workflow.attach_signed(draft_minutes, actor=staff.approval, file=clean)


def test_one_scan_is_not_of_two_editions(client, minutes, staff):
    second = editions.new_edition(minutes, actor=staff.communications, change_note="Una cifra")
    client.force_login(staff.communications)
    scan = SimpleUploadedFile("firmada.pdf", a_pdf(), "application/pdf")
    told = {"action": "attach_signed", "apply": "1", "_selected_action": [minutes.pk, second.pk]}
    page = client.post("/gestion/accountability/minutes/", {**told, "file": scan}, follow=True)
    assert "Elija una sola edición" in page.content.decode()
    assert Minutes.objects.filter(signed=None).count() == 2


def test_a_better_scan_leaves_the_first_one_in_the_log(minutes, staff):
    for data in (files.pdf(), files.office_pdf()):
        scan = uploads.CleanFile("f.pdf", "application/pdf", data)
        workflow.attach_signed(minutes, actor=staff.communications, file=scan)
    acts = PublicationEntry.objects.filter(kind="minutes_signed").order_by("pk")
    assert [entry.act for entry in acts] == ["published", "corrected"]
    assert ledger_check_of("firmada") == []


def test_the_staff_reads_a_draft_that_nobody_else_does(client, draft_minutes, staff):
    address = f"/gestion/accountability/minutes/{draft_minutes.pk}/acta.pdf"
    assert client.get(address).status_code == 302
    client.force_login(staff.moderation)
    assert client.get(address).status_code == 403
    client.force_login(staff.communications)
    response = client.get(address)
    assert "BORRADOR" in text_of(PdfReader(io.BytesIO(bytes_of(response))))
    assert "no-store" in response["Cache-Control"]


def test_what_cannot_be_drawn_rests_and_is_tried_again(minutes, staff, client, monkeypatch):
    monkeypatch.setattr(pdf, "WRITER", broken_writer())
    now = clock.now()
    assert drawing.draw_due(now) == 0
    client.force_login(staff.communications)
    listed = client.get("/gestion/accountability/minutes/").content.decode()
    assert "se intenta de nuevo" in listed
    monkeypatch.undo()
    assert drawing.draw_due(now + timedelta(seconds=10)) == 0
    assert drawing.draw_due(now + drawing.TRY_AGAIN) == 1


def broken_writer():
    """The program with less memory than Python itself wants."""
    return replace(pdf.WRITER, memory=20 * apart.MEGABYTE)


def test_the_second_edition_says_what_it_changed(client, minutes, staff):
    second = editions.new_edition(minutes, actor=staff.communications, change_note="Una cifra")
    section = second.sections.first()
    section.body = section.body.replace("Primero", "Antes")
    section.save()
    editions.approve_minutes(second, actor=staff.approval)
    editions.publish_minutes(second, actor=staff.approval)
    assert drawing.draw_due() == 2
    text = text_of(PdfReader(io.BytesIO(bytes_of(client.get(ACTA + ".pdf")))))
    assert "Una cifra" in text
    assert "Qué cambió la edición 2" in text
    first = text_of(PdfReader(io.BytesIO(bytes_of(client.get(ACTA + "/edicion-1.pdf")))))
    assert "Primero de Apertura" in first
