"""The board: who is on it, in which order, how many, and what unknown filters do."""

import re
from datetime import timedelta

import pytest
from django.http import QueryDict

from accountability import workflow
from accountability.board import Board
from accountability.status import Standing
from entity.models import Municipality, Office
from portal.base import clock
from tests.accountability.conftest import at

DAY = at("2021-03-15")


def board(query="", day=DAY) -> Board:
    return Board(QueryDict(query), day)


def references(shown) -> list[str]:
    return [row.commitment.reference for row in shown.rows]


@pytest.fixture
def six(promise, told, staff):
    """C-01 fulfilled, C-02 in progress, C-03 and C-04 late, C-05 not begun, C-06 withdrawn."""
    velez = Office.objects.get(code="regional-velez")
    rows = [
        promise("Entregar árboles", "2021-03-02", target=1),
        promise("Visitar vertimientos", "2021-04-30"),
        promise("Habilitar una línea", "2021-03-05", office=velez),
        promise("Publicar la lista", "2021-02-26"),
        promise("Instalar señales", "2021-08-31", office=velez),
        promise("Abrir una sede", "2021-06-30"),
    ]
    told(rows[0], done=1, day="2021-02-12")
    told(rows[1], done=9)
    told(rows[3], done=6)
    for row in rows:
        row.refresh_from_db()
    workflow.fulfil_commitment(rows[0], actor=staff.approval, at=at("2021-02-12"))
    workflow.withdraw_commitment(rows[5], actor=staff.approval, reason="No hay sede.")
    rows[1].municipalities.set(Municipality.objects.filter(name__in=["Oiba", "Socorro"]))
    return rows


def test_the_overdue_come_first_then_by_date_then_the_closed(six):
    assert references(board()) == ["C-04", "C-03", "C-02", "C-05", "C-01", "C-06"]


def test_the_balance(six):
    shown = board()
    assert shown.balance.counts == {
        Standing.FULFILLED: 1, Standing.IN_PROGRESS: 1, Standing.LATE: 2, Standing.PENDING: 1,
        Standing.WITHDRAWN: 1,
    }  # fmt: skip
    assert (shown.balance.fulfilled, shown.balance.total) == (1, 6)
    assert str(shown.balance.updated_on) == "2021-03-03"


def test_the_pieces_of_the_bar_fill_it_once(six):
    pieces = board().balance.segments
    assert [piece.count for piece in pieces] == [1, 1, 2, 1, 1]
    assert all(re.fullmatch(r"\d+\.\d\d%", text) for p in pieces for text in (p.x, p.width))
    ends = [float(p.x[:-1]) + float(p.width[:-1]) for p in pieces]
    assert ends[-1] == pytest.approx(100, abs=0.5)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("estado=vencidos", ["C-04", "C-03"]),
        ("estado=cumplidos", ["C-01"]),
        ("estado=en-ejecucion", ["C-02"]),
        ("estado=sin-iniciar", ["C-05"]),
        ("estado=retirados", ["C-06"]),
        ("estado=cumplidos-en-parte", []),
        ("oficina=regional-velez", ["C-03", "C-05"]),
        ("oficina=regional-velez&estado=vencidos", ["C-03"]),
        ("jornada=2020-12-21-jornada&estado=cumplidos", ["C-01"]),
        ("q=vertimiento", ["C-02"]),
        ("q=señal&oficina=regional-velez", ["C-05"]),
        ("q=ballena", []),
    ],
)
def test_filters(six, query, found):
    assert references(board(query)) == found


def test_by_municipality(six):
    code = Municipality.objects.get(name="Oiba").code
    assert references(board(f"municipio={code}")) == ["C-02"]


def test_the_legend_counts_under_the_other_filters(six):
    shown = board("oficina=regional-velez&estado=vencidos")
    counts = {option.address: option.count for option in shown.legend}
    assert counts["?oficina=regional-velez"] == 2
    assert counts["?estado=vencidos&oficina=regional-velez"] == 1
    assert counts["?estado=cumplidos&oficina=regional-velez"] == 0
    assert [o.count for o in shown.legend if o.is_current] == [1]


def test_late_is_a_matter_of_the_day(six):
    assert board(day=at("2021-02-20")).balance.counts[Standing.LATE] == 0
    assert board(day=at("2021-09-01")).balance.counts[Standing.LATE] == 4


@pytest.mark.parametrize(
    "query", ["estado=x", "oficina=x", "municipio=99999", "jornada=x", "oficina=%00", "pagina=x"]
)
def test_unknown_values_find_nothing_and_never_fail(six, client, query):
    response = client.get(f"/compromisos/?{query}", follow=True)
    assert response.status_code == 200
    rows = response.content.decode().count('class="asiento"')
    assert rows == (6 if query.startswith(("pagina", "oficina=%00")) else 0)
    assert response.content.decode().count("<h1") == 1


def test_an_empty_portal_says_what_will_be_here(entity, client):
    page = client.get("/compromisos/").content.decode()
    assert 'class="asiento"' not in page
    assert 'class="balance"' not in page
    assert "<details" not in page.split("<main", 1)[1]


def test_drafts_do_not_leak(promise, client):
    promise("Nadie debe leerlo", draft=True)
    page = client.get("/compromisos/").content.decode()
    assert "Nadie debe leerlo" not in page
    assert client.get("/compromisos/c-01/").status_code == 404


def test_twenty_on_a_page(promise, client):
    for number in range(23):
        promise(f"Compromiso {number}")
    first = client.get("/compromisos/").content.decode()
    second = client.get("/compromisos/?pagina=2").content.decode()
    assert first.count('class="asiento"') == 20
    assert second.count('class="asiento"') == 3
    assert 'href="?pagina=2"' in first


@pytest.mark.parametrize("query", ["", "?estado=vencidos", "?oficina=autoridad-ambiental"])
def test_queries_do_not_grow(promise, told, count_queries, query):
    def fill(number):
        commitment = promise(f"Número {number}", f"{clock.local_day() - timedelta(days=9)}")
        commitment.municipalities.set(Municipality.objects.all()[:3])
        told(commitment, done=3)

    fill(1)
    one = count_queries(f"/compromisos/{query}")
    fill(2)
    fill(3)
    assert count_queries(f"/compromisos/{query}") == one <= 8
