"""The nearest texts: the rarest words decide, the queries stay few, no text is too odd."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.base import search, search_index
from portal.base.models import SearchEntry

pytestmark = pytest.mark.django_db

TEXTS = {
    1: "El vertimiento de la curtiembre baja por la quebrada de Oiba",
    2: "La quebrada de Oiba no tiene agua en verano",
    3: "La quebrada y el agua de Simacota",
    4: "El agua de la quebrada es de todos",
    5: "Los bosques y el agua",
}


@pytest.fixture
def texts():
    for number, text in TEXTS.items():
        search.index("question", number, path=f"/preguntas/{number}/", title=text)
    search.index("event", 1, path="/eventos/x/", title=TEXTS[1])


def nearest(text, **options):
    return search.closest(text, kind="question", **options)


def test_who_shares_the_rarest_words_comes_first(texts):
    assert nearest("¿Qué pasó con el agua y el vertimiento de la curtiembre?").object_ids[0] == 1
    assert nearest("agua de Simacota").object_ids[0] == 3
    assert set(nearest("agua").object_ids) == {2, 3, 4, 5}


def test_a_rare_word_weighs_more_than_a_common_one(texts):
    weights = nearest("agua, curtiembre y dinosaurio").weights
    assert weights["agu"] < weights["curtiembr"] < weights[search.stem("dinosaurio")]


def test_kinds_and_the_limit_are_kept(texts):
    assert len(nearest("agua", limit=2).object_ids) == 2
    assert search.closest("curtiembre", kind="event").object_ids == [1]
    assert search.closest("curtiembre", kind="commitment").object_ids == []


def test_who_is_removed_or_rewritten_is_not_near_any_more(texts):
    search.remove("question", 1)
    search.index("question", 3, path="/preguntas/3/", title="Otra cosa")
    assert nearest("vertimiento de la curtiembre en Simacota").object_ids == []


def test_a_word_that_every_text_has_finds_nobody(texts, monkeypatch):
    monkeypatch.setattr(search, "COMMON", 4)
    found = nearest("agua")
    assert (found.object_ids, found.weights) == ([], {"agu": 1.0})
    assert nearest("agua curtiembre").object_ids == [1]


def test_words_are_counted_up_to_a_most(texts):
    total, documents = search_index.documents(["agu", "curtiembr", "nadi"], 3)
    assert total >= 6
    assert documents == {"agu": 3, "curtiembr": 2, "nadi": 0}


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite counts each time")
def test_counts_of_common_words_come_from_the_last_analyze(texts):
    for number in range(100, 160):
        search.index("question", number, path="/", title=f"agua número {number}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE base_searchentry")
    _total, documents = search_index.documents(["agu", "curtiembr"], 1000)
    assert 55 <= documents["agu"] <= 75
    assert documents["curtiembr"] == 2


def test_overlap_is_one_for_the_same_and_nothing_for_one_word_in_common(texts):
    text = "El vertimiento de la curtiembre baja por la quebrada"
    found = nearest(text)
    assert found.overlap(text.upper()) == pytest.approx(1)
    assert found.overlap("La quebrada del páramo tiene frailejones") == 0
    assert found.overlap("") == 0
    assert 0.3 < found.overlap("¿Quién vigila el vertimiento de esa curtiembre?") < 1


def test_courtesy_is_no_likeness(texts):
    found = nearest("Buenas tardes, quisiera saber por favor")
    assert (found.weights, found.object_ids) == ({}, [])


@pytest.mark.parametrize("text", [" ".join(TEXTS.values()) * 3, "agua curtiembre", "agua"])
def test_the_queries_are_few_whatever_the_text(texts, text):
    with CaptureQueriesContext(connection) as captured:
        nearest(text)
    assert len(captured) == (2 if connection.vendor == "sqlite" else 3)


def test_many_different_words_are_cut(texts):
    letters = "abcdefghijklmnopqrstuvwxyz"
    found = nearest(" ".join(a + b + c for a in letters[:12] for b in letters[:12] for c in "xyz"))
    assert len(found.weights) == search.MOST_WORDS


@pytest.mark.parametrize("text", ["", "   ", "¿? ¡!", "_", "'", '"', "\x00", "x" * 10_000, "𝕏 🦜"])
def test_texts_of_no_word_or_of_one_find_nothing(texts, text):
    assert nearest(text).object_ids == []


@settings(max_examples=120, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.text(max_size=300))
def test_no_text_whatever_makes_it_fail(text):
    search.index("question", 9, path="/", title="Agua")
    found = nearest(text)
    assert 0 <= found.overlap(text) <= 1.0001


def test_the_index_follows_rows_that_are_written_past_the_module(texts):
    SearchEntry.objects.filter(object_id=5).update(title_stems="frailejon")
    assert nearest("frailejones").object_ids == [5]
    SearchEntry.objects.filter(object_id=5).delete()
    assert nearest("frailejones").object_ids == []
