"""Comente o pregunte: a contribution about a result, a document or an item of the agenda."""

from unittest import mock

import pytest

from events.models import AgendaItem, Document, Result
from events.results import workflow
from portal.base import automatic
from questions import about
from questions.models import Question

pytestmark = pytest.mark.django_db
TEXT = "¿Por qué faltan seis visitas en la cuenca del río Fonce este semestre?"


@pytest.fixture
def result(event_open):
    workflow.add_results(event_open, [Result(goal="Visitas al Fonce")], actor=None)
    return event_open.results.get()


def test_what_a_link_names_is_of_this_event_or_nothing(event_open, event_held, result):
    item = AgendaItem.objects.create(event=event_open, title="Balance", minutes=5)
    paper = Document.objects.create(event=event_open, title="Informe", url="https://x.example/")
    assert about.subject_of(event_open, "resultado-1").title == "Visitas al Fonce"
    assert about.subject_of(event_open, f"punto-{item.pk}").title == "Balance"
    assert about.subject_of(event_open, f"documento-{paper.pk}").title == "Informe"
    assert about.subject_of(event_held, f"punto-{item.pk}") is None
    assert about.subject_of(None, "resultado-1") is None


@pytest.mark.parametrize(
    "key", ["", "resultado-0", "resultado-9", "resultado-9999999999", "otro-1", "<b>", "punto-x"]
)
def test_other_words_are_dropped(client, event_open, result, key):
    page = client.get(f"/eventos/{event_open.slug}/preguntar/", {"sobre": key})
    assert page.status_code == 200
    assert 'name="about"' not in page.content.decode()


def first_step(client, event, topic, **changes):
    with mock.patch("django.core.signing.time.time", return_value=1_700_000_000):
        started = automatic.opened_now()
    data = {
        "kind": "question", "text": TEXT, "topic": topic, "municipality": "San Gil",
        "started": started,
    }  # fmt: skip
    return client.post(f"/eventos/{event.slug}/preguntar/", data | changes)


@pytest.fixture
def topic(entity):
    from entity.models import Topic

    return Topic.objects.order_by("pk").first().slug


def walk(client, event, topic, **changes):
    assert first_step(client, event, topic, **changes).status_code == 303
    start = f"/eventos/{event.slug}/preguntar/"
    client.post(f"{start}datos/", {"display": "anonymous"})
    review = client.get(f"{start}revisar/").content.decode()
    client.post(f"{start}revisar/", {})
    return review, Question.objects.order_by("-pk").first()


def test_it_walks_with_the_question_to_its_public_page(client, event_open, result, topic, staff):
    review, question = walk(client, event_open, topic, about="resultado-1")
    assert "Visitas al Fonce" in review
    assert (question.about, question.about_title) == ("resultado-1", "Visitas al Fonce")


def test_an_emptied_mark_files_it_about_nothing(client, event_open, result, topic):
    client.get(f"/eventos/{event_open.slug}/preguntar/?sobre=resultado-1")
    review, question = walk(client, event_open, topic)
    assert "Visitas al Fonce" not in review
    assert question.about == ""


def test_it_stays_when_the_form_is_refused(client, event_open, result, topic):
    page = first_step(client, event_open, topic, about="resultado-1", text="")
    assert 'value="resultado-1" checked' in page.content.decode()


def test_a_draft_of_another_event_names_nothing_here(client, event_open, event_held, result, topic):
    workflow.add_results(event_held, [Result(goal="Otra meta")], actor=None)
    first_step(client, event_open, topic, about="resultado-1")
    page = client.get(f"/eventos/{event_held.slug}/preguntar/").content.decode()
    assert "Otra meta" not in page


@pytest.fixture
def asked(published, event_open, result):
    question = published(event=event_open)
    Question.objects.filter(pk=question.pk).update(
        about="resultado-1", about_title="Visitas al Fonce"
    )
    question.refresh_from_db()
    return question


def test_the_question_names_it_and_it_leads_to_its_questions(client, event_open, asked):
    page = client.get(asked.get_absolute_url()).content.decode()
    address = f"/eventos/{event_open.slug}/cuentas/#resultado-1"
    assert f'href="{address}">Visitas al Fonce' in page
    page = client.get(f"/eventos/{event_open.slug}/cuentas/").content.decode()
    assert f"/eventos/{event_open.slug}/preguntas/?sobre=resultado-1" in page
    assert f"/eventos/{event_open.slug}/preguntar/?sobre=resultado-1" in page


def test_the_list_is_filtered_by_it(client, event_open, asked, published):
    other = published(event=event_open)
    page = client.get(f"/eventos/{event_open.slug}/preguntas/?sobre=resultado-1").content.decode()
    assert asked.get_absolute_url() in page
    assert other.get_absolute_url() not in page
    assert "Visitas al Fonce" in page
    page = client.get(f"/eventos/{event_open.slug}/preguntas/?sobre=resultado-77").content.decode()
    assert asked.get_absolute_url() not in page


def test_unpublished_ones_are_not_counted(event_open, asked, make_question):
    hidden = make_question(event=event_open)
    Question.objects.filter(pk=hidden.pk).update(about="resultado-1")
    assert about.counts_of(event_open) == {"resultado-1": 1}


@pytest.mark.parametrize("number", [1, 100])
def test_counts_are_one_query_for_a_page(event_open, number, django_assert_num_queries):
    from questions.templatetags.questions import comment_link

    with django_assert_num_queries(1):
        for n in range(number):
            comment_link(event_open, "resultado", n, "x")


def test_the_desk_reads_it(client, staff, asked):
    client.force_login(staff.moderation)
    for address in (
        f"/gestion/questions/question/{asked.pk}/change/",
        "/gestion/questions/question/?vista=todas",
    ):
        response = client.get(address, follow=True)
        assert "Visitas al Fonce" in response.content.decode(), address
