"""The menu "Participa" of a year: eight items, the links that prove them, and them as tables."""

import csv
import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from accountability.models import SessionRecord
from events.convocation import checklist
from events.models import Document, Event, TopicProposal
from portal.base import clock
from portal.base.uploads import CleanFile
from tests.base import files
from tests.questions.conftest import *  # noqa: F403 - the contributions of that room

pytestmark = pytest.mark.django_db
PENDING = "Información pendiente"


def parts(page: str) -> dict[str, str]:
    """What stands under each letter of the page."""
    found = page.split('<h3 class="t3" id="')[1:]
    return {part[0].upper(): part.split("</section>")[0] for part in found}


def read(client, address="/participa/?anio=2020") -> dict[str, str]:
    return parts(client.get(address).content.decode())


def add(event, kind, title, **fields):
    values = {"url": "https://www.cas.example/x", **fields}
    return Document.objects.create(event=event, kind=kind, title=title, **values)


@pytest.fixture
def complete(event_held, answered, minutes, promise):
    """The held event with one proof at least for each item."""
    answered(event=event_held)
    promise()
    TopicProposal.objects.create(
        event=event_held, original_text="Agua", public_text="El agua", status="published", token="t"
    )
    add(event_held, "strategy", "Estrategia 2020", published_on=date(2020, 2, 1))
    add(event_held, "management_report", "Informe de gestión", published_on=date(2020, 12, 1))
    return event_held


def test_an_event_alone_leaves_much_pending(client, event_held):
    shown = read(client)
    assert list(shown) == list("ABCDEFGH")
    assert {letter for letter, text in shown.items() if PENDING in text} == set("ABDFGH")
    assert 'href="/calendario/2020/"' in shown["C"]
    assert 'href="/eventos/2020-12-21-jornada/"' in shown["E"]
    page = client.get("/participa/?anio=2020").content.decode()
    assert "2020: 2 de 8 literales tienen su enlace" in page


def test_each_item_has_its_link(client, complete):
    shown = read(client)
    assert not [letter for letter, text in shown.items() if PENDING in text]
    links = {
        "A": "/eventos/2020-12-21-jornada/temas/",
        "B": "https://www.cas.example/x",
        "C": "/calendario/2020/",
        "D": "https://www.cas.example/x",
        "E": "/eventos/2020-12-21-jornada/",
        "F": "/eventos/2020-12-21-jornada/preguntas/",
        "G": "/eventos/2020-12-21-jornada/acta/",
        "H": "/compromisos/?jornada=2020-12-21-jornada",
    }
    for letter, address in links.items():
        assert f'href="{address}"' in shown[letter], letter
    assert "1 en público, 1 con respuesta" in shown["F"]
    assert "28 dic 2020" in shown["G"]


def test_every_link_of_the_portal_answers(client, complete):
    for text in read(client).values():
        for address in [piece.split('"')[0] for piece in text.split('href="')[1:]]:
            if address.startswith("/"):
                assert client.get(address).status_code == 200, address


def test_what_is_not_public_proves_nothing(client, complete, event_open, draft_minutes):
    TopicProposal.objects.update(status="withheld")
    SessionRecord.objects.create(event=event_open)
    add(event_open, "strategy", "Del otro año")
    shown = read(client)
    assert PENDING in shown["A"]
    assert "Del otro año" not in shown["B"]
    assert "registro" not in shown["G"].lower()


def test_a_draft_or_cancelled_event_is_in_no_year(client, event_held, event_open):
    Event.objects.filter(pk=event_held.pk).update(status="cancelled")
    assert client.get("/participa/?anio=2020").headers["Location"] == "/participa/"
    Event.objects.filter(pk=event_open.pk).update(status="draft")
    page = client.get("/participa/").content.decode()
    assert "La primera aparece aquí" in page
    assert set(parts(page)) == set("ABCDEFGH")


def test_the_year_of_the_next_event_comes_first(client, event_held, event_open):
    year = clock.local_day(event_open.starts_at).year
    page = client.get("/participa/").content.decode()
    assert f'<strong aria-current="page">{year}</strong>' in page
    assert 'href="/participa/?anio=2020">' in page
    assert f'/eventos/{event_open.slug}/preguntar/"' in parts(page)["E"]


@pytest.mark.parametrize("junk", ["1999", "abc", "²", "-1", "2020'", "<b>", "9" * 300, "2020.0"])
@pytest.mark.parametrize(
    "path", ["/participa/", "/participa/enlaces.csv", "/participa/enlaces.ods"]
)
def test_an_odd_year_leads_to_the_page_itself(client, event_held, path, junk):
    answer = client.get(path, {"anio": junk}, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == path


def test_the_export_names_absolute_addresses(client, complete, settings):
    answer = client.get("/participa/enlaces.csv?anio=2020")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row["literal"] for row in rows] == list("ABCDEFGH")
    minutes = rows[6]
    assert minutes["direccion"] == f"{settings.SITE_URL}/eventos/2020-12-21-jornada/acta/"
    assert (minutes["fecha"], minutes["anio"], minutes["enlace"]) == (
        "2020-12-28", "2020", "Acta de la jornada",
    )  # fmt: skip
    assert rows[3]["menu"] == "Transparencia / Planeación, presupuesto e informes"
    assert rows[1]["direccion"] == "https://www.cas.example/x"


def test_a_pending_item_is_a_row_without_address(client, event_held):
    lines = client.get("/participa/enlaces.csv").content.decode("utf-8-sig").splitlines()
    pending = [line for line in lines if PENDING in line]
    assert len(pending) == 6
    assert all(line.endswith(";;;") for line in pending)


def test_the_ods_says_the_same(client, complete):
    add(complete, "other", "No sale")
    add(complete, "schedule", '=1+1 "<&>\x07')
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(client.get("/participa/enlaces.ods?anio=2020").content)
    )
    table = book.get_sheet_by_name("Participa").to_python()
    text = client.get("/participa/enlaces.csv?anio=2020").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert table[0] == lines[0]
    assert [row[8] for row in table] == [row[8] for row in lines]
    assert '=1+1 "<&>' in [row[5] for row in table]


def test_in_english_the_table_stays_spanish(client, complete):
    english = client.get("/en/participa/enlaces.csv?anio=2020").content
    assert english == client.get("/participa/enlaces.csv?anio=2020").content
    page = client.get("/en/participa/?anio=2020").content.decode()
    assert "8 of 8 items have their link" in page
    assert '<a href="https://www.cas.example/x" lang="es">Estrategia 2020</a>' in page


def test_a_stored_document_leads_to_its_file(client, event_held):
    stored = CleanFile("e.pdf", "application/pdf", files.pdf()).store()
    document = add(event_held, "strategy", "Estrategia", url="", stored=stored)
    address = f"/eventos/2020-12-21-jornada/documentos/{document.pk}/"
    assert f'href="{address}"' in read(client)["B"]


def test_queries_stay_the_same(client, count_queries, complete, promise, event_open):
    one = count_queries("/participa/?anio=2020")
    for number in range(3):
        promise(f"Otro compromiso {number}")
        add(complete, "presentation", f"Presentación {number}")
    assert count_queries("/participa/?anio=2020") == one <= 4
    assert count_queries("/participa/enlaces.csv") <= 4


def test_the_desk_knows_what_is_missing(complete):
    rows = {row.task.code: row for row in checklist.of_event(complete).rows}
    assert rows["participa"].is_done
    Document.objects.filter(event=complete).delete()
    rows = {row.task.code: row for row in checklist.of_event(complete).rows}
    assert (rows["participa"].is_done, rows["participa"].verdict.note) == (False, "Falta: B, D")
