"""`/verificar/`: files and the whole log; what the archive writes, and what edits show."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accountability import publishing, workflow
from accountability.models import Commitment, Minutes
from events.models import Document
from events.publishing import event_changed
from portal.base import ledger_check, uploads
from portal.base.models import PublicationEntry
from tests.base import files

pytestmark = pytest.mark.django_db
OWN = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def faults():
    return list(ledger_check.faults())


def body(response):
    return response.content.decode()


@pytest.fixture
def document(event_held):
    upload = SimpleUploadedFile("informe.pdf", files.pdf())
    stored = uploads.accept(upload).store()
    row = Document.objects.create(
        event=event_held, kind="report", title="Informe de gestión", stored=stored
    )
    event_changed(event_held)
    return row


def test_a_file_is_known_by_its_bytes_alone(client, document):
    content = document.stored.content.read()
    sent = SimpleUploadedFile("otro-nombre.bin", content)
    answer = client.post("/verificar/archivo/", {"archivo": sent}, **OWN)
    assert answer.status_code == 303
    page = body(client.get(answer.headers["Location"].split("#")[0]))
    assert "Sí: es lo que se publicó" in page and f"documento-{document.pk}" in page
    other = SimpleUploadedFile("informe.pdf", content + b" ")
    answer = client.post("/verificar/archivo/", {"archivo": other}, **OWN)
    page = body(client.get(answer.headers["Location"].split("#")[0]))
    assert "Este archivo no está en el registro" in page


def test_a_document_that_is_replaced_or_taken_away_stays_in_the_log(document, event_held):
    document.stored = uploads.accept(
        SimpleUploadedFile("informe.pdf", files.pdf(catalog="/Lang (es)"))
    ).store()
    document.save()
    assert faults() != []
    event_changed(event_held)
    assert faults() == []
    document.delete()
    event_changed(event_held)
    acts = PublicationEntry.objects.filter(kind="document").order_by("number")
    assert [entry.act for entry in acts] == ["published", "corrected", "withdrawn"]
    assert faults() == []


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"huella": "abc"}, "64 letras y números"),
        ({"radicado": "hola"}, "RC-2020-00018"),
        ({"radicado": "RC-1999-00001"}, "todavía no tiene nada"),
        ({"huella": "0" * 64}, "no está en el registro"),
        ({"huella": "ñ" * 64}, "64 letras y números"),
    ],
)
def test_bad_questions_get_a_sentence(client, entity, asked, sentence):
    page = client.get("/verificar/", asked)
    assert page.status_code == 200 and sentence in body(page)


def test_a_file_from_elsewhere_or_none_is_refused(client, entity):
    assert client.post("/verificar/archivo/", {}).status_code == 403
    answer = client.post("/verificar/archivo/", {}, **OWN)
    assert answer.status_code == 400 and "Escoja el archivo" in body(answer)


def test_the_log_is_given_whole(client, document):
    answer = client.get("/verificar/registro.txt")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert len(lines) == PublicationEntry.objects.count() >= 1
    assert document.stored.sha256 in lines[-1]


def test_a_commitment_enters_with_each_date_and_an_edit_behind_is_found(promise, staff):
    assert promise("Sembrar árboles", draft=True).pk
    assert not PublicationEntry.objects.filter(kind="commitment").exists()
    item = Commitment.objects.get(pk=promise().pk)
    item.title = "Visitar las quebradas"
    item.save()
    assert faults() == [f"commitment {item.reference} no es lo que se publicó."]
    publishing.commitment_changed(item)
    day = item.due_on + timedelta(days=30)
    workflow.change_date(item, actor=staff.approval, to_date=day, reason="Llovió.")
    acts = PublicationEntry.objects.filter(kind="commitment").order_by("number")
    assert [entry.act for entry in acts] == ["published", "corrected", "corrected"]
    assert faults() == []


def test_the_page_costs_the_same_with_many_entries(client, document, count_queries):
    address = f"/verificar/?huella={document.stored.sha256}"
    few = count_queries(address)
    for _n in range(30):
        Document.objects.create(
            event=document.event, kind="other", title="x", stored=document.stored
        )
    event_changed(document.event)
    assert count_queries(address) == few <= 4
    assert body(client.get(address)).count('href="/verificar/') > 30


def test_minutes_and_records_enter_as_the_database_has_them(minutes, record, staff):
    workflow.publish_record(record, actor=staff.approval)
    kinds = set(PublicationEntry.objects.values_list("kind", flat=True))
    assert {"minutes", "record"} <= kinds
    assert faults() == []
    workflow.SessionRecord.objects.update(summary="Otra cosa.")
    Minutes.objects.update(president="Otra persona")
    assert len(faults()) == 2
