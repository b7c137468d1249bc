"""Search over everything public: what it finds, and that odd input never breaks it."""

import time
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.base import search, versions
from portal.site.search import plain

ODD = [
    "'", '"', "\\", "%", "*", "(agua", "agua AND", "agua OR NOT", "NEAR(agua)", "agua:vereda",
    "_", "agua _", "-agua", "🌊", "🌊 agua", "ﬁ", "²", "ª", "к", "水", "\u202eagua", "agua\nvereda",
    "a" * 200, "agua " * 40, "'; DROP TABLE base_searchentry; --", "<script>", "{{ 7 }}", "^", "&&",
    "agua &", "!agua", "𞤀𞤁", "e\u0301", "\ufeff", "%s", "%(x)s",
]  # fmt: skip


@pytest.fixture
def entries(entity):
    for number in range(1, 24):
        search.index(
            "question", number, path=f"/preguntas/{number}-agua/",
            title=f"¿Quién cuida el agua {number}?",
            body="Las **quebradas** de la vereda. [Informe](https://x.example/a).",
            label="Oiba · Agua", dated_on=date(2020, 12, number),
        )  # fmt: skip
    search.index("commitment", 7, path="/compromisos/c-07-agua/", title="C-07. Visitar el agua")


def found(client, query, **more):
    return client.get("/buscar/", {"q": query, **more})


def test_results_are_newest_first_and_marked(client, entries):
    page = found(client, "Águas").content.decode()
    assert page.index("/preguntas/23-agua/") < page.index("/preguntas/22-agua/")
    assert "<mark>agua</mark>" in page
    assert "24 " in page.split("<h1")[1].split("</h1>")[0]
    assert "**" not in page


def test_without_a_day_comes_last(client, entries):
    second = found(client, "agua", pagina=2).content.decode()
    assert second.index("/preguntas/1-agua/") < second.index("/compromisos/c-07-agua/")


def test_a_kind_can_be_chosen(client, entries):
    page = found(client, "agua", tipo="compromisos").content.decode()
    assert "/compromisos/c-07-agua/" in page
    assert "/preguntas/23-agua/" not in page
    assert found(client, "agua", tipo="nada").status_code == 200


def test_results_in_english_keep_the_language(client, entries):
    page = client.get("/en/buscar/", {"q": "agua"}).content.decode()
    assert '<ol class="resultados l" lang="es">' in page
    assert 'href="/en/preguntas/23-agua/"' in page
    assert 'href="/preguntas/23-agua/"' not in page


@pytest.mark.parametrize("query", ODD)
@pytest.mark.parametrize("language", ["", "/en"])
def test_odd_input_gives_a_page(client, entries, query, language):
    response = client.get(f"{language}/buscar/", {"q": query}, follow=True)
    assert response.status_code == 200
    assert response.content.decode().count("<h1") == 1
    assert "<script>" not in response.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999999999999999999", "1.5", "²"])
def test_odd_page_numbers_give_a_page(client, entries, page):
    assert client.get("/buscar/", {"q": "agua", "pagina": page}, follow=True).status_code == 200


def test_nul_and_long_input_are_cut(client, entries):
    response = client.get("/buscar/?q=agua%00&otro=1", follow=True)
    assert response.redirect_chain[-1][0] == "/buscar/?q=agua"
    long = client.get("/buscar/", {"q": "vereda" * 100}, follow=True)
    assert len(long.redirect_chain[-1][0]) < 230


def test_words_that_say_nothing_get_a_sentence(client, entries):
    page = found(client, "de la").content.decode()
    assert "<mark>" not in page
    assert "/preguntas/23-agua/" not in page


def test_two_queries_whatever_is_found(client, entries):
    client.get("/buscar/")
    for query in ("agua", "C-07"):
        with CaptureQueriesContext(connection) as queries:
            found(client, query)
        assert len(queries) == 2


def test_no_more_than_the_most_is_counted(client, entries, monkeypatch):
    monkeypatch.setattr(search, "MOST_FOUND", 20)
    page = found(client, "agua").content.decode()
    assert "pagina=2" not in page
    assert "20" in page.split("<h1")[1].split("</h1>")[0]


def test_what_is_not_public_any_more_is_not_found(client, entries):
    assert "/compromisos/c-07-agua/" in found(client, "visitar").content.decode()
    search.remove("commitment", 7)
    versions.content_changed()
    assert "/compromisos/c-07-agua/" not in found(client, "visitar").content.decode()
    assert "/compromisos/" not in found(client, "visitar").content.decode().split("<main")[1].split(
        "<footer"
    )[0].replace('href="/compromisos/"', "")


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**Total** de [informes](https://x.example/a)", "Total de informes"),
        ("| Tipo | Años |\n|---|:--:|\n| Agua | 2 |", "Tipo Años Agua 2"),
        ("- uno\n- dos-tres", "uno; dos-tres"),
        ("Apertura\nSe instala.\n1. Uno\n2. Dos", "Apertura. Se instala. 1. Uno. 2. Dos"),
        ("¿Cómo será?\n\n**Será** breve\n«Así»", "¿Cómo será? Será breve. «Así»"),
        ("una línea que\nsigue", "una línea que sigue"),
        ("C-07, sub_total [nombre oculto]", "C-07, sub_total [nombre oculto]"),
    ],
)
def test_snippets_without_markdown(markdown, text):
    assert plain(markdown) == text


@pytest.mark.parametrize("text", ["[" * 20_000, "\n " * 10_000, "[](" * 6_000])
def test_a_hostile_text_costs_a_snippet_little(text):
    began = time.process_time()
    plain(text)
    assert time.process_time() - began < 0.4


def test_a_snippet_ends_at_a_word():
    text = "El agua " + "corre limpia " * 40
    pieces = search.marked_snippet(text, "agua")
    assert pieces[1] == ("agua", True)
    assert pieces[-1] == (" …", False)
    assert text.startswith("".join(piece for piece, _hit in pieces[:-1]) + " ")
