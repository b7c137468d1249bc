"""What accounts are rendered about: numbers as people write them, public pages, the import."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from events.models import Document, Result
from events.results import trying, workflow
from events.results.display import money, percent_of, progress
from events.results.numbers import read_number
from portal.base import versions
from portal.base.machine import MoveRefused

pytestmark = pytest.mark.django_db
IMPORT = "/gestion/events/result/importar/"


def make(event, count=1, **columns):
    rows = [Result(goal=f"Meta {n}", **columns) for n in range(1, count + 1)]
    workflow.add_results(event, rows, actor=None)
    return list(event.results.all())


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("$ 1.234.567,50", "1234567.50"),
        ("1,234,567.50", "1234567.50"),
        ("1234567.5", "1234567.5"),
        ("1.234", "1234"),
        ("12,5", "12.5"),
        ("60 %", "60"),
        ("$\u00a01.234.567.890", "1234567890"),
        ("0,125", "0.13"),
        ("-3", "-3"),
        ("1e3", "1000"),
    ],
)
def test_numbers_are_read_as_they_are_written(text, number):
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing_is_no_number(text):
    assert read_number(text) is None


@pytest.mark.parametrize(
    "text", ["1,234", "quince", "12 de 15", "NaN", "inf", "1.23.4", "٣", "9" * 41, "$", "1e999"]
)
def test_what_is_no_number_or_two_is_refused(text):
    with pytest.raises(ValueError):
        read_number(text)


@given(st.decimals(min_value=0, max_value=10**14, places=2))
def test_a_number_of_colombia_comes_back(number):
    text = f"{number:,.2f}".translate(str.maketrans(",.", ".,"))
    assert read_number(f"$ {text}") == number


@given(st.text(max_size=60))
def test_any_text_is_a_number_nothing_or_refused(text):
    try:
        number = read_number(text)
    except ValueError:
        return
    assert number is None or number.is_finite()


def test_progress_and_money_are_told_in_words():
    row = Result(planned=Decimal(15), reached=Decimal(9), unit="visitas")
    row.money_planned, row.money_executed = Decimal("1234567890"), Decimal("617283945")
    with override("es-co"):
        assert (progress(row).words, progress(row).width) == ("9 de 15 visitas, 60\u00a0%", 60)
        assert money(row).words == "$\u00a0617.283.945 de $\u00a01.234.567.890, 50\u00a0%"


def test_almost_all_is_not_all_and_more_fills_the_bar():
    assert percent_of(Decimal("99.9"), Decimal(100)) == 99
    row = Result(planned=Decimal(80), reached=Decimal(92))
    assert (progress(row).percent, progress(row).width) == (115, 100)
    assert percent_of(Decimal(3), Decimal(0)) is None


def test_numbers_of_an_event_are_never_given_twice(event_open, event_held):
    first, second = make(event_open, 2)
    second.delete()
    assert [row.number for row in make(event_open)] == [1, 3]
    assert make(event_held)[0].number == 1
    assert first.anchor == "resultado-1"


def test_the_event_page_shows_twelve_and_leads_to_all(client, event_open):
    make(event_open, 13, planned=15, reached=9, unit="visitas")
    page = client.get(event_open.get_absolute_url()).content.decode()
    assert 'id="resultado-12"' in page
    assert 'id="resultado-13"' not in page
    assert "9 de 15 visitas, 60\u00a0%" in page
    address = f"{event_open.get_absolute_url()}cuentas/"
    assert f'href="{address}"' in page
    assert 'id="resultado-13"' in client.get(address).content.decode()


def test_the_page_of_results_is_filtered_by_programme(client, event_open):
    make(event_open, programme="Agua")
    make(event_open, programme="Bosques & ríos")
    address = reverse("event_results", args=[event_open.slug])
    page = client.get(address, {"programa": "Bosques & ríos"}).content.decode()
    assert ('id="resultado-2"' in page, 'id="resultado-1"' in page) == (True, False)
    unknown = client.get(address, {"programa": "Otro"})
    assert (unknown.status_code, unknown.headers["Location"]) == (302, address)


def test_without_results_there_is_no_page_and_no_part(client, event_open):
    assert client.get(reverse("event_results", args=[event_open.slug])).status_code == 404
    assert 'id="cuentas"' not in client.get(event_open.get_absolute_url()).content.decode()


def test_a_spreadsheet_computes_nothing_of_the_csv(client, event_open):
    make(event_open, programme="=1+1", planned=Decimal("12.50"))
    body = client.get(reverse("event_results_csv", args=[event_open.slug])).content.decode()
    assert ";'=1+1;Meta 1;;12,5;" in body


@pytest.mark.parametrize("count", [1, 100])
def test_the_page_costs_the_same_for_one_and_a_hundred(
    client, event_open, count, django_assert_num_queries
):
    document = Document.objects.create(event=event_open, title="Informe", url="https://x.example/")
    make(event_open, count, source=document)
    address = reverse("event_results", args=[event_open.slug])
    client.get(address)  # the process knows the entity, the versions and the marks by now
    caches["pages"].clear()
    with django_assert_num_queries(3):  # the event, its results, what was asked about them
        client.get(address)


def listed(text, name="lista.csv"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def upload(client, event, text, name="lista.csv"):
    return client.post(IMPORT, {"event": event.pk, "file": listed(text, name)})


GOOD = (
    "Meta;Tipo;Unidad;Planeado;Alcanzado;Dinero planeado;Corte;Oficina;Color\n"
    "Visitas a la cuenca;Meta;visitas;15;9;$ 1.234.567,50;2026-06-30;{office};azul\n"
    "Peticiones en plazo;;;95 %;88,5 %;;30/06/2026;;\n"
)


@pytest.fixture
def desk(client, staff):
    client.force_login(staff.communications)
    return client


def test_a_list_is_tried_and_then_written_once(desk, event_open, entity):
    office = entity.offices[0] if hasattr(entity, "offices") else _office()
    page = upload(desk, event_open, GOOD.format(office=office.code.upper()))
    assert Result.objects.count() == 0
    assert page.context["unknown"] == ["color"]
    assert page.context["found"].wrong == []
    before = versions.read(versions.event_name(event_open.slug))
    sent = {"event": event_open.pk, "rows": page.context["rows"]}
    assert desk.post(IMPORT, sent).status_code == 303
    first, second = event_open.results.all()
    assert (first.number, first.reached, first.money_planned, first.office) == (
        1, Decimal(9), Decimal("1234567.50"), office,
    )  # fmt: skip
    assert (second.unit, second.reached, second.cutoff_on) == (
        "%", Decimal("88.5"), date(2026, 6, 30),
    )  # fmt: skip
    versions.forget()
    assert versions.read(versions.event_name(event_open.slug)) != before
    again = desk.post(IMPORT, sent)
    assert again.context["refusal"]
    assert event_open.results.count() == 2


def _office():
    from entity.models import Office

    return Office.objects.order_by("pk").first()


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (";Meta;;;", "meta"),
        ("Visitas;Cuento;;;", "tipo"),
        ("Visitas;;1,234;;", "planeado"),
        ("Visitas;;-4;;", "planeado"),
        ("Visitas;;99999999999999999;;", "planeado"),
        ("Visitas;;;No existe;", "oficina"),
        ("Visitas;;;;No existe", "fuente"),
        ("x" * 301 + ";;;;", "meta"),
    ],
)
def test_one_wrong_row_keeps_the_whole_list_out(desk, event_open, row, column):
    text = f"meta;tipo;planeado;oficina;fuente\nBuena;;1;;\n{row}\n"
    page = upload(desk, event_open, text)
    assert [(r.number, r.problems[0][0]) for r in page.context["found"].wrong] == [(3, column)]
    desk.post(IMPORT, {"event": event_open.pk, "rows": page.context["rows"]})
    assert Result.objects.count() == 0


def test_the_same_row_twice_is_told(event_open):
    rows = [{"n": n, "data": {"meta": "Una"}} for n in (2, 3)]
    assert [row.number for row in trying.tried(event_open, rows).wrong] == [3]
    with pytest.raises(MoveRefused):
        trying.import_list(event_open, rows=rows, actor=None)
    assert Result.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.csv"),
        (b"%PDF-1.7\n", "a.csv"),
        (b"PK\x03\x04 no book", "a.xlsx"),
        (b"\x00\x01\x02", "a.csv"),
        (b"color;otro\n1;2\n", "a.csv"),
        (b"meta;meta\n1;2\n", "a.csv"),
        (b"meta\n" + b"x\n" * 501, "a.csv"),
        (b"meta\n", "a.csv"),
    ],
)
def test_hostile_files_are_refused_beside_the_field(desk, event_open, data, name):
    page = upload(desk, event_open, data, name)
    assert page.status_code == 200
    assert page.context["form"].errors["file"]


def test_sealed_rows_are_of_one_person_and_one_event(staff, event_open, event_held):
    sealed = trying.sealed(event_open, staff.communications, [{"n": 2, "data": {"meta": "a"}}])
    assert trying.opened(event_open, staff.communications, sealed)
    assert trying.opened(event_held, staff.communications, sealed) is None
    assert trying.opened(event_open, staff.root, sealed) is None
    assert trying.opened(event_open, staff.communications, sealed[:-2] + "xx") is None


def test_the_template_is_read_back(desk, event_open):
    for kind in ("csv", "xlsx"):
        body = desk.get(f"/gestion/events/result/plantilla.{kind}").content
        page = upload(desk, event_open, body, f"plantilla.{kind}")
        assert page.context["form"].errors["file"]  # no rows yet
    assert desk.get("/gestion/events/result/plantilla.exe").status_code == 404


def test_a_workbook_is_read(desk, event_open):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["meta", "planeado", "alcanzado"])
    book.active.append(["Visitas", 12.5, 3])
    out = BytesIO()
    book.save(out)
    page = upload(desk, event_open, out.getvalue(), "a.xlsx")
    assert page.context["found"].rows[0].form.cleaned_data["planned"] == Decimal("12.5")


@pytest.mark.parametrize("role", ["moderation", "office", "internal_control"])
def test_only_communications_imports(client, staff, role, event_open):
    client.force_login(getattr(staff, role))
    assert client.get(IMPORT).status_code == 403
    assert client.get("/gestion/events/result/plantilla.csv").status_code == 403


def test_the_desk_writes_numbers_with_commas_and_deletes_with_notice(desk, event_open):
    data = {"event": event_open.pk, "order": 0, "kind": "goal", "goal": "Una", "planned": "1.500,5"}
    assert desk.post("/gestion/events/result/add/", data).status_code == 302
    row = Result.objects.get()
    assert (row.number, row.order, row.planned) == (1, 1, Decimal("1500.5"))
    assert "1500,5" in desk.get(f"/gestion/events/result/{row.pk}/change/").content.decode()
    before = versions.read(versions.event_name(event_open.slug))
    desk.post(f"/gestion/events/result/{row.pk}/delete/", {"post": "yes"})
    versions.forget()
    assert versions.read(versions.event_name(event_open.slug)) != before
