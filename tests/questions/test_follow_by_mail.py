"""Following a published contribution by e-mail: its page, and one answer for every address."""

import pytest
from django.core.cache import caches
from django.test import Client

from portal.base.models import OutgoingMail, Subscription
from questions import voices

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(published):
    return published(title="Espuma en la quebrada")


@pytest.fixture
def address(question):
    return f"/preguntas/{question.number}/seguir/"


def test_the_page_says_what_the_address_is_used_for_and_is_stored_nowhere(client, address, entity):
    response = client.get(address)
    page = response.content.decode()
    assert f"autoriza a la {entity.short_name} a usar este correo solo para avisarle" in page
    assert "Ley 1581 de 2012" in page
    assert response.headers["Cache-Control"] == "private, no-store"


def test_every_address_gets_the_same_answer_and_waits_for_its_owner(client, address, question):
    new = client.post(address, {"email": " Persona@Example.org "})
    again = client.post(address, {"email": "persona@example.org"})
    assert (
        (new.status_code, new.url)
        == (again.status_code, again.url)
        == (302, address + "?enviado=1")
    )
    assert "Revise su correo" in client.get(new.url).content.decode()
    row = Subscription.objects.get()
    assert (row.topic, row.email) == (f"question:{question.number}", "persona@example.org")
    assert row.confirmed_at is None
    assert OutgoingMail.objects.filter(to="persona@example.org").count() == 2


@pytest.mark.parametrize("typed", ["", "persona@", "a b@example.org", "x" * 300 + "@example.org"])
def test_a_wrong_address_is_said_beside_the_field(client, address, typed):
    page = client.post(address, {"email": typed}).content.decode()
    assert 'id="id_email-error"' in page
    assert 'aria-invalid="true"' in page
    assert not Subscription.objects.exists()


def test_a_flood_of_one_connection_writes_to_nobody(client, address, monkeypatch):
    monkeypatch.setattr(voices, "MOST_MAILS_PER_ADDRESS", 2)
    urls = {client.post(address, {"email": f"p{n}@example.org"}).url for n in range(5)}
    assert urls == {address + "?enviado=1"}
    assert Subscription.objects.count() == 2


def test_one_connection_makes_us_write_to_thirty_strangers_and_no_more(client, address):
    for n in range(35):
        client.post(address, {"email": f"p{n}@example.org"})
    assert OutgoingMail.objects.filter(key__startswith="follow:").count() == 30


def test_a_lost_token_keeps_what_was_typed(address):
    strict = Client(enforce_csrf_checks=True)
    page = strict.post(address, {"email": "persona@example.org"}).content.decode()
    assert "La página estuvo abierta mucho tiempo" in page
    assert 'value="persona@example.org"' in page
    assert not Subscription.objects.exists()


def test_what_is_not_published_can_not_be_followed(client, make_question):
    hidden = make_question()
    assert client.get(f"/preguntas/{hidden.number}/seguir/").status_code == 404
    assert (
        client.post(f"/preguntas/{hidden.number}/seguir/", {"email": "a@b.co"}).status_code == 404
    )


def test_the_public_page_leads_there_and_asks_for_nothing(client, question, address):
    caches["pages"].clear()
    page = client.get(question.get_absolute_url()).content.decode()
    assert f'href="{address}"' in page
    assert 'type="email"' not in page
