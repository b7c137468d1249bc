"""The page of a record and its files: photographs, presentations, documents that were handed in."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accountability import workflow as archive
from accountability.models import Commitment, MinutesSection, RecordFile, SessionRecord
from events.models import AgendaItem, Event
from portal.base import ledger_check
from portal.base.document_texts import read_new
from portal.base.models import PublicationEntry, StoredFile
from questions.models import Question
from tests.accountability.conftest import at
from tests.base import files
from tests.desk_forms import fields_of, fill_in

pytestmark = pytest.mark.django_db
PAGE = "/eventos/2020-12-21-jornada/registro/"
ALT = "Tres personas junto a una quebrada."


def desk(record) -> str:
    return f"/gestion/accountability/sessionrecord/{record.pk}/change/"


def photo(name="foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, files.jpeg_with_gps(), "image/jpeg")


def sent(**told) -> dict:
    """A first row of the desk's form, as a person fills it in."""
    row = {
        "order": "0", "kind": "photo", "title": "La visita", "alternative": ALT, "origin": "",
        "item": "", "file": photo(), **told,
    }  # fmt: skip
    return {f"files-0-{name}": value for name, value in row.items()}


@pytest.fixture
def desk_client(client, staff):
    client.force_login(staff.communications)
    return client


@pytest.fixture
def published(record, staff):
    return archive.publish_record(record, actor=staff.approval)


@pytest.fixture
def with_photo(desk_client, published):
    fill_in(desk_client, desk(published), **sent())
    return RecordFile.objects.get()


def refused(client, record, **told) -> dict:
    """The errors beside the fields of the first row, and what stays typed."""
    page = client.get(desk(record))
    answer = client.post(desk(record), {**fields_of(page), **sent(**told)})
    assert answer.status_code == 200
    sets = answer.context["inline_admin_formsets"]
    form = next(one.formset.forms[0] for one in sets if one.formset.prefix == "files")
    assert form["title"].value() == told.get("title", "La visita")
    return {name: list(errors) for name, errors in form.errors.items()}


def test_a_photograph_is_published_with_its_words_and_without_its_place(with_photo, client):
    client.logout()
    page = client.get(PAGE).content.decode()
    assert f'alt="{ALT}"' in page and "La visita" in page
    whole = client.get(f"/registros/archivos/{with_photo.pk}/")
    small = client.get(f"/registros/archivos/{with_photo.pk}/pequena/")
    for response in (whole, small):
        assert response.headers["Content-Type"] == "image/jpeg"
        content = b"".join(response.streaming_content)
        assert content[:3] == b"\xff\xd8\xff"
        assert b"TelefonoMarca" not in content and b"Vive en la calle 9" not in content
        assert "sandbox" in response.headers["Content-Security-Policy"]
    known = {"HTTP_IF_NONE_MATCH": whole.headers["ETag"]}
    assert client.get(f"/registros/archivos/{with_photo.pk}/", **known).status_code == 304


@pytest.mark.parametrize(
    ("told", "field", "words"),
    [
        ({"alternative": "  "}, "alternative", "Diga qué muestra la imagen"),
        ({"file": ""}, "file", "Escoja el archivo."),
        (
            {"file": SimpleUploadedFile("foto.jpg", files.pdf())},
            "file",
            "Una fotografía es un archivo JPG o PNG.",
        ),
        (
            {"file": SimpleUploadedFile("foto.jpg", b"GIF89a" + b"\0" * 40)},
            "file",
            "Solo podemos recibir",
        ),
        (
            {"file": SimpleUploadedFile("foto.png", files.png_bomb())},
            "file",
            "La imagen es demasiado grande",
        ),
    ],
    ids=["no words", "no file", "a PDF", "a GIF", "a bomb"],
)
def test_what_is_wrong_is_told_beside_the_field(desk_client, record, told, field, words):
    errors = refused(desk_client, record, **told)
    assert list(errors) == [field]
    assert errors[field][0].startswith(words)
    assert not RecordFile.objects.exists() and not StoredFile.objects.exists()


def test_a_draft_shows_nothing(desk_client, record, client):
    fill_in(desk_client, desk(record), **sent())
    file = RecordFile.objects.get()
    own = f"/gestion/accountability/sessionrecord/{record.pk}/archivos/{file.pk}/"
    assert desk_client.get(own).status_code == 200
    client.logout()
    for address in (
        PAGE,
        f"/registros/archivos/{file.pk}/",
        f"/registros/archivos/{file.pk}/pequena/",
    ):
        assert client.get(address).status_code == 404
    assert client.get(own).status_code == 302
    assert not PublicationEntry.objects.filter(kind="record_file").exists()


def test_a_draft_that_is_deleted_takes_its_files_along(
    client, staff, record, django_capture_on_commit_callbacks
):
    client.force_login(staff.root)
    fill_in(client, desk(record), **sent())
    kept = Path(RecordFile.objects.get().stored.content.path)
    record.attendance.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        gone = client.post(desk(record).replace("change", "delete"), {"post": "yes"})
    assert gone.status_code == 302 and not SessionRecord.objects.exists()
    assert not StoredFile.objects.exists() and not kept.exists()


def test_files_of_an_event_that_became_a_draft_are_nobodys(with_photo, client):
    Event.objects.update(status="draft")
    client.logout()
    assert client.get(f"/registros/archivos/{with_photo.pk}/").status_code == 404


def test_the_desk_gives_no_file_of_another_record(desk_client, with_photo, published):
    other = published.pk + 1
    address = f"/gestion/accountability/sessionrecord/{other}/archivos/{with_photo.pk}/"
    assert desk_client.get(address).status_code == 404


