"""The words inside PDFs: read once, found by search, gone with their document, hostile or not."""

import io
import time
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader, PdfWriter
from weasyprint import HTML

from events import publishing
from events.models import Document, Event
from portal.base import apart, document_texts, search, ticks
from portal.base.models import DocumentText, SearchEntry
from portal.base.uploads import CleanFile
from tests.base import files
from tests.races import at_once

pytestmark = pytest.mark.django_db
READ, EMPTY, FAILED = "read", "empty", "failed"


def made(*pages: str) -> bytes:
    """A PDF with a page for each text, as an office would write it."""
    parts = (f'<p style="break-after:page">{text}</p>' for text in pages)
    return HTML(string=f"<html lang='es'><body>{''.join(parts)}").write_pdf()


def times(data: bytes, number: int) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    page = PdfReader(io.BytesIO(data)).pages[0]
    for _n in range(number):
        writer.add_page(page)
    writer.write(out)
    return out.getvalue()


def kept(data: bytes, content_type="application/pdf"):
    return CleanFile("informe.pdf", content_type, data).store()


@pytest.fixture
def publish(event_held):
    """`publish(data, title)`: a document of the held event, as the desk leaves it."""

    def add(data, title="Informe de gestión", **fields):
        document = Document.objects.create(
            event=event_held, title=title, stored=kept(data, **fields), published_on="2020-12-01"
        )
        publishing.event_changed(event_held)
        return document

    return add


def text_of(document) -> DocumentText:
    return DocumentText.objects.get(stored=document.stored)


def found(query) -> list[str]:
    return [entry.path for entry in search.find(query, kind="document")]


def test_words_of_a_pdf_are_found_at_its_address(publish):
    document = publish(made("Primera hoja", "La contratación del acueducto veredal"))
    assert document_texts.read_new() == 1
    assert found("contrataciones acueducto") == [
        f"/eventos/2020-12-21-jornada/documentos/{document.pk}/"
    ]
    entry = SearchEntry.objects.get(kind="document")
    assert (entry.title, entry.label, entry.event_slug, entry.dated_on) == (
        "Informe de gestión", "Jornada de rendición de cuentas 2020", "2020-12-21-jornada",
        date(2020, 12, 1),
    )  # fmt: skip
    text = text_of(document)
    assert (text.status, text.pages) == (READ, 2)
    assert text.text == "Primera hoja\fLa contratación del acueducto veredal"


def test_the_worker_reads_by_itself(publish):
    publish(made("frailejones"))
    assert "read_documents" in ticks.run_due()
    assert len(found("frailejón")) == 1


def test_each_file_is_read_once(publish):
    publish(made("páramo"))
    assert document_texts.read_new() == 1
    publish(b"not a PDF", "Roto")
    assert document_texts.read_new() == 1
    assert document_texts.read_new() == 0
    assert len(found("páramo")) == 1


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (files.pdf(), EMPTY),
        (b"", FAILED),
        (b"%PDF-1.7\n%%EOF", FAILED),
        (made("páramo")[:900], FAILED),
        (files.HTML, FAILED),
        (files.encrypted_pdf("RC4-128"), FAILED),
        (files.archive(), FAILED),
    ],
)
def test_what_cannot_be_read_is_written_down_once(publish, data, status):
    document = publish(data)
    assert document_texts.read_new() == 1
    assert text_of(document).status == status
    assert document_texts.read_new() == 0
    assert not SearchEntry.objects.filter(kind="document").exists()


def test_a_file_that_is_gone_from_the_disk_stops_nobody(publish):
    lost, whole = publish(made("páramo")), publish(made("frailejón"), "Otro")
    lost.stored.content.storage.delete(lost.stored.content.name)
    assert document_texts.read_new() == 2
    assert text_of(lost).status == FAILED
    assert text_of(whole).status == READ


def test_five_thousand_pages_are_read_in_part(publish):
    document = publish(times(made("páramo"), 5000))
    start = time.monotonic()
    document_texts.read_new()
    assert time.monotonic() - start < 20
    text = text_of(document)
    assert (text.pages, text.text.count("\f")) == (5000, 499)


