"""Lists of commitments: tried first, written once, every fault beside its cell."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accountability.commitments import importing
from accountability.models import Commitment
from portal.base.machine import MoveRefused
from tests.races import at_once

pytestmark = pytest.mark.django_db
PAGE = "/gestion/accountability/commitment/importar/"
HEAD = "titulo;prometido;oficina;municipios;fecha;cantidad;unidad;pregunta\n"
RIGHT = "Sembrar árboles;Sembraremos;Autoridad Ambiental;Oiba, Socorro;2021-06-30;300;árboles;\n"
RIGHT = RIGHT.replace(";Autoridad Ambiental;", ";autoridad-ambiental;")
WRONG = "Medir el agua;;Oficina de nadie;Macondo;31/02/2021;muchas;;99\n"


@pytest.fixture
def upload(client, staff, event_held):
    """`upload(text)`: the page after communications tried a list of the hearing."""
    client.force_login(staff.communications)

    def send(text):
        file = SimpleUploadedFile("lista.csv", text.encode())
        return client.post(PAGE, {"event": event_held.pk, "file": file}).content.decode()

    return send


def hidden(page) -> dict:
    return dict(re.findall(r'type="hidden" name="(event|rows|only_right)" value="([^"]+)"', page))


def test_nothing_is_written_before_the_button(upload, client):
    page = upload(HEAD + RIGHT)
    assert not Commitment.objects.exists()
    answer = client.post(PAGE, hidden(page))
    assert answer.status_code == 303
    made = Commitment.objects.get()
    assert (made.reference, made.status, made.target, made.unit) == (
        "C-01",
        "draft",
        300,
        "árboles",
    )
    assert made.promised == "Sembraremos"
    assert sorted(place.name for place in made.municipalities.all()) == ["Oiba", "Socorro"]


def test_the_same_list_again_is_refused_with_a_sentence(upload, client):
    page = upload(HEAD + RIGHT)
    client.post(PAGE, hidden(page))
    again = client.post(PAGE, hidden(page))
    assert again.status_code == 200
    assert "La jornada ya tiene este compromiso: C-01." in again.content.decode()
    assert "La jornada ya tiene este compromiso: C-01." in upload(HEAD + RIGHT)
    assert Commitment.objects.count() == 1


def test_each_fault_stands_beside_its_column(upload):
    page = upload(HEAD + RIGHT + WRONG + RIGHT)
    cells = re.findall(r"<tr><td>(\d+)</td><td>([^<]+)</td><td>([^<]+)</td></tr>", page)
    assert {(row, column) for row, column, _words in cells} == {
        ("3", "oficina"), ("3", "municipios"), ("3", "fecha"), ("3", "cantidad"),
        ("3", "unidad"), ("3", "pregunta"), ("4", "—"),
    }  # fmt: skip


def test_the_right_ones_alone_only_where_somebody_chooses_it(upload, client):
    told = hidden(upload(HEAD + RIGHT + WRONG))
    client.post(PAGE, {name: value for name, value in told.items() if name != "only_right"})
    assert not Commitment.objects.exists()
    client.post(PAGE, told)
    assert [made.title for made in Commitment.objects.all()] == ["Sembrar árboles"]


def test_a_contribution_must_be_of_the_event(upload, client, public_question):
    question = public_question()
    row = RIGHT.replace("árboles;\n", f"árboles;{question.number}\n")
    client.post(PAGE, hidden(upload(HEAD + row)))
    assert Commitment.objects.get().question == question


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "El archivo está vacío"),
        ("titulo;oficina\nx;y\n", "fecha, unidad"),
        ("titulo;titulo;oficina;fecha;unidad\na;b;c;d;e\n", "titulo"),
        (HEAD, "La lista está vacía"),
        ("%PDF-1.4 nada", "CSV, XLSX"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(upload, text, said):
    assert said in upload(text)


def test_hostile_cells_are_text(upload, client):
    title = "<script>alert(1)</script>=1+1"
    page = upload(HEAD + RIGHT.replace("Sembrar árboles", title))
    assert "<script>alert" not in page
    client.post(PAGE, hidden(page))
    assert Commitment.objects.get().title == title


def test_a_touched_or_borrowed_list_is_not_written(upload, client, staff, event_open):
    told = hidden(upload(HEAD + RIGHT))
    client.post(PAGE, {**told, "rows": told["rows"][:-3] + "AAA"})
    client.post(PAGE, {**told, "event": event_open.pk})
    client.force_login(staff.root)
    client.post(PAGE, told)
    assert not Commitment.objects.exists()


@pytest.mark.parametrize("role", ["office", "approval", "moderation", "internal_control"])
def test_only_who_writes_commitments_imports_them(client, staff, role):
    client.force_login(staff[role])
    assert client.get(PAGE).status_code == 403
    assert client.get(PAGE.replace("importar/", "plantilla.xlsx")).status_code == 403


def test_the_template_is_read_back(client, staff, event_held):
    client.force_login(staff.communications)
    for kind in ("csv", "xlsx"):
        data = client.get(PAGE.replace("importar/", f"plantilla.{kind}")).content
        file = SimpleUploadedFile(f"plantilla.{kind}", data)
        page = client.post(PAGE, {"event": event_held.pk, "file": file}).content.decode()
        assert "La lista está vacía" in page


def test_a_row_that_another_person_wrote_meanwhile_counts(promise, event_held, staff):
    rows = [{"n": 2, "data": {
        "titulo": "Sembrar", "oficina": "planeacion", "fecha": "2021-06-30", "unidad": "árboles",
    }}]  # fmt: skip
    promise("SEMBRAR", draft=True)
    with pytest.raises(MoveRefused):
        importing.import_list(event_held, rows=rows, actor=staff.communications)
    assert Commitment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_list_pressed_twice_at_once_is_written_once(event_held, staff):
    rows = [{"n": 2, "data": {
        "titulo": "Sembrar", "oficina": "planeacion", "fecha": "2021-06-30", "unidad": "árboles",
    }}]  # fmt: skip
    told = {"rows": rows, "actor": staff.communications}
    refused, faults = at_once(
        lambda: importing.import_list(event_held, **told),
        lambda: importing.import_list(event_held, **told),
    )
    assert (len(refused), faults) == (1, [])
    assert Commitment.objects.count() == 1
