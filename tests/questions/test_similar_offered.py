"""What others asked already: offered before sending and on the public page, published ones only."""

import re

import pytest

from questions import workflow
from questions.models import Draft, Question
from tests.questions.test_ask import Walk

pytestmark = pytest.mark.django_db

ASKED = "¿Quién vigila los vertimientos con espuma de la quebrada La Cacica en Oiba?"
ALIKE = "Hay vertimientos y espuma en la quebrada La Cacica de Oiba, ¿quién los vigila?"


@pytest.fixture
def walk(client, event_open):
    return Walk(client, event_open.slug)


def review(walk, text=ALIKE):
    walk.question(text=text)
    walk.author()
    return walk.client.get(walk.root + "revisar/").content.decode()


def test_it_is_offered_before_sending_and_nothing_is_lost(walk, answered):
    asked = answered(public_text=ASKED, title="Espuma en La Cacica", summary="Sí la vigilamos.")
    page = review(walk)
    offered = page.split("Ya preguntaron algo parecido")[1].split("Seguir con la mía")[0]
    assert f'href="{asked.get_absolute_url()}"' in offered
    assert "Sí la vigilamos." in offered
    assert "Respondida" in offered
    assert walk.client.get(asked.get_absolute_url()).status_code == 200
    assert ALIKE in walk.client.get(walk.root + "revisar/").content.decode()
    assert walk.send().status_code == 303
    assert Question.objects.get(original_text=ALIKE).status == "received"
    assert not Draft.objects.exists()


def test_what_is_not_published_is_never_offered(walk, make_question, published, staff):
    make_question(text=ASKED)
    withheld = published(public_text=ASKED, title="Retenida")
    workflow.withhold(withheld, actor=staff.moderation, reason="insults")
    assert "Ya preguntaron algo parecido" not in review(walk)


def test_where_nothing_is_alike_the_step_is_as_before(walk, published):
    published(public_text="¿Cuándo reforestan el páramo de Guantiva?", title="Páramo")
    assert "Ya preguntaron algo parecido" not in review(walk)


def test_the_public_page_names_the_similar_ones_until_they_are_withdrawn(client, published):
    asked = published(public_text=ASKED, title="Espuma en La Cacica")
    alike = published(public_text=ALIKE, title="Vertimientos en La Cacica")

    def similar():
        page = client.get(asked.get_absolute_url()).content.decode()
        found = re.search(r"Preguntas parecidas(.*?)</ul>", page, re.DOTALL)
        return found.group(1) if found else ""

    assert "Vertimientos en La Cacica" in similar()
    assert "Espuma en La Cacica" not in similar()
    workflow.withdraw_question(alike)
    assert similar() == ""