def test_a_huge_text_is_cut_and_still_found(publish):
    words = " ".join(f"palabra{number}" for number in range(9000))
    document = publish(times(made(words), 12))
    document_texts.read_new()
    assert len(text_of(document).text) <= document_texts.MOST_LETTERS + 12
    assert found("palabra77")
    assert len(SearchEntry.objects.get(kind="document").body_stems.encode()) < 1_000_000


@pytest.mark.parametrize("pages", [1, 6])
def test_too_many_different_words_are_cut_to_what_an_index_holds(publish, pages):
    """PostgreSQL refuses a row whose words and places take more than a megabyte."""
    words = (chr(0x20000 + n % 40_000) + chr(0x4E00 + n // 40_000) for n in range(160_000))
    document = publish(made("páramo"))
    document_texts.read_new()
    SearchEntry.objects.filter(kind="document").delete()
    hostile = " ".join(words)
    text = document_texts.PAGE_BREAK.join(["páramo " + hostile] * pages)
    DocumentText.objects.filter(stored=document.stored).update(text=text)
    document_texts.read_new()
    assert found("páramo")
    stems = set(SearchEntry.objects.get(kind="document").body_stems.split())
    assert 400_000 < sum(len(stem.encode()) + 8 for stem in stems) < 1_000_000


def test_what_takes_too_long_fails_alone(publish, monkeypatch):
    slow = apart.Program(document_texts.READER.path, seconds=1, memory=20 * apart.MEGABYTE)
    monkeypatch.setattr(document_texts, "READER", slow)
    document = publish(made("páramo"))
    document_texts.read_new()
    assert text_of(document).status == FAILED


def test_a_disk_that_does_not_answer_is_asked_again(publish):
    document = publish(made("páramo"))
    storage, name = document.stored.content.storage, document.stored.content.name
    kept_as = name + "-aside"
    storage.save(kept_as, document.stored.content)
    storage.delete(name)
    Path(storage.path(name)).mkdir()  # opening a folder is an error of the disk, not of the file
    assert document_texts.read_new() == 0
    assert not DocumentText.objects.exists()
    Path(storage.path(name)).rmdir()
    storage.save(name, storage.open(kept_as))
    assert document_texts.read_new() == 1
    assert text_of(document).status == READ


def test_a_machine_without_room_tries_later(publish, monkeypatch):
    full = apart.Program(document_texts.READER.path, seconds=0, memory=apart.MEGABYTE, at_once=0)
    document = publish(made("páramo"))
    with monkeypatch.context() as patch:
        patch.setattr(document_texts, "READER", full)
        assert document_texts.read_new() == 0
    assert document_texts.read_new() == 1
    assert text_of(document).status == READ


def test_another_title_is_found_at_once(publish, event_held):
    document = publish(made("páramo"))
    document_texts.read_new()
    Document.objects.filter(pk=document.pk).update(title="Balance hídrico")
    publishing.event_changed(event_held)
    assert found("hídrico") == found("páramo") != []
    assert found("gestión") == []


def test_a_document_that_was_taken_away_is_not_found_any_more(publish, event_held):
    document = publish(made("páramo"))
    document_texts.read_new()
    document.delete()
    publishing.event_changed(event_held)
    assert found("páramo") == []
    assert document_texts.read_new() == 0
    assert found("páramo") == []


def test_an_event_that_is_a_draft_again_hides_its_documents(publish, event_held):
    publish(made("páramo"))
    document_texts.read_new()
    Event.objects.filter(pk=event_held.pk).update(status="draft")
    event_held.refresh_from_db()
    publishing.event_changed(event_held)
    assert found("páramo") == []


def test_files_that_nobody_published_are_not_even_read(publish):
    kept(made("secreto"))
    publish(files.picture("PNG"), "Foto", content_type="image/png")
    assert document_texts.read_new() == 0
    assert not DocumentText.objects.exists()


def test_the_page_says_where_in_the_document(publish, client):
    publish(
        made("Portada del agua", "<b>", "El agua del páramo &lt;script&gt;alert(1)&lt;/script&gt;")
    )
    document_texts.read_new()
    page = client.get("/buscar/", {"q": "agua páramo", "tipo": "documentos"}).content.decode()
    assert "PDF, página 3" in page
    assert "El <mark>agua</mark> del <mark>páramo</mark>" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_title_alone_may_be_what_is_found(publish, client):
    publish(made("Nada que ver", "con eso"))
    document_texts.read_new()
    page = client.get("/buscar/", {"q": "informe gestión"}).content.decode()
    assert "PDF, página 1" in page


def test_documents_cost_one_query_more(publish, client):
    for number in range(4):
        publish(made(f"agua del páramo {number}"), f"Informe {number}")
    document_texts.read_new()
    client.get("/buscar/?q=otra")
    with CaptureQueriesContext(connection) as captured:
        client.get("/buscar/?q=agua")
    assert len(captured) <= 6


@pytest.mark.parametrize(
    "query", ["'", "\f", "agua\fagua", "(agua", "\x00agua", "agua" * 60, "𞤀 agua"]
)
def test_odd_searches_over_documents_are_answered(publish, client, query):
    publish(made("agua", "agua (agua)"))
    document_texts.read_new()
    answer = client.get("/buscar/", {"q": query, "tipo": "documentos"}, follow=True)
    assert answer.status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_leave_one_text_and_one_row(publish):
    for number in range(3):
        publish(made(f"frailejón {number}"), f"Informe {number}")
    refused, faults = at_once(document_texts.read_new, document_texts.read_new)
    assert (refused, faults) == ([], [])
    assert DocumentText.objects.count() == 3
    assert SearchEntry.objects.filter(kind="document").count() == 3


@pytest.mark.django_db(transaction=True)
def test_what_is_withdrawn_while_it_is_read_gets_no_row(publish, event_held):
    document = publish(made("frailejón"))

    def withdraw():
        Document.objects.filter(pk=document.pk).delete()
        publishing.event_changed(event_held)

    for _round in range(3):
        at_once(document_texts.read_new, withdraw)
    document_texts.read_new()
    assert found("frailejón") == []


DESK = "/gestion/base/documenttext/"


def test_the_desk_asks_for_another_try(publish, client, staff):
    lost = publish(made("páramo"))
    storage, name = lost.stored.content.storage, lost.stored.content.name
    content = storage.open(name).read()
    storage.delete(name)
    document_texts.read_new()
    assert document_texts.read_new() == 0
    storage.save(name, io.BytesIO(content))
    client.force_login(staff.communications)
    assert "No se pudo leer" in client.get(DESK).content.decode()
    chosen = {"action": "try_again", "_selected_action": text_of(lost).pk}
    page = client.post(DESK, chosen, follow=True).content.decode()
    assert "1 se leerá de nuevo" in page
    assert document_texts.read_new() == 1
    assert found("páramo") == [f"/eventos/2020-12-21-jornada/documentos/{lost.pk}/"]
    chosen["_selected_action"] = text_of(lost).pk
    assert "informe.pdf: Ya se leyó" in client.post(DESK, chosen, follow=True).content.decode()
    assert text_of(lost).status == READ


def test_another_file_in_its_place_is_read_by_itself(publish, event_held):
    document = publish(b"not a PDF")
    document_texts.read_new()
    document.stored = kept(made("frailejón"))
    document.save()
    publishing.event_changed(event_held)
    assert document_texts.read_new() == 1
    assert len(found("frailejón")) == 1


def test_who_sees_which_documents_could_not_be_read(publish, client, staff):
    publish(b"not a PDF")
    document_texts.read_new()
    for role in ("moderation", "office", "approval"):
        client.force_login(staff[role])
        assert client.get(DESK).status_code == 403
        client.post(
            DESK, {"action": "try_again", "_selected_action": DocumentText.objects.get().pk}
        )
    assert DocumentText.objects.get().status == FAILED
    Event.objects.update(status="draft")
    client.force_login(staff.communications)
    assert "informe.pdf" not in client.get(DESK).content.decode()
