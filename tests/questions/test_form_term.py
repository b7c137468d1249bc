"""The day that the form promises beside each step is the one of the receipt."""

import pytest
from django.test import Client

from entity.models import Entity
from portal.base import versions
from portal.base.dates import long_day
from questions.models import Question
from tests.questions.desk import words_of
from tests.questions.test_ask import Walk

pytestmark = pytest.mark.django_db


def anchored(anchor):
    Entity.objects.update(term_anchor=anchor)
    versions.everything_changed()


def test_where_the_clock_of_the_event_decides_the_form_says_its_day(event_open):
    anchored(Entity.TermAnchor.EVENT)
    walk = Walk(Client(), event_open.slug)
    pages = [walk.client.get(f"/eventos/{event_open.slug}/preguntar/"), walk.whole()]
    question = Question.objects.get()
    assert question.due_on != question.legal_due_on
    words = words_of(pages[0])
    assert f"A más tardar el {long_day(question.due_on)}" in words
    assert "En 15 días hábiles" not in words


def test_where_the_law_decides_it_says_the_days_of_the_law(event_open):
    anchored(Entity.TermAnchor.FILING)
    words = words_of(Client().get(f"/eventos/{event_open.slug}/preguntar/"))
    assert "En 15 días hábiles" in words
    assert "A más tardar" not in words


def test_without_an_event_there_is_one_clock(entity):
    assert "En 15 días hábiles" in words_of(Client().get("/preguntar/"))
