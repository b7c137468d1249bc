"""Interest and verdicts of visitors: counted once, shown to all alike, comments for the office."""

from datetime import datetime, timedelta

import pytest
from django.test import Client, RequestFactory

from portal.base import addresses, clock, versions
from questions import chores, voices, workflow
from questions.models import AnswerVote, Interest, Question
from tests.conftest import BOGOTA

pytestmark = pytest.mark.django_db

OWN = {"sec-fetch-site": "same-origin"}


def press(question, tail, data=None, *, browser="Firefox", address="190.90.1.1", client=None):
    return (client or Client()).post(
        f"/preguntas/{question.number}/{tail}/",
        data or {},
        headers={**OWN, "user-agent": browser},
        REMOTE_ADDR=address,
    )


def shown(question):
    """The public page as it is a little later."""
    versions.content_changed()
    return Client().get(question.get_absolute_url()).content.decode()


def visitor(browser="Firefox", address="190.90.1.1"):
    return RequestFactory().get("/", headers={"user-agent": browser}, REMOTE_ADDR=address)


def test_a_person_is_one_for_a_day_and_another_the_next_day():
    noon = datetime(2026, 3, 2, 12, tzinfo=BOGOTA)
    today = addresses.person_of_day(visitor(), noon)
    assert today == addresses.person_of_day(visitor(), noon + timedelta(hours=11))
    assert today == addresses.person_of_day(visitor(address="190.90.1.77"), noon)
    assert today != addresses.person_of_day(visitor(), noon + timedelta(hours=12))
    assert today != addresses.person_of_day(visitor(browser="Chrome"), noon)
    assert today != addresses.person_of_day(visitor(address="190.90.2.1"), noon)


def test_interest_counts_once_for_each_person(published):
    question = published()
    assert "le interesa" not in shown(question).split("A mí también")[0]
    first, second = press(question, "me-interesa"), press(question, "me-interesa")
    for response in (first, second):
        assert response.status_code == 303
        assert response.headers["Location"] == question.get_absolute_url() + "#gracias"
        assert not response.cookies
    assert "A 1 persona más le interesa" in shown(question)
    press(question, "me-interesa", browser="Chrome")
    assert "A 2 personas más les interesa" in shown(question)
    assert Interest.objects.count() == 2


def test_who_supported_it_sees_the_same_bytes_as_everybody(published):
    question, supporter = published(), Client()
    press(question, "me-interesa", client=supporter)
    versions.content_changed()
    one = supporter.get(question.get_absolute_url())
    other = Client().get(question.get_absolute_url())
    assert one.content == other.content
    assert one.headers["Cache-Control"].startswith("public")
    assert "csrf" not in one.content.decode()


def test_no_other_site_and_no_unpublished_number_may_count(published, make_question):
    question, hidden = published(), make_question()
    foreign = {"origin": "https://otro.example"}
    assert (
        Client().post(f"/preguntas/{question.number}/me-interesa/", headers=foreign).status_code
        == 403
    )
    assert Client().post(f"/preguntas/{question.number}/me-interesa/").status_code == 403
    assert press(hidden, "me-interesa").status_code == 404
    assert press(hidden, "respondio", {"value": "yes"}).status_code == 404
    assert not Interest.objects.exists()


def test_an_answered_one_wants_no_more_hands(answered):
    question = answered()
    assert press(question, "me-interesa").status_code == 303
    assert not Interest.objects.exists()
    page = shown(question)
    assert "A mí también me interesa" not in page
    assert "Seguir por correo" in page


def test_one_address_too_many_is_thanked_and_not_counted(published, monkeypatch):
    monkeypatch.setattr(voices, "MOST_PER_ADDRESS", 3)
    question = published()
    answers = {
        press(question, "me-interesa", browser=f"B{n}").headers["Location"] for n in range(6)
    }
    assert answers == {question.get_absolute_url() + "#gracias"}
    assert Interest.objects.count() == 3
    press(question, "me-interesa", address="190.90.1.2", browser="other")
    assert Interest.objects.count() == 4


