"""The page of a past event, the archive, and the tags that other rooms' pages use."""

import re
from datetime import timedelta

import pytest
from django.template import Context, Template

from accountability import workflow
from accountability.minutes import workflow as editions
from accountability.record import EventRecord
from entity.models import Topic
from events.selectors import event_page
from questions import workflow as questions
from questions.models import Question
from tests import cast
from tests.accountability.conftest import at
from tests.accountability.test_pages import read

EVENT = "/eventos/2020-12-21-jornada/"


@pytest.fixture
def asked(event_held, staff):
    """`asked(number, topic, …)`: contributions of the event in a state."""

    def make(number, slug="agua", **fields):
        for n in range(number):
            filing = questions.Filing(
                token=f"{slug}-{n}-{Question.objects.count()}", text="¿Cuándo?", event=event_held,
                topic=Topic.objects.get(slug=slug), scope="region",
            )  # fmt: skip
            case = questions.submit_question(filing, at=at("2020-12-04"))
            Question.objects.filter(pk=case.pk).update(**fields)

    return make


def record_on(event, day) -> EventRecord:
    return EventRecord(event_page(event, at(day)))


def test_the_minutes_are_due_five_working_days_after(event_held):
    """21 December 2020 + 5: 22, 23, 24, 28, 29 (25 is a holiday)."""
    shown = record_on(event_held, "2020-12-29")
    assert str(shown.minutes_due_on) == "2020-12-29"
    assert not shown.minutes_late
    assert record_on(event_held, "2020-12-30").minutes_late


def test_pending_minutes_turn_red_and_then_are_there(event_held, draft_minutes, staff, client):
    page = read(client, EVENT)
    assert "29 de diciembre de 2020" in page
    assert "vence--mal" in page
    editions.approve_minutes(draft_minutes, actor=staff.approval)
    editions.publish_minutes(draft_minutes, actor=staff.approval)
    page = read(client, EVENT)
    assert f'href="{EVENT}acta/"' in page
    assert "vence--mal" not in page


def test_figures(event_held, asked, promise, record, staff):
    asked(3, status="answered", closed_on=at("2020-12-22").date())
    asked(1, status="answered", closed_on=at("2021-03-01").date())
    asked(2, "bosques")
    asked(1, "mineria", status="withdrawn")
    promise()
    workflow.publish_record(record, actor=staff.communications)
    shown = record_on(event_held, "2020-12-28")
    questions_now = shown.questions
    assert shown.people == 212
    assert (questions_now.received, questions_now.answered, questions_now.in_term) == (7, 4, 3)
    assert (questions_now.open, questions_now.late, questions_now.elsewhere) == (2, 0, 1)
    assert questions_now.percent == 66
    assert record_on(event_held, "2021-03-01").questions.late == 2
    assert shown.balance.total == 1
    bars = [(bar.name, bar.count, bar.width) for bar in questions_now.topics]
    assert bars[0] == ("Agua y ríos", 4, "100.0%")
    assert bars[1:] == [("Bosques y fauna", 2, "50.0%"), ("Minería", 1, "25.0%")]


def test_a_draft_record_does_not_leak(record, client):
    page = read(client, EVENT)
    assert "video.example/v" not in page
    assert "212" not in page


def test_the_recording_is_a_link_and_hours_lead_into_it(record, event_held, staff, client):
    event_held.agenda.filter(order=2).update(
        started_at=at("2020-12-21", 10), recording_second=3600, outcome="Se leyeron 22 preguntas."
    )
    workflow.publish_record(record, actor=staff.communications)
    page = read(client, EVENT)
    assert 'href="https://video.example/v?id=7&amp;t=3600"' in page
    assert "2 h 56 min" in page
    assert "<iframe" not in page
    assert "<video" not in page
    assert "Se leyeron 22 preguntas." in page


def test_why_there_is_no_recording(record, staff, client):
    record.recording_url, record.no_recording_reason = "", "Se dañó el disco."
    record.save()
    workflow.publish_record(record, actor=staff.communications)
    assert "Se dañó el disco." in read(client, EVENT)


