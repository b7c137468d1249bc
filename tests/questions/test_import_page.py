"""The page of an imported list: cheap to look at, and true after a filing that stopped."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from questions import imports, workflow
from questions.models import ImportBatch, Question
from tests.questions.desk import words_of
from tests.questions.test_import import ROW, csv_of, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, staff):
    client.force_login(staff.moderation)
    return client


def page_of_list(desk, *rows) -> str:
    return upload(desk, csv_of(*rows)).url


def numbered(count):
    return [{**ROW, "texto": f"Pregunta número {n} de la lista"} for n in range(count)]


def test_looking_tries_no_row(desk, monkeypatch):
    url = page_of_list(desk, ROW, {**ROW, "tema": "Fútbol"})
    monkeypatch.setattr(imports, "EntryForm", None)  # whoever tries a row fails
    words = words_of(desk.get(url))
    assert "1 fila está bien" in words and "1 fila no se puede radicar" in words
    assert "3 tema Escoja un tema de la lista" in words
    assert ROW["texto"] in words and "6 mar 2026" in words


def test_what_is_kept_is_what_is_shown_and_no_more(desk):
    page_of_list(desk, *numbered(40), *({**ROW, "tema": "Fútbol"} for _n in range(310)))
    kept = ImportBatch.objects.get().result
    assert (kept["right"], kept["wrong"]) == (40, 310)
    assert (len(kept["right_rows"]), len(kept["wrong_rows"])) == (30, 300)


def test_once_filed_nothing_of_the_list_is_left(desk):
    desk.post(page_of_list(desk, ROW))
    batch = ImportBatch.objects.get()
    assert (batch.rows, batch.result) == ([], {})


def test_after_a_filing_that_stopped_half_way_it_says_what_is_filed(desk, staff, monkeypatch):
    url = page_of_list(desk, *numbered(30))
    real, calls = workflow.enter_question, []

    def power_cut(filing, **options):
        calls.append(filing)
        if len(calls) == 28:
            raise KeyboardInterrupt
        return real(filing, **options)

    monkeypatch.setattr(imports, "enter_question", power_cut)
    with pytest.raises(KeyboardInterrupt):
        imports.file_batch(ImportBatch.objects.get(), actor=staff.moderation)
    words = words_of(desk.get(url))
    assert "5 filas están bien" in words and "25 filas ya están radicadas" in words
    assert Question.objects.count() == 25


def test_a_refused_press_shows_the_list_as_it_stands_now(desk, staff):
    first, second = page_of_list(desk, *numbered(2)), page_of_list(desk, *numbered(1))
    desk.post(second)
    refused = desk.post(first)
    assert refused.status_code == 200
    assert "Ya está en el portal" in words_of(refused)
    assert "1 fila no se puede radicar" in words_of(desk.get(first))


def test_a_list_from_before_results_were_kept_is_still_shown(desk, staff):
    file = SimpleUploadedFile("l.csv", csv_of(ROW))
    batch = imports.keep(file, actor=staff.moderation, event=None)
    page = desk.get(f"/gestion/questions/question/importar/{batch.pk}/")
    assert "1 fila está bien" in words_of(page)
