"""Lists of published contributions: found by number, counted by state, headed by what is asked."""

import re

import pytest

from questions import workflow

pytestmark = pytest.mark.django_db


def heading(client, query):
    page = client.get(f"/preguntas/?{query}").content.decode()
    return re.search(r"<h1[^>]*>(.*?)</h1>", page).group(1)


@pytest.mark.parametrize("written", ["{0.reference}", "{0.number}", "rc {year} {0.number}"])
def test_a_filing_number_or_a_number_finds_that_one(client, published, written):
    wanted = published(title="La buscada")
    published(title="La otra")
    year = wanted.reference.split("-")[1]
    typed = written.format(wanted, year=year)
    page = client.get("/preguntas/", {"q": typed}).content.decode()
    assert "La buscada" in page
    assert "La otra" not in page


def test_the_number_of_one_that_is_not_published_finds_nothing(client, published, make_question):
    published()
    hidden = make_question()
    page = client.get("/preguntas/", {"q": hidden.reference}).content.decode()
    assert "Ninguna pregunta con" in page


def test_a_number_that_no_database_holds_finds_nothing(client, published):
    published()
    assert client.get("/preguntas/", {"q": "9" * 40}).status_code == 200


def test_the_heading_names_the_word_and_the_state(client, published, answered):
    published(public_text="¿Cuándo limpian el humedal grande?")
    assert heading(client, "q=humedal") == "1 pregunta con «humedal»"
    assert heading(client, "q=zzzz") == "Ninguna pregunta con «zzzz»"
    answered()
    assert heading(client, "estado=respondidas") == "1 pregunta: Respondidas"
    assert "Ninguna pregunta" in heading(client, "estado=atrasadas")


def test_the_counts_add_up(client, published, answered, staff):
    into, joined = published(title="Primera"), published(title="Repetida")
    answered(title="Hecha")
    workflow.merge_question(joined, actor=staff.moderation, into=into)
    page = client.get("/preguntas/").content.decode()
    states = page.split('class="filtro-estado"')[1].split("</ul>")[0]
    everything, *parts = [int(n) for n in re.findall(r"<b>(\d+)</b>", states)]
    assert (everything, sum(parts)) == (3, 3)
    assert "Unidas, trasladadas o cerradas" in states
    assert ">Respondidas<" in states
    closed = client.get("/preguntas/?estado=cerradas").content.decode()
    assert "Repetida" in closed
    assert "Primera" not in closed


def test_an_unknown_filter_does_not_say_that_the_portal_is_empty(client, published):
    published()
    page = client.get("/preguntas/?tema=nada").content.decode()
    assert "Uno de los filtros no existe" in page
    assert "Las preguntas aparecen aquí" not in page


def test_spanish_content_is_marked_on_english_pages(client, answered):
    question = answered(title="Visita a la quebrada")
    page = client.get(f"/en{question.get_absolute_url()}").content.decode()
    assert '<h1 class="tp" lang="es">Visita a la quebrada' in page
    assert '<h3 lang="es">' in client.get("/en/preguntas/").content.decode()
    spanish = client.get(question.get_absolute_url()).content.decode()
    assert '<h1 class="tp">Visita a la quebrada' in spanish


def test_without_javascript_the_page_tells_how_to_print(client, answered):
    page = client.get(answered().get_absolute_url()).content.decode()
    assert "use el menú de su navegador" in page.split("<noscript>")[1].split("</noscript>")[0]
