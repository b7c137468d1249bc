"""What somebody at the desk may send, by mistake or on purpose: it is refused or made harmless."""

import csv
import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from events.models import (
    AudienceCount,
    Document,
    DutyProof,
    Event,
    ReportDelivery,
    Result,
    TopicProposal,
)
from events.takeaway import sheets
from portal.base import clock, uploads
from portal.base.models import StoredFile
from tests.base.files import picture
from tests.events.desk import DESK, change, errors, form_of

TITLE = "Jornada </script><script>alert(1)</script>\r\nATTENDEE:mailto:x@y.example\x0b;,\\"
MARKDOWN = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> ![i](https://spy.example/i.png) "
    "[a](javascript:alert(1)) [b](data:text/html,x)"
)
RESULTS = "/gestion/events/result/"


@pytest.fixture
def communications(desk, staff):
    return desk(staff.communications)


@pytest.fixture
def written(communications, event_open):
    """The open event after a hostile author wrote it."""
    rows = {
        "sections": [{"title": "A\x0b</script>", "body": MARKDOWN}],
        "ways": [{"icon": "globe", "title": "W", "body": MARKDOWN + " {ask_url}"}],
        "streams": [{"kind": "zoom", "label": "Z\r\nX:1", "url": "https://zoom.example/a?b=;,"}],
        "documents": [{"kind": "other", "title": "../../D\r\nX:1", "url": "https://x.example/a"}],
    }
    told = {
        "title": TITLE, "subtitle": "", "venue": "Sala\r\nX-EVIL:1", "modality": "hybrid",
        "place_address": '=HYPERLINK("x")', "summary": "uno\r\nBEGIN:VALARM", "about": MARKDOWN,
        "tagline": "\x0b", "rules": MARKDOWN,
    }  # fmt: skip
    response = communications.post(change(event_open), form_of(event_open, rows, **told))
    assert response.status_code == 302
    event_open.refresh_from_db()
    return event_open


def test_a_line_is_one_line_without_control_characters(written):
    clean = "Jornada </script><script>alert(1)</script> ATTENDEE:mailto:x@y.example;,\\"
    assert (written.title, written.venue, written.tagline) == (clean, "Sala X-EVIL:1", "")
    assert written.documents.get().title == "../../D X:1"
    assert written.streams.last().label == "Z X:1"


@pytest.mark.parametrize(
    "address",
    ["{}", "{}documentos/", "{}tarjeta/", "{}temas/", "{}preguntar/", "/calendario/", "/eventos/"],
)
def test_no_public_page_runs_or_loads_what_an_author_wrote(client, written, address):
    page = client.get(address.format(written.get_absolute_url()))
    text = page.content.decode()
    tags = re.findall(r"<(?:script|img|iframe|link)[^>]*>", text)
    assert page.status_code == 200
    assert "<script>alert" not in text and "onerror=alert(1)>" not in text
    assert not [tag for tag in tags if "spy.example" in tag]
    assert not re.findall(r'<a[^>]* href="(?:javascript|data):', text)


def test_the_block_for_search_engines_stays_one_block(client, written):
    page = client.get(written.get_absolute_url()).content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert json.loads(block[1])["name"] == written.title


@pytest.mark.parametrize("one", [True, False])
def test_a_calendar_file_has_no_line_of_the_author(client, written, one):
    start = written.get_absolute_url() if one else "/"
    lines = client.get(f"{start}calendario.ics").content.split(b"\r\n")
    names = {re.match(rb"[A-Z-]*", line)[0] for line in lines if not line.startswith(b" ")}
    assert not {b"ATTENDEE", b"X-EVIL", b"X"} & names
    assert lines.count(b"BEGIN:VALARM") == 1
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in b"".join(lines)


def test_a_sheet_holds_the_title_as_text(written):
    html = sheets.html_of(written, "poster_a4")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html and "<script" not in html


def test_a_text_has_an_end(communications, event_open):
    response = communications.post(change(event_open), form_of(event_open, about="a" * 50_001))
    assert list(errors(response)) == ["about"]
    response = communications.post(change(event_open), form_of(event_open, about="a" * 50_000))
    assert response.status_code == 302


def test_a_new_event_pressed_twice_is_one_draft(communications):
    first = communications.post(f"{DESK}add/", form_of())
    second = communications.post(f"{DESK}add/", form_of())
    assert (first.status_code, second.status_code) == (302, 200)
    assert "Este borrador ya está en la lista" in second.content.decode()
    assert Event.objects.count() == 1


