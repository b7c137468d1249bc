"""The frozen matrix: what is public on one day, in a file that never changes."""

import csv
import io
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from accountability import publishing
from accountability import workflow as archive
from accountability.matrix import workflow
from accountability.models import FrozenMatrix, SessionRecord
from portal.base import ledger_check, versions
from portal.base.machine import MoveRefused
from portal.base.models import PublicationEntry, StoredFile
from questions import workflow as questions

pytestmark = pytest.mark.django_db
PAGE = "/eventos/2020-12-21-jornada/matriz/"


@pytest.fixture
def published(record, staff, public_question):
    """The published record of the hearing, with an answered and a waiting question."""
    public_question(answer=True)
    public_question()
    return archive.publish_record(record, actor=staff.approval)


def rows_of(client, edition=1) -> list[dict]:
    response = client.get(f"{PAGE}edicion-{edition}.csv")
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_it_is_frozen_when_the_record_is_published(client, published):
    frozen = FrozenMatrix.objects.get()
    assert (frozen.edition, frozen.questions, frozen.answered) == (1, 2, 1)
    first, second = rows_of(client)
    assert first["respuesta_en_una_frase"] == "Se responde en una frase"
    assert first["estado"] == "Respondida"
    assert second["respuesta"] == ""
    page = client.get(PAGE).content.decode()
    assert frozen.stored.sha256 in page
    assert f"/verificar/{PublicationEntry.objects.get(kind='matrix').pk}/" in page


def test_what_changes_later_changes_no_edition(client, published, staff, public_question):
    later = public_question(answer=True)
    assert len(rows_of(client)) == 2
    workflow.freeze(published, actor=staff.communications)
    assert len(rows_of(client)) == 2
    assert rows_of(client, 2)[-1]["radicado"] == later.reference


def test_the_same_twice_is_one_edition(published, staff):
    assert workflow.freeze(published, actor=staff.communications).edition == 1
    assert FrozenMatrix.objects.count() == 1


def test_nothing_of_a_person_nor_of_what_is_not_public(client, published, staff, public_question):
    hidden = public_question()
    questions.withhold(hidden, actor=staff.moderation, reason="insults")
    workflow.freeze(published, actor=staff.communications)
    every = client.get(f"{PAGE}edicion-1.csv")
    text = b"".join(every.streaming_content).decode()
    assert "vecina@example.org" not in text
    assert hidden.reference not in text


def test_who_may_freeze_and_when(record, published, staff, event_open):
    with pytest.raises(PermissionDenied):
        workflow.freeze(published, actor=staff.office)
    SessionRecord.objects.update(status="draft")
    with pytest.raises(MoveRefused):
        workflow.freeze(record, actor=staff.communications)


@pytest.mark.parametrize("where", ["row", "disk"])
def test_other_bytes_in_its_place_are_found(published, where):
    stored = FrozenMatrix.objects.get().stored
    if where == "row":
        StoredFile.objects.filter(pk=stored.pk).update(sha256="0" * 64)
    else:
        Path(stored.content.path).write_bytes(b"otra cosa")
    assert len([fault for fault in ledger_check.faults() if "matriz-1" in fault]) == 1


def test_nothing_of_an_event_that_is_a_draft_again(client, published, event_held):
    type(event_held).objects.filter(pk=event_held.pk).update(status="draft")
    assert client.get(PAGE).status_code == 404
    assert client.get(PAGE + "edicion-1.csv").status_code == 404


def test_without_one_there_is_no_page(client, record):
    assert client.get(PAGE).status_code == 404
    assert client.get(PAGE + "edicion-1.csv").status_code == 404


def test_the_page_offers_it_as_it_is_today(client, published):
    today = "/eventos/2020-12-21-jornada/preguntas/matriz.csv"
    assert f'href="{today}"' in client.get(PAGE).content.decode()
    live = b"".join(client.get(today).streaming_content)
    assert live == b"".join(client.get(f"{PAGE}edicion-1.csv").streaming_content)


def test_it_proves_item_f_of_the_menu(client, published):
    page = client.get("/participa/?anio=2020").content.decode()
    item = page.split('<h3 class="t3" id="f"')[1].split("</section>")[0]
    assert f'href="{PAGE}"' in item
    SessionRecord.objects.update(status="draft")
    published.refresh_from_db()
    publishing.record_changed(published)
    versions.forget()
    assert f'href="{PAGE}"' not in client.get("/participa/?anio=2020").content.decode()
