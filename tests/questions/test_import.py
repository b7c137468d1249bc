"""Imported lists: hostile files, the dry run with its sentences, filing each row once."""

import csv
import io
import zipfile
from datetime import date, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from portal.base import clock, tables
from portal.base.models import OutgoingMail
from questions import import_rows, imports, workflow
from questions.models import Author, ImportBatch, Question
from tests.questions.desk import said, words_of

pytestmark = pytest.mark.django_db
IMPORT = reverse("admin:questions_question_import")
ROW = {
    "canal": "Teléfono",
    "lugar": "Sede San Gil",
    "fecha": "06/03/2026",
    "hora": "4:40 p. m.",
    "texto": "¿Cuándo reparan el puente de la vereda?",
    "tema": "Agua y ríos",
    "municipio": "Oiba",
}


@pytest.fixture
def desk(client, staff):
    client.force_login(staff.moderation)
    return client


def csv_of(*rows, separator=";", encoding="utf-8", columns=import_rows.COLUMNS) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=separator, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx_of(*rows) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append(import_rows.COLUMNS)
    for row in rows:
        book.active.append([row.get(column) for column in import_rows.COLUMNS])
    book.save(out)
    return out.getvalue()


def ods_of(*rows) -> bytes:
    """As little of a spreadsheet as LibreOffice would still open."""
    lines = [dict(zip(import_rows.COLUMNS, import_rows.COLUMNS, strict=True)), *rows]
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{row.get(c, "")}</text:p>'
            "</table:table-cell>"
            for c in import_rows.COLUMNS
        )
        + "</table:table-row>"
        for row in lines
    )
    spaces = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
        for n in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="a">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    parts = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    return zipped(parts)


def zipped(parts: dict) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def upload(client, content: bytes, name="lista.csv", **data):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content), **data})


def tried(client, *rows):
    """The dry run of these rows."""
    upload(client, csv_of(*rows))
    return imports.tried(ImportBatch.objects.first())


def problems(client, **changes) -> list:
    row = tried(client, {**ROW, **changes}).rows[0]
    return row.problems


def refusal(response) -> str:
    return response.context["form"].errors["file"][0]


@pytest.mark.parametrize("kind", [csv_of, xlsx_of, ods_of])
def test_a_list_of_each_kind(desk, kind):
    page = desk.get(upload(desk, kind(ROW), f"lista.{kind.__name__[:-3]}").url)
    assert (page.context["found"]["right"], page.context["found"]["wrong"]) == (1, 0)
    assert not Question.objects.exists()
    desk.post(page.wsgi_request.path)
    question = Question.objects.get()
    assert question.submitted_at == clock.at_hour(date(2026, 3, 6), time(16, 40))
    assert (question.channel, question.received_place) == ("phone", "Sede San Gil")
    assert (question.original_text, question.municipality.name) == (ROW["texto"], "Oiba")
    assert question.topic.slug == "agua"


@pytest.mark.parametrize(
    ("separator", "encoding"),
    [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-8"), (";", "latin-1"), (",", "cp1252"),
     ("\t", "utf-16")],
)  # fmt: skip
def test_separators_and_encodings(desk, separator, encoding):
    row = {
        **ROW,
        "texto": "¿Quién cuida el páramo, y con qué presupuesto?\nDos líneas; una pregunta.",
    }
    page = desk.get(upload(desk, csv_of(row, separator=separator, encoding=encoding)).url)
    found = page.context["found"]
    assert (found["right_rows"][0]["words"], found["wrong"]) == (row["texto"], 0)


def test_days_and_hours_as_a_spreadsheet_keeps_them(desk):
    row = {**ROW, "fecha": date(2026, 3, 6), "hora": time(16, 40)}
    page = desk.get(upload(desk, xlsx_of(row), "lista.xlsx").url)
    expected = clock.at_hour(date(2026, 3, 6), time(16, 40))
    assert page.context["found"]["right_rows"][0]["received_at"] == expected