@pytest.mark.parametrize("number", ["9" * 38, "1e99", "9" * 17, "9" * 5000, "NaN", "-1"])
def test_a_number_that_no_column_holds_is_told(communications, event_open, number):
    told = {"event": event_open.pk, "order": "0", "kind": "goal", "goal": "g", "planned": number}
    response = communications.post(f"{RESULTS}add/", told)
    assert (response.status_code, list(errors(response))) == (200, ["planned"])
    sheet = SimpleUploadedFile("a.csv", f"meta;planeado\ng;{number}\n".encode())
    response = communications.post(f"{RESULTS}importar/", {"event": event_open.pk, "file": sheet})
    assert response.status_code == 200
    assert not Result.objects.exists()


@pytest.mark.parametrize("key", ["9" * 30, "x", "-1", "\x00", "9223372036854775808", ""])
def test_a_key_that_is_none_is_no_error_of_ours(communications, event_open, key):
    page, event = f"{RESULTS}importar/", f"{DESK}{event_open.pk}/"
    edited = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": key, "_save": 1}
    found = [
        communications.post(page, {"event": key, "rows": "x"}).status_code,
        communications.get(page, {"evento": key}).status_code,
        communications.post(RESULTS, {**edited, "form-0-order": 1}).status_code,
        communications.post(f"{event}agenda/", {"act": f"up-{key}"}).status_code,
        communications.post(f"{event}transmision/", {"act": f"works-{key}"}).status_code,
        communications.post(f"{event}intervenciones/", {"act": f"up-{key}"}).status_code,
        communications.post(f"{event}entrada/", {"attendee": key}).status_code,
        communications.post(f"{event}invitaciones/nueva/", {"groups": key}).status_code,
        communications.get(f"{event}entrada/", {"codigo": key}).status_code,
        communications.get(f"{event}invitaciones/", {"pagina": key}).status_code,
    ]
    assert found == [303, 200, 200, 400, 400, 400, 400, 200, 200, 200]


@pytest.mark.parametrize("moment", ["9999-12-31T23:59", "0001-01-01T00:00"])
def test_a_count_at_the_end_of_the_calendar_is_told(communications, event_open, moment):
    address = f"{DESK}{event_open.pk}/publico/"
    told = {"channel": "zoom", "people": "5", "counted_at": moment}
    assert "Revise el año" in communications.post(address, told).content.decode()
    assert not AudienceCount.objects.exists()
    assert communications.get(address).status_code == 200


def topic_of(event):
    return TopicProposal.objects.create(
        event=event, original_text="Agua, llame a 300", token="t", status="published",
        public_text="Agua",
    )  # fmt: skip


def test_a_reason_longer_than_its_column_is_told(communications, event_open):
    topic = topic_of(event_open)
    told = {"action": "leave_out", "_selected_action": topic.pk, "apply": 1}
    response = communications.post("/gestion/events/topicproposal/", {**told, "reason": "r" * 301})
    assert response.context["form"].errors["reason"]
    response = communications.post("/gestion/events/topicproposal/", {**told, "reason": "r" * 300})
    topic.refresh_from_db()
    assert (response.status_code, topic.status) == (302, "not_included")


def test_a_topic_that_is_shown_keeps_its_public_words(client, communications, event_open):
    topic = topic_of(event_open)
    address = f"/gestion/events/topicproposal/{topic.pk}/change/"
    response = communications.post(address, {"public_text": " \x0b "})
    assert list(errors(response)) == ["public_text"]
    communications.post(address, {"public_text": "Agua\r\n\x0by ríos"})
    topic.refresh_from_db()
    assert topic.public_text == "Agua y ríos"


def test_the_evidence_folder_stays_in_its_folder_and_computes_nothing(
    communications, event_open, staff
):
    stored = uploads.accept(SimpleUploadedFile("a.png", picture("PNG"))).store()
    StoredFile.objects.filter(pk=stored.pk).update(name='..\\../x\r\n".p/ng')
    who = {"recorded_by": staff.communications}
    day = clock.local_day() - timedelta(days=1)
    Document.objects.create(
        event=event_open, title="../../=cmd <script>", note="=1+1", stored=stored
    )
    DutyProof.objects.create(
        event=event_open, duty="answers", done_on=day, note="\t=1\n@x", stored=stored, **who
    )
    ReportDelivery.objects.create(
        event=event_open, report="+1", body="-1", delivered_on=day, note="@x", **who
    )
    response = communications.post(f"{DESK}{event_open.pk}/convocatoria/evidencias/")
    folder = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    names = [name for name in folder.namelist() if "/" in name]
    assert names == [
        "pruebas/001-respuestas-por-escrito.bin", "documentos/002-cmd-script.bin",
    ]  # fmt: skip
    for name in ("indice.csv", "historia.csv", "calendario-legal.csv", "invitaciones.csv"):
        text = folder.read(name).decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))], name
    assert "<script" not in folder.read("index.html").decode()
