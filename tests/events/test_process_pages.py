"""The permanent process and the calendar of the year."""

from datetime import datetime, timedelta

import pytest

from entity.models import ProcessMoment
from portal.base import clock
from tests import cast
from tests.conftest import BOGOTA

pytestmark = pytest.mark.django_db


def make(month, status="announced", **fields):
    starts = datetime(2031, month, 9, 9, tzinfo=BOGOTA)
    return cast.make_event(
        slug=f"2031-{month:02}-09-{status}", title=f"Espacio de {month}", status=status,
        starts_at=starts, ends_at=starts + timedelta(hours=2), **fields,
    )  # fmt: skip


def text(client, path):
    return client.get(path).content.decode()


def test_the_moments_are_texts_of_the_entity(client, entity):
    ProcessMoment.objects.create(order=2, title="Ventanilla", body="De **lunes** a viernes.")
    ProcessMoment.objects.create(order=1, title="Redes", body="<script>x</script>")
    page = text(client, "/proceso/")
    assert page.index("Redes") < page.index("Ventanilla")
    assert "<strong>lunes</strong>" in page and "<script>x" not in page


def test_the_year_month_by_month_with_bad_news_in_words(client, entity):
    make(3, "held"), make(5), make(6, "postponed"), make(8, "cancelled"), make(9, "draft")
    page = text(client, "/calendario/2031/")
    months = ["Marzo", "Mayo", "Junio", "Agosto"]
    places = [page.index(f">{month}</h2>") for month in months]
    assert places == sorted(places)
    assert "Septiembre" not in page and "Espacio de 9" not in page
    assert "Viernes, 9:00" in page
    assert "Aplazado: todavía no hay nueva fecha" in page and "Cancelado" in page


def test_a_year_without_events_is_no_page_but_the_present_one(client, entity):
    assert client.get("/calendario/2031/").status_code == 404
    assert client.get("/calendario/99999/").status_code == 404
    assert client.get("/calendario/").status_code == 200
    assert client.get(f"/calendario/{clock.local_day().year}/").status_code == 200


@pytest.mark.parametrize("number", [1, 6])
def test_queries_do_not_grow(client, entity, django_assert_num_queries, number):
    for month in range(1, number + 1):
        make(month)
    text(client, "/calendario/2032/")  # what is read once in a process
    with django_assert_num_queries(2):
        text(client, "/calendario/2031/")