@pytest.mark.parametrize(
    ("written", "read"),
    [("14:30", "14:30"), ("2:30 p. m.", "14:30"), ("2:30PM", "14:30"), ("12:00 a. m.", "00:00"),
     ("12 pm", "12:00"), ("9", "09:00"), ("14.05", "14:05"), ("14:30:59", "14:30"),
     ("13 pm", "13 pm"), ("tarde", "tarde"), ("", "")],
)  # fmt: skip
def test_hours_as_people_write_them(written, read):
    assert import_rows.hour_of(written) == read


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"canal": ""}, "canal", "Escoja el canal"),
        ({"canal": "señales de humo"}, "canal", "Escoja un canal de la lista"),
        ({"canal": "web"}, "canal", "Escoja un canal de la lista"),
        ({"fecha": "ayer"}, "fecha", "Escriba el día así"),
        ({"fecha": "2999-01-01"}, "fecha", "después de este momento"),
        ({"hora": "tarde"}, "hora", "Escriba la hora así"),
        ({"texto": ""}, "texto", "Escriba lo que dice la persona"),
        ({"tema": "Fútbol"}, "tema", "Escoja un tema de la lista"),
        ({"municipio": "Oibaa"}, "municipio", "Oiba"),
        ({"tipo": "queja"}, "tipo", "pregunta, observación o sugerencia"),
        ({"correo": "ana@", "autoriza": "si"}, "correo", "nombre@ejemplo.com"),
        ({"autoriza": "tal vez"}, "autoriza", "Escriba Sí o No"),
        ({"como_aparece": "nombre", "autoriza": "sí"}, "nombre", "Escriba el nombre"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_with_its_column(desk, changes, column, words):
    (found,) = problems(desk, **changes)
    assert found[0] == column and words in found[1]


def test_the_page_names_row_column_and_sentence(desk):
    page = desk.get(upload(desk, csv_of(ROW, {**ROW, "tema": "Fútbol", "hora": "8:00"})).url)
    assert "3 tema Escoja un tema de la lista" in words_of(page)
    assert "Radicar solo la 1 que está bien" in words_of(page)


def test_without_hour_it_counts_from_the_beginning_of_the_day(desk):
    row = tried(desk, {**ROW, "hora": ""}).right[0]
    assert row.form.received_at == clock.at_hour(date(2026, 3, 6), time(0))
    assert len(row.notes) == 1


def test_contact_data_only_where_it_was_authorised(desk):
    person = {"nombre": "Ana Gómez", "correo": "ana@correo.example", "como_aparece": "nombre"}
    other = {**person, "nombre": "Luis Ruiz", "texto": "Otra pregunta sobre otra cosa"}
    url = upload(desk, csv_of({**ROW, **person, "autoriza": "Sí"}, {**ROW, **other})).url
    assert len(desk.get(url).context["found"]["right_rows"][1]["notes"]) == 1
    desk.post(url)
    assert [author.name for author in Author.objects.all()] == ["Ana Gómez"]
    assert OutgoingMail.objects.count() == 1
    assert not Question.objects.filter(public_name="Luis Ruiz").exists()


def test_all_rows_must_be_right_or_somebody_says_so(desk):
    url = upload(desk, csv_of(ROW, {**ROW, "tema": "Fútbol"})).url
    refused = desk.post(url)
    assert refused.status_code == 200 and refused.context["refusal"]
    assert not Question.objects.exists()
    desk.post(url, {"only_right": "1"})
    assert Question.objects.count() == 1


def test_pressed_twice_every_row_is_filed_once(desk):
    url = upload(desk, csv_of(ROW, {**ROW, "texto": "Otra pregunta, de otra vereda"})).url
    first = desk.post(url)
    assert said(first) == ["2 aportes de la lista quedaron radicados."]
    second = desk.post(url)
    assert Question.objects.count() == 2
    assert said(second)[-1] == "2 aportes de la lista quedaron radicados."
    batch = ImportBatch.objects.get()
    assert (batch.rows, batch.filed_count) == ([], 2)
    assert "quedaron radicados" in words_of(desk.get(url))


def test_a_crash_half_way_loses_and_doubles_nothing(staff, monkeypatch):
    rows = [{**ROW, "texto": f"Pregunta número {n} de la lista"} for n in range(60)]
    batch = imports.keep(
        SimpleUploadedFile("l.csv", csv_of(*rows)), actor=staff.moderation, event=None
    )
    real, calls = workflow.enter_question, []

    def power_cut(filing, **options):
        calls.append(filing)
        if len(calls) == 40:
            raise KeyboardInterrupt
        return real(filing, **options)

    monkeypatch.setattr(imports, "enter_question", power_cut)
    with pytest.raises(KeyboardInterrupt):
        imports.file_batch(batch, actor=staff.moderation)
    assert Question.objects.count() == 25
    assert len(imports.tried(ImportBatch.objects.get()).filed) == 25
    assert imports.file_batch(ImportBatch.objects.get(), actor=staff.moderation) == 60
    assert Question.objects.count() == 60


def test_doubles_in_the_list_and_in_the_portal(desk):
    desk.post(upload(desk, csv_of({**ROW, "numero_externo": "CAS-1"})).url)
    reference = Question.objects.get().reference
    found = tried(
        desk,
        {**ROW, "numero_externo": "CAS-1", "texto": "El mismo número, otro texto"},
        {**ROW, "hora": "9:00"},
        {**ROW, "hora": "9:00", "texto": "  ¿CUÁNDO reparan el puente  de la vereda?"},
        {**ROW, "hora": "9:00", "nombre": "Ana", "autoriza": "sí"},
    )
    assert [[words for _column, words in row.problems] for row in found.rows] == [
        [f"Ya está en el portal: {reference}."], [], ["Es igual a la fila 3."], [],
    ]  # fmt: skip


def test_the_same_list_again_files_nothing(desk):
    desk.post(upload(desk, csv_of(ROW)).url)
    found = tried(desk, ROW)
    assert "Ya está en el portal" in found.rows[0].problems[0][1]


def test_formulas_are_text(desk):
    row = {**ROW, "texto": '=HYPERLINK("http://x.example";"clic")', "lugar": "@SUM(1)"}
    url = upload(desk, csv_of(row)).url
    desk.post(url)
    assert Question.objects.get().original_text == row["texto"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vacío"),
        (b"canal;fecha\n", "vacía"),
        (b"canal;fecha\nTel;hoy\n", "texto, tema, municipio"),
        (b"%PDF-1.7 x", "CSV, XLSX u ODS"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "CSV, XLSX u ODS"),
        (b"PK\x03\x04 broken", "dañado"),
        (zipped({"word/document.xml": "<x/>"}), "CSV, XLSX u ODS"),
        (zipped({"xl/workbook.xml": "<x/>"}), "dañado"),
        (zipped({"xl/workbook.xml": "x", "xl/bomb.xml": b"0" * 70_000_000}), "demasiado grande"),
        (zipped({f"xl/{n}.xml": "" for n in range(600)}), "demasiado grande"),
        (b"x" * (2 * 1024 * 1024 + 1), "2 MB"),
        (b'canal;"' + b"x" * 200_000, "dañado"),
    ],
)  # fmt: skip
def test_hostile_and_wrong_files_are_refused_with_a_sentence(desk, content, words):
    response = upload(desk, content)
    assert words in refusal(response)
    assert not ImportBatch.objects.exists()


