"""Every field of the desk's own pages with values no browser sends: never a fault."""

import re
from itertools import product

import pytest
from django.test import Client

from questions.models import Question
from tests.desk_forms import fields_of

pytestmark = pytest.mark.django_db

HOSTILE = ("\x00", "9" * 30, "-1", "x" * 5000, "\u202e\ud7ff", "2026-99-99")
BUTTON = re.compile(r'<button[^>]*name="([\w-]+)"[^>]*value="([^"]*)"')
DESK = "/gestion/questions"


@pytest.fixture
def root(staff):
    client = Client(raise_request_exception=False)
    client.force_login(staff.root)
    return client


@pytest.fixture
def pages(make_question, assigned_to_office, drafted, awaiting, event_open):
    """Its pages, with the buttons that would be pressed there."""
    return (
        f"{DESK}/question/{make_question(event=event_open).pk}/change/",
        f"{DESK}/question/{assigned_to_office().pk}/change/",
        f"{DESK}/answer/{drafted().pk}/change/",
        f"{DESK}/answer/{awaiting().pk}/change/",
        f"{DESK}/question/nuevo/",
        f"{DESK}/question/formularios/",
        f"{DESK}/question/importar/",
    )


def test_no_value_of_a_field_is_a_fault(root, pages):
    faults, sent = [], 0
    for address in pages:
        page = root.get(address)
        assert page.status_code == 200, address
        fields = fields_of(page)
        buttons = BUTTON.findall(page.content.decode()) or [("", "")]
        for name, value in product(fields, HOSTILE):
            button, pressed = buttons[sent % len(buttons)]
            code = root.post(address, {**fields, button: pressed, name: value}).status_code
            sent += 1
            if code >= 500:
                faults.append(f"{address} {button}={pressed} {name}={value[:12]!r}: {code}")
    assert faults == []
    assert sent > 200
    assert not Question.objects.filter(original_text="").exists()
