"""Lists under very common words: cut to the newest, counted alike, rows in order."""

import pytest

from portal.base import search
from questions.forms import QuestionFilterForm
from questions.selectors_lists import QuestionList, listed

pytestmark = pytest.mark.django_db


@pytest.fixture
def five(published):
    return [published(text=f"¿Cuándo llega el agua número {n} a la vereda?") for n in range(5)]


def found(**filters):
    return QuestionList(QuestionFilterForm(filters))


def test_a_word_that_more_have_than_a_list_looks_through_gives_the_newest(five, monkeypatch):
    monkeypatch.setattr(search, "MOST_FOUND", 3)
    cut = found(q="agua")
    assert cut.is_cut
    assert cut.number == 3
    assert [q.number for q in listed(cut.keys)] == [q.number for q in reversed(five[2:])]


def test_a_word_of_few_is_not_cut(five):
    whole = found(q="agua")
    assert (whole.is_cut, whole.number) == (False, 5)
    assert not found().is_cut


def test_the_page_says_that_it_is_cut(five, client, monkeypatch):
    monkeypatch.setattr(search, "MOST_FOUND", 3)
    sentence = "estas son las 5.000 más recientes"
    assert sentence in client.get("/preguntas/?q=agua").content.decode()
    assert sentence not in client.get("/preguntas/?q=vereda+numero+4").content.decode()


@pytest.mark.parametrize("order", ["", "recientes", "apoyadas", "respondidas"])
@pytest.mark.parametrize("words", ["", "agua"])
def test_every_order_lists_all_once(five, order, words):
    assert sorted(found(q=words, orden=order).keys) == [q.pk for q in five]


def test_words_and_another_filter_are_both_held(five, published):
    other = published(text="¿Y el agua de los bosques?", topic=topic("bosques"))
    assert list(found(q="agua", tema="bosques").keys) == [other.pk]
    assert found(q="agua", tema="bosques").number == 1


def topic(slug):
    from entity.models import Topic

    return Topic.objects.get(slug=slug)