def changed(archive: bytes, name: str, before: bytes, after: bytes) -> bytes:
    """The same archive with other bytes in one of its parts."""
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        parts = {info.filename: source.read(info) for info in source.infolist()}
    assert before in parts[name]
    return zipped({**parts, name: parts[name].replace(before, after)})


def test_a_bomb_that_lies_about_its_size(desk):
    """The directory of the archive says 10 bytes; what it unpacks to is 70 MB."""
    data = bytearray(changed(ods_of(ROW), "content.xml", b"Oiba", b" " * 70_000_000))
    assert len(data) < 400_000
    assert "demasiado grande" in refusal(upload(desk, bytes(data), "lista.ods"))
    at = data.index(b"content.xml", data.index(b"PK\x01\x02")) - 46
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert "dañado" in refusal(upload(desk, bytes(data), "lista.ods"))


def test_a_row_that_is_repeated_ten_million_times(desk):
    many = b'<table:table-row table:number-rows-repeated="10000000">'
    data = changed(ods_of(ROW), "content.xml", b"<table:table-row>", many)
    assert "demasiado grande" in refusal(upload(desk, data, "lista.ods"))


def test_a_sheet_with_a_cell_at_the_far_corner(desk):
    book, out = Workbook(), io.BytesIO()
    book.active.append(import_rows.COLUMNS)
    book.active["XFD1048576"] = "x"
    book.save(out)
    assert refusal(upload(desk, out.getvalue(), "lista.xlsx"))