def test_within_ten_seconds_the_pages_count_it(published, event_open):
    inside, outside = published(event=event_open), published()
    now = clock.now() + timedelta(minutes=5)  # what was filed is no news any more
    assert chores.show_new_counts(now) == 0
    before = versions.read(versions.SITE, versions.event_name(event_open.slug))
    voices.add_interest(outside, person="a", at=now)
    assert chores.show_new_counts(now) == 1
    voices.add_interest(inside, person="a", at=now)
    assert chores.show_new_counts(now) == 2
    after = versions.read(versions.SITE, versions.event_name(event_open.slug))
    assert all(new > old for old, new in zip(before, after, strict=True))
    assert timedelta(seconds=10) >= chores.COUNTS_EVERY


def test_the_most_supported_stand_first(client, published):
    few, many, none = published(title="Poco"), published(title="Mucho"), published(title="Nada")
    for person in "abc":
        voices.add_interest(many, person=person)
    voices.add_interest(few, person="a")
    page = client.get("/preguntas/?orden=apoyadas").content.decode()
    places = [page.index(q.public_title) for q in (many, few, none)]
    assert places == sorted(places)
    assert "A 3 personas más les interesa" in page


def test_a_verdict_counts_once_and_is_shown_from_five_on(answered):
    question = answered()
    response = press(question, "respondio", {"value": "no", "comment": "Falta la fecha"})
    assert response.headers["Location"] == question.get_absolute_url() + "#recibida"
    press(question, "respondio", {"value": "yes"})
    assert list(AnswerVote.objects.values_list("value", "comment")) == [("no", "Falta la fecha")]
    for number in range(3):
        press(question, "respondio", {"value": "yes"}, browser=f"B{number}")
    assert "Sí: 3" not in shown(question)
    press(question, "respondio", {"value": "partly"}, browser="fifth")
    page = shown(question)
    assert "Sí: 3" in page
    assert "En parte: 1" in page
    assert "No: 1" in page
    assert "Falta la fecha" not in page


def test_the_office_reads_what_is_missing(answered):
    question = answered()
    press(question, "respondio", {"value": "no", "comment": "Falta\x00 la\x07 fecha\u202e"})
    press(question, "respondio", {"value": "yes"}, browser="silent")
    assert [v.comment for v in voices.comments_for_office(question)] == ["Falta la fecha"]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"comment": "Mi texto largo"}, "Escoja Sí, En parte o No"),
        ({"comment": "Mi texto largo", "value": "quizás"}, "Escoja Sí, En parte o No"),
        ({"comment": "Mi texto largo" * 30, "value": "no"}, "Escriba máximo 300 letras"),
    ],
)
def test_what_cant_be_taken_is_shown_again(answered, data, error):
    response = press(answered(), "respondio", data)
    page = response.content.decode()
    assert error in page
    assert data["comment"] in page
    assert "aria-describedby" in page
    assert response.headers["Cache-Control"] == "private, no-store"
    assert not AnswerVote.objects.exists()


def test_without_an_answer_there_is_nothing_to_judge(published):
    question = published()
    assert press(question, "respondio", {"value": "yes"}).status_code == 303
    assert "¿Esto respondió la pregunta?" not in shown(question)
    assert not AnswerVote.objects.exists()


def test_each_edition_is_judged_anew(answered, staff):
    question = answered()
    press(question, "respondio", {"value": "no"})
    again = workflow.draft_answer(
        question, actor=staff.office, summary="Otra.", body="Otra.", correction_note="La fecha"
    )
    workflow.request_approval(again, actor=staff.office)
    workflow.publish_answer(again, actor=staff.approval)
    press(question, "respondio", {"value": "yes"})
    assert list(AnswerVote.objects.values_list("answer__edition", "value").order_by("pk")) == [
        (1, "no"),
        (2, "yes"),
    ]


def test_a_voice_never_touches_the_case(answered):
    question = answered()
    before = Question.objects.values().get()
    press(question, "respondio", {"value": "no", "comment": "x"})
    press(question, "me-interesa")
    assert Question.objects.values().get() == before


def test_a_joined_one_is_judged_by_the_answer_it_shows(answered, published, staff):
    into, joined = answered(), published()
    workflow.reopen_question(into, reason="Falta")
    workflow.merge_question(joined, actor=staff.moderation, into=into)
    assert "¿Esto respondió la pregunta?" in shown(joined)
    assert press(joined, "respondio", {"value": "partly"}).status_code == 303
    assert AnswerVote.objects.get().answer.question == into
