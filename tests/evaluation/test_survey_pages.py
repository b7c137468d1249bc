"""Where surveys are found, and what their pages take from whom."""

import pytest

from evaluation import views, workflow
from evaluation.models import Ballot, BallotAnswer
from events.models import HallAddress
from tests.evaluation.test_surveys import OWN, body, fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluation(event_held, staff):
    survey = workflow.default_evaluation(event_held, actor=staff.communications)
    return workflow.open_survey(survey, actor=staff.moderation)


def test_the_page_of_a_held_event_asks_and_then_shows(client, evaluation, staff):
    page, address = f"/eventos/{evaluation.event.slug}/", evaluation.get_absolute_url()
    shown = body(client.get(page))
    assert f'href="{address}"' in shown and f"{address}resultados/" not in shown
    workflow.close_survey(evaluation, actor=staff.moderation)
    shown = body(client.get(page))
    assert f'href="{address}"' not in shown and f'href="{address}resultados/"' in shown


def test_who_opens_the_address_that_takes_answers_gets_the_page(client, evaluation):
    address = evaluation.get_absolute_url()
    assert client.get(f"{address}responder/").headers["Location"] == address


@pytest.mark.parametrize("length", [501, 10_000])
def test_words_that_are_too_many_stay_typed(client, evaluation, length):
    words = "á" * length
    name = list(fields(evaluation))[-1]
    page = client.post(f"{evaluation.get_absolute_url()}responder/", {name: words}, **OWN)
    assert 'id="errores"' in body(page) and words in body(page)
    assert not Ballot.objects.exists()


def test_an_address_has_a_limit_and_a_hall_a_higher_one(client, evaluation, monkeypatch):
    monkeypatch.setattr(views, "MOST_BALLOTS", 1)
    address = f"{evaluation.get_absolute_url()}responder/"

    def answered(browser):
        said = fields(evaluation)
        return client.post(address, said, HTTP_USER_AGENT=browser, **OWN).status_code

    assert [answered("a"), answered("b")] == [303, 429]
    HallAddress.objects.create(event=evaluation.event, network="127.0.0.0/24", label="Sala")
    assert answered("c") == 303
    assert Ballot.objects.count() == 2


def test_nothing_tells_who_answered(client, evaluation):
    address = f"{evaluation.get_absolute_url()}responder/"
    client.post(address, fields(evaluation), HTTP_USER_AGENT="Navegador", **OWN)
    ballot = Ballot.objects.get()
    assert len(ballot.person) == 64 and "127.0.0" not in ballot.person
    assert BallotAnswer.objects.filter(ballot=ballot).count() == 7
