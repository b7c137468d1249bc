"""The matrix of an event as it is today: public rows alone, for everybody, never older than now."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.base import versions
from questions import workflow

pytestmark = pytest.mark.django_db
CSV = "/eventos/2020-12-21-jornada/preguntas/matriz.csv"
COLUMNS = [
    "radicado",
    "numero",
    "tipo",
    "canal",
    "presentada",
    "radicada",
    "tema",
    "sobre",
    "municipio",
    "titulo",
    "texto",
    "estado",
    "oficina",
    "vence",
    "cerrada",
    "respondida",
    "edicion",
    "respuesta_en_una_frase",
    "respuesta",
    "unida_a",
    "segundo_de_la_grabacion",
    "direccion",
]


def read(client, address=CSV, **headers):
    versions.forget()  # a process trusts what it read for a second
    return client.get(address, headers=headers)


def rows_of(response) -> list[dict]:
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_each_public_contribution_is_a_line(client, answered, published, event_held):
    first = answered(event=event_held, email="persona@example.org", text="ORIGINAL")
    second = published(event=event_held)
    rows = rows_of(client.get(CSV))
    assert [row["radicado"] for row in rows] == [first.reference, second.reference]
    assert list(rows[0]) == COLUMNS
    assert rows[0]["estado"] == "Respondida"
    assert rows[0]["respuesta"] and not rows[1]["respuesta"]
    assert "persona@example.org" not in str(rows)


def test_it_is_a_file_that_proxies_may_keep(client, answered, event_held):
    answered(event=event_held)
    response = client.get(CSV)
    assert response.streaming
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="matriz-2020-12-21-jornada.csv"'
    assert response["Cache-Control"].startswith("public, max-age=0, s-maxage=")
    assert "Set-Cookie" not in response


def test_who_has_it_already_is_told_so_until_it_changes(client, published, event_held, staff):
    question = published(event=event_held)
    known = {"if-none-match": read(client)["ETag"]}
    assert read(client, **known).status_code == 304
    workflow.withhold(question, actor=staff.moderation, reason="insults")
    changed = read(client, **known)
    assert rows_of(changed) == []


def test_in_english_the_file_is_the_same(client, answered, event_held):
    answered(event=event_held)
    assert rows_of(client.get(f"/en{CSV}")) == rows_of(client.get(CSV))


def test_cells_are_no_formulas(client, published, event_held):
    published(event=event_held, public_text='=HYPERLINK("https://x.example")', title="+1")
    row = rows_of(client.get(CSV))[0]
    assert row["texto"].startswith("'=") and row["titulo"].startswith("'+")


def test_the_queries_are_as_many_for_one_as_for_three(client, answered, event_held):
    counts = []
    for more in (1, 2):
        for _one in range(more):
            answered(event=event_held)
        with CaptureQueriesContext(connection) as captured:
            rows_of(read(client))
        counts.append(len([q for q in captured if "base_contentversion" not in q["sql"]]))
    assert counts[0] == counts[1]


def test_no_event_no_file(client, event_held):
    assert client.get(CSV.replace("jornada", "otra")).status_code == 404
    assert client.post(CSV).status_code == 405
    type(event_held).objects.update(status="draft")
    assert client.get(CSV).status_code == 404


def test_the_list_of_the_event_offers_it(client, event_held):
    page = client.get("/eventos/2020-12-21-jornada/preguntas/").content.decode()
    assert f'href="{CSV}"' in page
    assert "matriz.csv" not in client.get("/preguntas/").content.decode()
