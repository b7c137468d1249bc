"""How much one network can say about one contribution, and who is heard first."""

from datetime import timedelta

import pytest
from django.test import Client

from events.models import HallAddress
from portal.base import clock
from questions import voices
from questions.models import AnswerVote, Interest
from tests.questions.desk import answer_page, words_of
from tests.questions.test_voices import press

pytestmark = pytest.mark.django_db


def hands(question, number, address="190.90.1.1"):
    places = {
        press(question, "me-interesa", browser=f"B{n}", address=address).headers["Location"]
        for n in range(number)
    }
    assert places == {f"{question.get_absolute_url()}#gracias"}  # whatever is counted
    return Interest.objects.filter(question=question).count()


def test_changing_browsers_of_one_network_raise_fifteen_hands(published):
    question = published()
    assert hands(question, 20) == 15
    assert hands(question, 3, address="190.90.1.99") == 15  # the same network
    assert hands(question, 3, address="190.90.2.1") == 18
    assert hands(published(), 3) == 3


def test_a_hall_of_the_event_raises_as_many_as_there_are_people(published, event_open):
    HallAddress.objects.create(event=event_open, network="190.90.1.0/24", label="Coliseo")
    assert hands(published(event=event_open), 40) == 40
    assert hands(published(), 40) == 15


def test_pressing_again_uses_no_voice_of_the_others_up(published):
    question = published()
    for _press in range(30):
        press(question, "me-interesa", browser="one")
    assert hands(question, 3) == 4


def test_the_next_day_the_network_speaks_again(published):
    question, now = published(), clock.now()
    for hour, expected in ((0, 15), (1, 15), (25, 30)):
        for n in range(20):
            voices.add_interest(
                question, person=f"{hour}-{n}", address="190.90.1.1", at=now + timedelta(hours=hour)
            )
        assert question.interests.count() == expected


def test_verdicts_of_one_network_have_the_same_bound(answered):
    question = answered()
    for n in range(20):
        said = {"value": "no", "comment": f"Ruido {n}"}
        response = press(question, "respondio", said, browser=f"B{n}")
        assert response.headers["Location"].endswith("#recibida")
    assert AnswerVote.objects.count() == 15


def test_the_author_is_read_first_and_nobody_is_pushed_off(answered, staff):
    question = answered()
    answer, now = question.answers.get(), clock.now()
    voices.set_author_verdict(answer, value="no", comment="Soy quien preguntó", at=now)
    old = now - timedelta(days=1)
    voices.add_verdict(answer, person="real", value="no", comment="Falta la fecha", at=old)
    for n in range(60):
        voices.add_verdict(answer, person=f"x{n}", value="no", comment=f"Ruido {n}.", at=now)
    desk = Client()
    desk.force_login(staff.office)
    first, second = (
        words_of(desk.get(f"{answer_page(answer)}{query}")) for query in ("", "?lectores=2")
    )
    assert first.index("Soy quien preguntó") < first.index("Ruido 59.")
    assert "Falta la fecha" not in first and "Página 1 de 2" in first
    assert "Falta la fecha" in second and "Página 2 de 2" in second
    for junk in ("x", "0", "9" * 30, "-1"):
        assert desk.get(answer_page(answer), {"lectores": junk}).status_code == 200
