"""Contributions that resemble a text: what the public may see, and what the desk may."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.base.models import SearchEntry
from questions import workflow
from questions.similar import similar_for_desk, similar_published

pytestmark = pytest.mark.django_db

FISH = "¿Por qué aparecieron bocachicos muertos en el río Suárez? ¿Tomaron muestras?"
FISH_AGAIN = "Señores, hay bocachicos muertos en la orilla del río Suárez. ¿Qué investigaron?"
TREES = "¿Cuántos árboles sembró la corporación en Zapatoca y quién los cuida?"
DUST = "El polvo de las canteras se mete a las casas de Curití."


@pytest.fixture
def three(published):
    return [published(text=text) for text in (FISH, TREES, DUST)]


def test_the_same_meaning_is_found_with_how_alike_it_is(three):
    (found,) = similar_published(FISH_AGAIN)
    assert found == three[0]
    assert 0.3 <= found.similarity < 1
    (same,) = similar_published(TREES)
    assert (same, same.similarity) == (three[1], pytest.approx(1))


@pytest.mark.parametrize(
    "text",
    ["¿Cuándo pavimentan la carretera de Mogotes?", "agua", "río", "", "Buenas tardes", "x" * 9_000,
     "¿Quién responde por el ruido de los bares en el río?"],
)  # fmt: skip
def test_what_only_shares_a_word_is_not_offered(three, text):
    assert similar_published(text) == []


def test_the_nearest_come_first_and_no_more_than_asked(published):
    exact = published(text=FISH)
    near = published(text=FISH_AGAIN)
    for _number in range(4):
        published(text=f"{FISH} También hubo bocachicos muertos en Puente Nacional y en Vélez.")
    found = similar_published(FISH)
    assert len(found) == 3
    assert found[0] == exact
    assert near not in found
    assert [q.similarity for q in found] == sorted((q.similarity for q in found), reverse=True)


def test_itself_is_left_out(three):
    assert similar_published(FISH, exclude=three[0]) == []


def test_only_what_is_published_is_offered(make_question, published, staff):
    make_question(text=FISH)
    hidden = published(text=FISH)
    workflow.withhold(hidden, actor=staff.moderation, reason="insults")
    assert similar_published(FISH) == []


def test_a_joined_one_is_found_where_it_was_joined_to(published, staff):
    first, second = published(text=FISH), published(text=FISH_AGAIN)
    workflow.merge_question(second, actor=staff.moderation, into=first)
    assert similar_published(FISH_AGAIN) == [first]


def test_the_queries_are_few_however_many_are_alike(published):
    counts = []
    for number in (1, 3):
        for _each in range(number):
            published(text=FISH)
        with CaptureQueriesContext(connection) as captured:
            for question in similar_published(FISH):
                assert question.place, question.topic.name
        counts.append(len(captured))
    assert counts == ([4, 4] if connection.vendor == "sqlite" else [5, 5])


def test_the_desk_also_sees_what_waits_of_the_same_event_or_of_none(
    make_question, published, staff, event_open, event_held
):
    question = make_question(text=FISH, event=event_open)
    waiting = make_question(text=FISH_AGAIN, event=event_open)
    without = make_question(text=FISH_AGAIN)
    other = make_question(text=FISH_AGAIN, event=event_held)
    public = published(text=FISH_AGAIN, event=event_held)
    make_question(text=TREES, event=event_open)
    found = similar_for_desk(question, staff.moderation)
    assert {q.pk for q in found} == {waiting.pk, without.pk, public.pk}
    assert other not in found
    assert all(q.similarity >= 0.3 for q in found)
    assert len(similar_for_desk(question, staff.moderation, limit=2)) == 2


def test_what_is_closed_unpublished_is_not_offered_to_join(make_question, staff, archived):
    question, closed = make_question(text=FISH), make_question(text=FISH)
    archived(closed)
    assert similar_for_desk(question, staff.moderation) == []


def test_an_office_sees_only_its_own_unpublished_ones(make_question, staff):
    question, own, foreign = (make_question(text=FISH) for _number in range(3))
    for case, user in (
        (question, staff.office),
        (own, staff.office),
        (foreign, staff.other_office),
    ):
        office = user.office_memberships.get().office
        workflow.assign_question(case, actor=staff.moderation, office=office)
    assert similar_for_desk(question, staff.office) == [own]
    assert similar_for_desk(question, staff.communications) == []


def test_the_desk_asks_a_constant_number_of_queries(make_question, published, staff):
    question, user, counts = make_question(text=FISH), staff.moderation, []
    user.has_perm("questions.view_all_questions")  # read once for a request
    for number in (1, 4):
        for _each in range(number):
            make_question(text=FISH)
            published(text=FISH)
        with CaptureQueriesContext(connection) as captured:
            similar_for_desk(question, user)
        counts.append(len(captured))
    assert counts == ([6, 6] if connection.vendor == "sqlite" else [7, 7])


def test_nothing_private_reaches_the_search_index(make_question, staff):
    question = make_question(text="El señor Petronilo Quiñonez botó escombros al río Suárez")
    similar_for_desk(question, staff.moderation)
    assert not SearchEntry.objects.filter(kind="question").exists()
