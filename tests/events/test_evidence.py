"""The evidence folder and the register of reports to control bodies."""

import csv
import io
import zipfile
from datetime import date

import pytest

from events.convocation import evidence, workflow
from events.legal_calendar import Duty
from events.models import Contact, ContactGroup, Invitation, InvitationRound, ReportDelivery
from portal.base import csv_lines
from portal.base.models import AccessEntry, StoredFile
from portal.base.uploads import CleanFile

pytestmark = pytest.mark.django_db
REGISTER = "/gestion/events/reportdelivery/"


def table(archive, name) -> list[list[str]]:
    text = archive.read(name).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


@pytest.fixture
def proven(event_held, staff):
    """A held event with a proof, a wrong one, a document and an invitation."""
    team = staff.communications
    photo = CleanFile("Cartelera <x>.jpg", "image/jpeg", b"\xff\xd8foto")
    workflow.add_proof(
        event_held, actor=team, duty=Duty.MINUTES, done_on=date(2020, 12, 28), file=photo,
        note="=1+1",
    )  # fmt: skip
    wrong = workflow.add_proof(
        event_held, actor=team, duty=Duty.ANSWERS, done_on=date(2021, 1, 14),
        url="https://cas.example/matriz",
    )  # fmt: skip
    workflow.call_wrong(wrong, actor=team, reason="Era otra matriz")
    event_held.documents.create(title="Informe", url="https://cas.example/informe.pdf")
    group = ContactGroup.objects.order_by("order").first()
    contact = Contact.objects.create(
        group=group,
        organisation="Veeduría del río",
        person="Ana Ruiz",
        email="ana@veeduria.example",
    )
    wave = InvitationRound.objects.create(event=event_held, started_by=team)
    Invitation.objects.create(event=event_held, contact=contact, round=wave, response="yes")
    return event_held


def opened(client, event) -> zipfile.ZipFile:
    response = client.post(f"/gestion/events/event/{event.pk}/convocatoria/evidencias/")
    assert response.status_code == 200 and response.streaming
    name = f'attachment; filename="evidencias-{event.slug}.zip"'
    assert response.headers["Content-Disposition"] == name
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_the_folder_holds_everything_and_no_address(proven, staff, client):
    client.force_login(staff.internal_control)
    archive = opened(client, proven)
    assert archive.testzip() is None
    assert set(archive.namelist()) == {
        "index.html", "estilo.css", "indice.csv", "calendario-legal.csv", "invitaciones.csv",
        "historia.csv", "pruebas/001-acta.jpg",
    }  # fmt: skip
    assert archive.read("pruebas/001-acta.jpg") == b"\xff\xd8foto"
    index = archive.read("index.html").decode()
    for words in (
        "Carpeta de evidencias", 'href="pruebas/001-acta.jpg"', "Era otra matriz",
        "28 de diciembre de 2020", 'href="estilo.css"', "Cumplido a tiempo",
    ):  # fmt: skip
        assert words in index
    assert "<script" not in index and 'src="' not in index
    found = table(archive, "indice.csv")
    assert found[1][:6] == ["pruebas", "Acta", "2020-12-28", "pruebas/001-acta.jpg", "", "'=1+1"]
    assert found[1][8] == StoredFile.objects.get().sha256
    invited = table(archive, "invitaciones.csv")[1]
    assert (invited[0], invited[4]) == ("Veeduría del río", "Asistirá")
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"ana@veeduria" not in everything and b"Ana Ruiz" not in everything
    entry = AccessEntry.objects.get()
    assert (entry.actor, entry.what, entry.object_id) == (
        staff.internal_control, "evidence", proven.pk,
    )  # fmt: skip


def test_it_is_not_made_by_looking(proven, staff, client):
    client.force_login(staff.communications)
    path = f"/gestion/events/event/{proven.pk}/convocatoria/evidencias/"
    assert client.get(path).status_code == 405
    client.force_login(staff.approval)
    assert client.post(path).status_code == 403
    assert not AccessEntry.objects.exists()