def test_the_invitation_stays_readable(event_held, client):
    event_held.sections.create(slug="reglas", title="Reglas", body="Tres minutos por persona.")
    assert "Tres minutos por persona." in read(client, EVENT)


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_a_past_event_that_did_not_take_place(event_held, client, status):
    event_held.status, event_held.status_reason = status, "Por la lluvia."
    event_held.save()
    page = read(client, EVENT)
    assert "Por la lluvia." in page
    assert 'class="video"' not in page
    assert 'class="fecha"' not in page


def test_a_correction_is_said_first(minutes, staff, client):
    fresh = editions.new_edition(minutes, actor=staff.communications, change_note="Otra hora.")
    editions.approve_minutes(fresh, actor=staff.approval)
    editions.publish_minutes(fresh, actor=staff.approval, at=at("2021-02-03"))
    page = read(client, EVENT)
    assert "3 de febrero de 2021" in page
    assert page.index("Otra hora.") < page.index("numeros")


def test_queries_of_the_record_do_not_grow(
    event_held, record, minutes, asked, promise, staff, count_queries
):
    workflow.publish_record(record, actor=staff.communications)

    def fill(number):
        asked(1)
        promise(f"Número {number}")
        event_held.agenda.create(order=number, title="Más", minutes=5)
        event_held.sections.create(slug=f"s-{number}", title="Parte", body="Texto")
        event_held.documents.create(title="Informe", url="https://www.cas.example/i")
        day = event_held.starts_at - timedelta(days=30 * number)
        cast.make_event(
            slug=f"2020-0{number}-01-jornada", title="Otra", status="held", starts_at=day,
            ends_at=day + timedelta(hours=3),
        )  # fmt: skip

    fill(1)
    one = count_queries(EVENT)
    fill(2)
    fill(3)
    assert count_queries(EVENT) == one <= 14


def test_the_archive(event_held, asked, promise, minutes, count_queries, client):
    asked(2, status="answered", closed_on=at("2020-12-22").date())
    promise()
    page = read(client, "/eventos/")
    figures = re.findall(r'<dd class="cifra">\s*([^<]+?)\s*</dd>', page)
    assert figures == ["2", "2 de 2", "1"]
    assert f'href="{EVENT}acta/"' in page
    one = count_queries("/eventos/")
    for number in (1, 2):
        day = event_held.starts_at - timedelta(days=30 * number)
        cast.make_event(
            slug=f"2020-0{number}-01-jornada", title="Otra", status="held", starts_at=day,
            ends_at=day + timedelta(hours=3),
        )  # fmt: skip
    assert count_queries("/eventos/") == one <= 8


def drawn(tags, **context) -> str:
    return Template("{% load accountability %}" + tags).render(Context(context))


def test_the_balance_of_the_home_page(promise, told, staff, django_assert_max_num_queries):
    assert drawn("{% commitments_balance %}").strip() == ""
    done = promise(target=1)
    promise("Otro")
    told(done, done=1)
    done.refresh_from_db()
    workflow.fulfil_commitment(done, actor=staff.approval)
    with django_assert_max_num_queries(2):
        block = drawn("{% commitments_balance %}")
    assert '<span class="cifra">1</span>' in block
    assert 'href="/compromisos/"' in block


def test_the_figures_of_the_home_page(event_held, asked, django_assert_max_num_queries):
    asked(2)
    with django_assert_max_num_queries(3):
        block = drawn("{% event_figures event %}", event=event_held)
    assert '<dd class="cifra">2</dd>' in block


def test_what_a_question_led_to(promise, asked, event_held):
    asked(1)
    question = Question.objects.get()
    assert drawn("{% question_commitments question %}", question=question).strip() == ""
    promise("Oculto", draft=True, question=question)
    promise("Visible", question=question)
    block = drawn("{% question_commitments question %}", question=question)
    assert "Visible" in block
    assert "Oculto" not in block