def test_a_million_columns(desk):
    data = b";".join([b"canal"] * 400_000) + b"\n"
    assert refusal(upload(desk, data))


def test_more_rows_than_may_be(desk, monkeypatch):
    monkeypatch.setattr(import_rows, "MOST_ROWS", 2)
    assert "más de 2 filas" in refusal(upload(desk, csv_of(ROW, ROW, ROW)))
    assert upload(desk, csv_of(ROW, ROW)).status_code == 303


def test_the_templates_can_be_filled_in_and_imported(desk):
    book = load_workbook(io.BytesIO(desk.get(f"{IMPORT}plantilla.xlsx").content))
    for cell in book.active[1]:
        book.active.cell(row=2, column=cell.column, value=ROW.get(cell.value))
    out = io.BytesIO()
    book.save(out)
    assert len(imports.tried(_kept(desk, out.getvalue(), "l.xlsx")).right) == 1
    empty = desk.get(f"{IMPORT}plantilla.csv").content
    filled = empty + ";".join(ROW.get(c, "") for c in import_rows.COLUMNS).encode()
    assert len(imports.tried(_kept(desk, filled, "l.csv")).right) == 1
    assert desk.get(f"{IMPORT}plantilla.exe").status_code == 404


def _kept(client, content, name):
    upload(client, content, name)
    return ImportBatch.objects.first()


def test_a_list_is_its_owners_alone(desk, staff):
    url = upload(desk, csv_of(ROW)).url
    desk.force_login(staff.communications)
    assert desk.get(url).status_code == 404 and desk.post(url).status_code == 404
    desk.force_login(staff.office)
    for address in (IMPORT, url, f"{IMPORT}plantilla.csv"):
        assert desk.get(address).status_code == 403
    assert not Question.objects.exists()
    desk.force_login(staff.moderation)
    assert desk.get(f"{IMPORT}{10**30}/").status_code == 404


def test_lists_that_nobody_filed_are_forgotten_after_a_day(staff):
    file = SimpleUploadedFile("l.csv", csv_of(ROW))
    batch = imports.keep(file, actor=staff.moderation, event=None)
    assert imports.purge(batch.created_at + timedelta(hours=23)) == 0
    assert imports.purge(batch.created_at + timedelta(hours=25)) == 1
    assert not ImportBatch.objects.exists()


def test_the_dry_run_asks_the_same_whatever_the_rows(staff, django_assert_max_num_queries):
    rows = [{**ROW, "texto": f"Pregunta número {n}"} for n in range(80)]
    file = SimpleUploadedFile("l.csv", csv_of(*rows))
    batch = imports.keep(file, actor=staff.moderation, event=None)
    imports.tried(batch)
    with django_assert_max_num_queries(8):
        assert len(imports.tried(batch).right) == 80


def test_workbook_reader_says_when_it_is_busy(monkeypatch):
    monkeypatch.setattr(
        tables.READER, "_places", type("Full", (), {"acquire": lambda *_a, **_k: 0})()
    )
    with pytest.raises(tables.TableRefused, match="otros archivos"):
        tables.rows_of(SimpleUploadedFile("l.xlsx", xlsx_of(ROW)), most_rows=5)
