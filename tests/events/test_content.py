"""What an event's page says of its place, access, rules, documents and agenda; what it costs."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entity.models import Office
from events.models import Event
from events.publishing import event_changed
from events.templatetags.events import telephone
from portal.base.uploads import CleanFile
from tests.base import files
from tests.events.desk import DESK, change, errors, form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def text(client, event_open):
    """`text(tail, **fields)`: the page of the open event, with these fields."""

    def read(tail="", **fields):
        Event.objects.filter(pk=event_open.pk).update(**fields)
        event_changed(event_open)
        return client.get(f"{event_open.get_absolute_url()}{tail}").content.decode()

    return read


def stored(event, **fields):
    clean = CleanFile("informe.pdf", "application/pdf", files.pdf()).store()
    return event.documents.create(title="Informe", stored=clean, **fields)


def test_the_place_is_a_link_and_no_map(text):
    page = text(
        venue="Auditorio", place_address="Carrera 12 # 9-06", municipality_id="68679",
        place_url="https://www.openstreetmap.org/#map=17/6.55/-73.13",
    )  # fmt: skip
    assert "Auditorio, Carrera 12 # 9-06, San Gil" in page
    assert 'href="https://www.openstreetmap.org/#map=17/6.55/-73.13" rel="noopener"' in page
    assert "Ver en el mapa (openstreetmap.org)" in page
    assert "<iframe" not in page


def test_who_needs_something_reads_whom_to_ask(text):
    page = text()
    assert "Con subtítulos." not in page
    assert "¿Necesita algo para participar?" in page
    assert 'href="mailto:contactenos@cas.example"' in page
    page = text(has_interpreter=True, has_captions=True, room_access="Rampa al norte.")
    for words in ("Con intérprete de lengua de señas.", "Con subtítulos.", "Rampa al norte."):
        assert words in page


def test_the_rules_and_the_period(text):
    assert "Reglas de participación" not in text()
    page = text(
        rules="Hable con **respeto**.", speaking_minutes=1, questions_per_person=2,
        period_from="2026-01-01", cutoff_on="2026-11-30",
    )  # fmt: skip
    assert "Cada persona habla 1 minuto." in page
    assert "Cada persona puede hacer 2 preguntas." in page
    assert "Hable con <strong>respeto</strong>." in page
    assert "Periodo: del 1 de enero de 2026 al 30 de noviembre de 2026" in page


def test_a_document_says_what_it_is_and_shows_its_fingerprint(text, event_open):
    moment = event_open.agenda.first()
    document = stored(
        event_open, kind="budget", language="uwa", is_accessible=True, agenda_item=moment,
        published_on="2026-11-01",
    )  # fmt: skip
    page = text("documentos/")
    for words in (
        "PDF, ",
        "Uw cuwa",
        "Presupuesto",
        "Versión accesible",
        "1 nov 2026",
        "Instalación",
    ):
        assert words in page
    digest = document.stored.sha256
    assert f"<code>{digest[:12]}…</code></summary><p>SHA-256: <code>{digest}</code>" in page
    assert 'hreflang="uwa"' in page
    assert digest not in text()
    event_open.documents.update(is_accessible=False)
    assert "No es una versión accesible" in text("documentos/")


def test_a_document_stands_at_its_point_of_the_agenda(text, event_open, client, event_held):
    stored(event_open, agenda_item=event_open.agenda.first())
    agenda = text().split('class="orden"')[1].split("Diálogo con la ciudadanía")[0]
    assert "Informe</a>" in agenda
    event_held.documents.create(
        title="Acta previa", url="https://a.example", agenda_item=event_held.agenda.first()
    )
    event_changed(event_held)
    past = client.get(event_held.get_absolute_url()).content.decode()
    assert "Acta previa</a>" in past.split('class="orden"')[1].split("Diálogo")[0]


def test_a_point_says_its_post_and_its_office(text, event_open):
    event_open.agenda.filter(order=1).update(
        presenter="Dirección", office=Office.objects.get(code="planeacion")
    )
    page = text()
    assert "<p>Dirección. Subdirección de Planeación y Ordenamiento Ambiental</p>" in page


def test_parts_are_shown_with_their_hours_before_and_after(client, event_held, text, event_open):
    for event in (event_held, event_open):
        second = event.agenda.get(order=2)
        event.agenda.create(parent=second, order=1, title="Una parte", minutes=5)
        event.agenda.create(parent=second, order=2, title="Otra parte", minutes=5)
        event_changed(event)
    past = client.get(event_held.get_absolute_url()).content.decode()
    for page in (text(), past):
        assert '<time datetime="09:15">' in page.split("Una parte")[0][-120:]
        assert '<time datetime="09:20">' in page.split("Otra parte")[0][-120:]
        assert page.count("<strong>Una parte<") == 1


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("+57 601 234 5678", "+576012345678"),
        ("601 555 0143, código 12#", "6015550143"),
        ("(607) 123-45.67 ext. 9", "6071234567"),
        ("  +1 (305) 555 ", "+1305555"),
    ],
)
def test_what_a_telephone_dials(written, dialled):
    assert telephone(written) == dialled


def test_a_document_of_another_events_point_is_refused(desk, staff, event_open, event_held):
    row = {"kind": "other", "title": "A", "url": "https://a.example"}
    row["agenda_item"] = event_held.agenda.first().pk
    data = form_of(event_open, rows={"documents": [row]})
    response = desk(staff.communications).post(change(event_open), data)
    assert set(errors(response)) == {"documents.agenda_item"}


def test_an_address_that_another_event_has_is_told(desk, staff, event_held):
    data = form_of(slug=event_held.slug)
    response = desk(staff.communications).post(f"{DESK}add/", data)
    found = errors(response)
    assert {name: list(words) for name, words in found.items()} == {
        "slug": ["Otra jornada tiene esta dirección. Escriba otra."]
    }


def preview(client, path, data):
    return client.post(path, {**data, "_preview": "1"})


def test_a_preview_shows_the_texts_and_saves_nothing(desk, staff, event_open):
    rows = {"sections": [{"title": "Por qué", "body": "Lo **nuevo**."}]}
    data = form_of(event_open, rows, title="Otro", rules="# Regla\n\n<script>x</script>")
    response = preview(desk(staff.communications), change(event_open), data)
    page = response.content.decode().split('id="vista-previa"')[1]
    assert response.status_code == 200
    assert "Lo <strong>nuevo</strong>." in page
    assert "<h3>Regla</h3>" in page
    assert "<script>x" not in page
    assert errors(response) == {}
    assert 'value="Otro"' in response.content.decode()
    event_open.refresh_from_db()
    assert event_open.title != "Otro"
    assert not event_open.sections.exists()


def test_a_preview_of_a_new_event_tells_mistakes_too(desk, staff):
    data = form_of(title="", about="Lo **hecho**.")
    response = preview(desk(staff.communications), f"{DESK}add/", data)
    assert "Lo <strong>hecho</strong>." in response.content.decode()
    assert set(errors(response)) == {"title"}
    assert not Event.objects.exists()


def test_who_may_not_edit_previews_nothing(desk, staff, event_open):
    client = desk(staff.internal_control)
    assert preview(client, change(event_open), form_of(event_open)).status_code == 403


def fill(event, numbers):
    for n in numbers:
        item = event.agenda.create(order=n, title=f"Punto {n}", minutes=1)
        event.agenda.create(parent=item, order=1, title=f"Parte {n}", minutes=1)
        stored(event, order=n, agenda_item=item)
    event_changed(event)


@pytest.mark.parametrize(
    ("fixture", "tail", "most"),
    [("event_open", "", 10), ("event_open", "documentos/", 8), ("event_held", "", 15)],
)
def test_queries_are_the_same_for_one_and_a_hundred(client, request, fixture, tail, most):
    event = request.getfixturevalue(fixture)
    path = f"{event.get_absolute_url()}{tail}"

    def queries() -> int:
        client.get(path)
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len([q for q in captured if "base_contentversion" not in q["sql"]])

    fill(event, [3])
    one = queries()
    fill(event, range(4, 103))
    assert queries() == one <= most
    assert event.agenda.count() == 202
