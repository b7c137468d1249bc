"""Invitations at the desk: the round's pages, the directory, its lists, and who may do what."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from events.invitations import directory, workflow
from events.models import Contact, InvitationRound
from portal.base.models import AccessEntry

pytestmark = pytest.mark.django_db
CONTACTS = "/gestion/events/contact/"
HEAD = "grupo;organizacion;persona;correo;telefono;municipio\n"


@pytest.fixture
def contact(db):
    return Contact.objects.create(
        group_id="media", organisation="Radio Uno", person="Ana Ruiz", email="radio@example.org",
        phone="3001234567",
    )  # fmt: skip


@pytest.fixture
def desk(client, staff):
    client.force_login(staff.communications)
    return client


def new_round(event) -> str:
    return f"/gestion/events/event/{event.pk}/invitaciones/nueva/"


def send_list(client, text: str, name="lista.csv"):
    file = SimpleUploadedFile(name, text.encode("utf-8"))
    return client.post(f"{CONTACTS}importar/", {"file": file})


def test_a_round_is_read_before_it_goes_and_confirmed_once(desk, event_open, contact):
    data = {"key": "abcdefghijkl", "groups": ["media"], "message": "Los <b>esperamos</b>"}
    page = desk.post(new_round(event_open), data).content.decode()
    assert "1 contacto recibiría esto" in page and "Los &lt;b&gt;esperamos" in page
    assert not InvitationRound.objects.exists()
    for _press in range(2):
        assert desk.post(new_round(event_open), {**data, "confirm": "1"}).status_code == 303
    assert InvitationRound.objects.count() == 1
    assert (
        "0 de 1 enviadas" in desk.get(new_round(event_open).removesuffix("nueva/")).content.decode()
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"groups": []}, "Elija por lo menos un grupo"),
        ({"message": "a" * 1001}, "1001"),
    ],
)
def test_a_wrong_round_is_told_and_its_words_stay(desk, event_open, contact, changes, sentence):
    data = {"key": "abcdefghijkl", "groups": ["media"], "message": "Los esperamos", "confirm": "1"}
    page = desk.post(new_round(event_open), {**data, **changes}).content.decode()
    assert sentence in page and (changes.get("message") or "Los esperamos") in page
    assert not InvitationRound.objects.exists()


def test_a_draft_invites_nobody(desk, event_open, contact):
    type(event_open).objects.update(status="draft")
    data = {"key": "abcdefghijkl", "groups": ["media"], "confirm": "1"}
    assert "anunciado" in desk.post(new_round(event_open), data).content.decode()
    assert not InvitationRound.objects.exists()


@pytest.mark.parametrize("role", ["internal_control", "moderation", "office", "approval"])
def test_other_roles_send_import_and_take_out_nothing(client, staff, role, event_open, contact):
    client.force_login(getattr(staff, role))
    data = {"key": "abcdefghijkl", "groups": ["media"], "confirm": "1"}
    assert client.post(new_round(event_open), data).status_code == 403
    assert send_list(client, HEAD).status_code == 403
    assert client.post(f"{CONTACTS}directorio.csv").status_code == 403
    assert not InvitationRound.objects.exists() and not AccessEntry.objects.exists()


def test_internal_control_reads_no_address(client, staff, contact):
    client.force_login(staff.internal_control)
    for path in ("", "?q=radio@example.org", f"{contact.pk}/change/"):
        page = client.get(f"{CONTACTS}{path}").content.decode()
        for word in ("Ana Ruiz", "3001234567"):
            assert word not in page
        assert "radio@example.org" not in page.replace('value="radio@example.org"', "")
    assert "Radio Uno" not in client.get(f"{CONTACTS}?q=radio@example.org").content.decode()
    assert client.get(f"{CONTACTS}?email__startswith=r").status_code != 200


def test_a_list_is_tried_then_written_and_a_known_address_is_updated(desk, contact):
    workflow.stop(contact)
    text = HEAD + (
        "Medios de comunicación;Radio Dos;;RADIO@example.org;;San Gil\n"
        "veedurias;Veeduría del río;Luis;veedor@example.org;;\n"
    )
    page = send_list(desk, text)
    assert "Se actualiza" in page.content.decode() and Contact.objects.count() == 1
    rows = page.context["rows"]
    for _press in range(2):
        desk.post(f"{CONTACTS}importar/", {"rows": rows})
    contact.refresh_from_db()
    assert (contact.organisation, contact.person) == ("Radio Dos", "Ana Ruiz")
    assert contact.email == "radio@example.org" and contact.stopped_at
    assert contact.municipality.name == "San Gil"
    assert Contact.objects.count() == 2


def test_a_list_with_errors_writes_nothing_and_says_where(desk, entity):
    text = HEAD + (
        "media;Radio;;no-es-correo;;\nnadie;X;;x@example.org;;Oyva\n"
        "media;;;y@example.org;;\nmedia;Y;;x@example.org;;\n"
    )
    page = send_list(desk, text)
    told = {
        (row.number, column) for row in page.context["found"].wrong for column, _s in row.problems
    }
    assert told == {
        (2, "correo"), (3, "grupo"), (3, "municipio"), (4, "organizacion"), (5, "correo"),
    }  # fmt: skip
    desk.post(f"{CONTACTS}importar/", {"rows": page.context["rows"]})
    desk.post(f"{CONTACTS}importar/", {"rows": "touched"})
    assert not Contact.objects.exists()


@pytest.mark.parametrize("text", ["", "nombre;correo\nA;a@b.co\n", HEAD, "%PDF-1.4\nx\n"])
def test_what_is_no_list_is_refused(desk, entity, text):
    page = send_list(desk, text)
    assert page.context["form"].errors["file"]


def test_the_directory_is_taken_out_by_a_button_and_it_is_written_down(desk, staff, contact):
    Contact.objects.update(organisation="=1+1")
    assert desk.get(f"{CONTACTS}directorio.xlsx").status_code == 405
    taken = desk.post(f"{CONTACTS}directorio.xlsx").content
    rows = list(openpyxl.load_workbook(io.BytesIO(taken)).active.values)
    assert rows[1][:4] == ("Medios de comunicación", "'=1+1", "Ana Ruiz", "radio@example.org")
    text = desk.post(f"{CONTACTS}directorio.csv").content.decode("utf-8-sig")
    assert (
        text.splitlines()[0] == "grupo;organizacion;persona;correo;telefono;municipio;invitaciones"
    )
    entry = AccessEntry.objects.first()
    assert (entry.actor, entry.what) == (staff.communications, "export")
    file = SimpleUploadedFile("d.csv", text.encode())
    assert directory.tried(directory.read(file)[0]).wrong == []