def test_who_may_not_change_records_adds_nothing(client, staff, record):
    client.force_login(staff.office)
    answer = client.post(desk(record), sent())
    assert answer.status_code == 403
    assert not RecordFile.objects.exists()


def test_the_log_keeps_a_file_that_was_exchanged_or_taken_away(
    desk_client, with_photo, published, django_capture_on_commit_callbacks
):
    first = with_photo.stored
    kept = Path(first.content.path)
    row = {"files-0-file": SimpleUploadedFile("otra.png", files.png_with_text(), "image/png")}
    with django_capture_on_commit_callbacks(execute=True):
        fill_in(desk_client, desk(published), **row)
    with_photo.refresh_from_db()
    assert with_photo.stored.content_type == "image/png"
    assert not StoredFile.objects.filter(pk=first.pk).exists() and not kept.exists()
    fill_in(desk_client, desk(published), **{"files-0-DELETE": "on"})
    told = PublicationEntry.objects.filter(kind="record_file").order_by("number")
    assert [entry.act for entry in told] == ["published", "corrected", "withdrawn"]
    assert told[0].sha256 == first.sha256
    assert not StoredFile.objects.filter(pk=with_photo.stored_id).exists()
    assert list(ledger_check.faults()) == []


def test_bytes_and_words_changed_behind_the_portal_are_found(with_photo):
    assert list(ledger_check.faults()) == []
    path = Path(with_photo.stored.content.path)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert [f for f in ledger_check.faults() if f"registro/{with_photo.pk}" in f]
    RecordFile.objects.update(alternative="Otra cosa.")
    assert [f for f in ledger_check.faults() if f.startswith("record ")]


def test_the_words_of_a_presentation_are_found(desk_client, published, client):
    pdf = Path("demo/record/presentacion-direccion.pdf").read_bytes()
    row = sent(
        kind="presentation", title="Avances", alternative="",
        file=SimpleUploadedFile("avances.pdf", pdf, "application/pdf"),
    )  # fmt: skip
    fill_in(desk_client, desk(published), **row)
    read_new()
    client.logout()
    assert "Avances" in client.get(PAGE).content.decode()
    found = client.get("/buscar/", {"q": "procesos sancionatorios abiertos"}).content.decode()
    assert f"/registros/archivos/{RecordFile.objects.get().pk}/" in found


def test_each_moment_leads_to_what_came_of_it(client, published, minutes, public_question, promise):
    event = published.event
    first, second = (
        AgendaItem.objects.create(
            event=event, order=order, title=title, minutes=60, recording_second=starts,
            started_at=event.starts_at + timedelta(seconds=starts),
        )
        for order, title, starts in ((1, "Informes", 0), (2, "Diálogo", 3600))
    )  # fmt: skip
    MinutesSection.objects.filter(title="Compromisos").update(item=second)
    early, late = public_question(answer=True), public_question(answer=True)
    Question.objects.filter(pk=early.pk).update(live_second=3599)
    Question.objects.filter(pk=late.pk).update(live_second=3600)
    made = promise(question=late)
    Commitment.objects.update(item=second)
    page = client.get(PAGE).content.decode()
    informes, dialogue = page.split(f'id="momento-{first.pk}"')[1].split(
        f'id="momento-{second.pk}"'
    )
    dialogue = dialogue.split("</ol>")[0]
    early.refresh_from_db(), late.refresh_from_db(), made.refresh_from_db()
    assert early.get_absolute_url() in informes and late.get_absolute_url() not in informes
    assert late.get_absolute_url() in dialogue and early.get_absolute_url() not in dialogue
    assert made.get_absolute_url() in dialogue and made.get_absolute_url() not in informes
    assert 'acta/#s-2"' in dialogue and "acta/#s-" not in informes
    assert "https://video.example/v?id=7&amp;t=3600" in dialogue


def test_what_is_withheld_is_no_link(client, published, public_question, promise, staff):
    asked = public_question()
    promise(question=asked)
    Question.objects.update(visibility="withheld", live_second=5)
    page = client.get(PAGE).content.decode()
    asked.refresh_from_db()
    assert "C-01" in page
    assert asked.get_absolute_url() not in page and asked.public_title not in page


def test_who_took_part_is_told_by_channel_with_the_sum(client, published):
    page = client.get(PAGE).content.decode()
    told = page[page.index('id="asistencia"') :]
    assert told.index("Zoom") < told.index("120") < told.index("Facebook Live") < told.index("92")
    assert "212" in told


def test_the_page_reads_the_same_however_much_there_is(
    count_queries, desk_client, published, public_question, promise, minutes
):
    SessionRecord.objects.filter(pk=published.pk).update(published_at=at("2020-12-23"))
    fill_in(desk_client, desk(published), **sent())
    Question.objects.filter(pk=public_question(answer=True).pk).update(live_second=4)
    promise()
    desk_client.logout()
    few = count_queries(PAGE)
    for n in range(4):
        stored = RecordFile.objects.first()
        RecordFile.objects.create(
            record=published, title=f"Foto {n}", alternative=ALT, stored=stored.stored
        )
        asked = public_question(answer=True)
        Question.objects.filter(pk=asked.pk).update(live_second=n)
        promise(f"Promesa {n}", question=asked)
        AgendaItem.objects.create(
            event=published.event, order=n, title=f"Punto {n}", minutes=5, recording_second=n
        )
    assert count_queries(PAGE) == few <= 9