def test_a_file_that_is_gone_is_said_so(proven, staff, client):
    stored = StoredFile.objects.get()
    stored.content.storage.delete(stored.content.name)
    client.force_login(staff.communications)
    archive = opened(client, proven)
    assert "pruebas/001-acta.jpg" not in archive.namelist()
    assert "El archivo ya no está en el disco." in archive.read("index.html").decode()


def test_it_is_read_piece_by_piece(proven):
    """Nothing is opened before its turn: the first bytes come before the file is read."""
    from events.convocation import checklist
    from events.models import Event

    event = checklist.with_checklist_data(Event.objects.filter(pk=proven.pk)).get()
    stream = iter(evidence.folder(event))
    first = next(stream)
    assert first.startswith(b"PK")
    stored = StoredFile.objects.get()
    stored.content.storage.delete(stored.content.name)
    with pytest.raises(FileNotFoundError):
        list(stream)


def test_no_cell_is_a_formula():
    cells = ["=1", "+57 1", "-2", "@x", "a", None, 3]
    lines = b"".join(csv_lines.lines(["á"], [cells])).decode("utf-8-sig").splitlines()
    assert lines == ["á", "'=1;'+57 1;'-2;'@x;a;;3"]


def delivery(event=None, **changes) -> dict:
    return {
        "event": event.pk if event else "", "report": "Informe anual", "document": "",
        "body": "Contraloría General", "delivered_on": "2021-01-20", "reference": "2021-1",
        "url": "https://cas.example/radicado", "note": "", **changes,
    }  # fmt: skip


def test_a_delivery_is_written_down_and_shown_to_the_public(event_held, staff, client):
    client.force_login(staff.communications)
    assert client.post(f"{REGISTER}add/", delivery(event_held)).status_code == 302
    row = ReportDelivery.objects.get()
    assert (row.recorded_by, row.delivered_on) == (staff.communications, date(2021, 1, 20))
    page = client.get(event_held.get_absolute_url()).content.decode()
    for words in ("Informes a los organismos de control", "Informe anual", "Contraloría General"):
        assert words in page
    assert "20 de enero de 2021" in page
    assert "cas.example/radicado" not in page and "2021-1<" not in page


def test_what_is_wrong_of_a_delivery(event_held, event_open, staff, client):
    client.force_login(staff.communications)
    other = event_open.documents.create(title="Informe", url="https://cas.example/i")
    for changes, field in (
        ({"delivered_on": "2999-01-01"}, "delivered_on"), ({"document": other.pk}, "document"),
        ({"url": "javascript:alert(1)"}, "url"), ({"url": ""}, "__all__"),
    ):  # fmt: skip
        response = client.post(f"{REGISTER}add/", delivery(event_held, **changes))
        assert response.status_code == 200
        assert field in response.context["adminform"].form.errors
        assert 'value="Contraloría General"' in response.content.decode()
    assert not ReportDelivery.objects.exists()


def test_the_register_as_csv(event_held, staff, client):
    client.force_login(staff.internal_control)
    row = ReportDelivery.objects.create(
        event=event_held, report="=Informe", body="Procuraduría", delivered_on=date(2021, 2, 1),
        url="https://cas.example/r", recorded_by=staff.communications,
    )  # fmt: skip
    told = {"action": "export_csv", "_selected_action": [row.pk]}
    text = b"".join(client.post(REGISTER, told).streaming_content).decode("utf-8-sig")
    assert text.splitlines()[1].startswith("'=Informe;Procuraduría;2021-02-01;;2020-12-21-jornada")
    assert client.post(f"{REGISTER}add/", delivery()).status_code == 403
    client.force_login(staff.moderation)
    assert client.get(REGISTER).status_code == 403
    assert client.get(f"{REGISTER}{row.pk}/archivo/").status_code == 403
