"""Contributions for the tests of the pages over all rooms, filed as real ones are."""

import itertools

import pytest

from entity.models import Municipality, Topic
from questions import workflow

_numbers = itertools.count(1)


@pytest.fixture
def make_question(entity):
    """File a contribution: `make_question(event=…, text=…, at=…)`."""

    def make(*, at=None, **fields):
        number = next(_numbers)
        values = {
            "token": f"site-token-{number}",
            "text": f"¿Cuándo revisan el vertimiento número {number} de la quebrada?",
            "topic": Topic.objects.get(slug="agua"),
            "municipality": Municipality.objects.get(name="Oiba"),
            **fields,
        }
        return workflow.submit_question(workflow.Filing(**values), at=at)

    return make
