"""Why this date: the days that were counted, and what decided which ones."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from entity.models import Entity
from portal.base import clock, versions
from questions import selectors, workflow
from tests.conftest import BOGOTA

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 2, 9, tzinfo=BOGOTA)
# Monday 23 March is the day of San José, moved to Monday.
FIFTEEN = [3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 24]


def why(question):
    return selectors.why_this_date(question, selectors.public_history(question))


def details(client, question):
    page = client.get(question.get_absolute_url()).content.decode()
    return page.split("Por qué esta fecha")[1].split("</details>")[0]


def test_the_fifteen_days_are_named_and_the_holiday_is_not(client, published):
    question = published(at=MONDAY)
    assert why(question).days == [date(2026, 3, day) for day in FIFTEEN]
    text = details(client, question)
    days = re.findall(r"<li>([^<]+)", text.split("Los días que se cuentan")[1])
    assert (len(days), days[0], days[-1]) == (15, "martes 3 de marzo", "martes 24 de marzo")
    assert "lunes 23 de marzo" in text.split("Los días que se cuentan")[0]


def test_a_closing_day_added_later_is_told(client, published, staff):
    question = published(at=MONDAY)
    client.force_login(staff.administration)
    day = {"date": "2026-03-24", "reason": "Cierre por inundación"}
    client.post(reverse("admin:entity_closingday_add"), day)
    assert workflow.recount_terms() == 1
    client.logout()
    question.refresh_from_db()
    text = details(client, question)
    assert "vencía el 24 de marzo de 2026, ahora vence el 25 de marzo de 2026" in text
    assert "Cierre por inundación" in text
    history = client.get(question.get_absolute_url()).content.decode().split("Historia</h2>")[1]
    assert "Se volvieron a contar los días hábiles: vence el 25 de marzo de 2026" in history


def test_the_clock_of_the_event_says_so_and_names_the_one_of_the_law(client, published, event_open):
    entity = Entity.objects.get()
    entity.term_anchor, entity.event_answer_days = "event", 3
    entity.save()
    versions.everything_changed()
    question = published(event=event_open)
    found = why(question)
    assert found.by_event
    assert len(found.days) == 3
    assert found.counted_from == clock.local_day(event_open.ends_at)
    assert found.other == question.legal_due_on
    text = details(client, question)
    assert "Cuenta el plazo de la jornada" in text
    assert "Por ley sería el" in text


def test_after_a_pause_the_days_that_were_left_are_counted(client, published, staff):
    question = published(at=MONDAY)
    friday = MONDAY + timedelta(days=4)
    workflow.ask_for_clarification(question, actor=staff.moderation, asked="¿Dónde?", at=friday)
    assert why(question).is_paused
    assert "Los días que se cuentan" not in details(client, question)
    replied = MONDAY + timedelta(days=28)
    workflow.answer_clarification(question, reply="En El Ejemplo.", at=replied)
    found = why(question)
    # Semana Santa: 2 and 3 April 2026 are not worked; eleven days of fifteen were left.
    assert found.counted_from == date(2026, 3, 30)
    assert len(found.days) == 11
    assert found.days[:3] == [date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 6)]
    assert found.days[-1] == question.due_on
    assert "se cuentan los 11 días que faltaban" in details(client, question)


def test_what_comes_at_night_is_counted_a_day_later(published):
    assert why(published(at=MONDAY.replace(hour=23))).days[0] == date(2026, 3, 4)
