"""The same text twice: refused kindly, once for a sender and an event, within a day."""

import threading
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from django.db import connection
from django.test import Client

from events.models import HallAddress
from portal.base.models import RateCount
from questions import guard, notifications, workflow
from questions.models import Draft, Question
from tests.questions.test_ask import Walk

NOON = datetime(2020, 12, 20, 17, 0, 30, tzinfo=UTC)
TEXT = "¿Quién vigila los vertimientos a la quebrada de la vereda?"
ADDRESS = "198.51.100.7"


class Sender(Walk):
    """A citizen at an address of their own."""

    def __init__(self, slug, address=ADDRESS):
        super().__init__(Client(REMOTE_ADDR=address), slug)

    def files(self, text=TEXT, **author):
        self.question(text=text)
        if author:
            author["consent"] = "on"
        self.author(**author)
        return self.send()


@pytest.mark.django_db
@pytest.mark.parametrize("again", [TEXT, TEXT.upper(), f"  {TEXT.replace(' ', '   ')}\n"])
def test_the_same_text_from_the_same_address_is_refused_kindly(event_open, again):
    assert Sender(event_open.slug).files().status_code == 303
    response = Sender(event_open.slug).files(again)
    page = response.content.decode()
    assert response.status_code == 409
    assert Question.objects.count() == 1
    assert "Ya tenemos esta pregunta" in page
    assert 'href="/mi-pregunta/"' in page
    assert Question.objects.get().reference not in page
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_nothing_typed_is_lost_and_a_changed_text_goes_through(event_open):
    Sender(event_open.slug).files()
    second = Sender(event_open.slug)
    second.files()
    assert TEXT in second.client.get(second.root + "?back=1").content.decode()
    second.question(text=f"{TEXT} Es en la vereda El Volador.", draft=Draft.objects.get().token)
    assert second.send().status_code == 303
    assert Question.objects.count() == 2


@pytest.mark.django_db
def test_the_same_text_with_the_same_e_mail_from_elsewhere_is_refused(event_open):
    Sender(event_open.slug).files(email="persona@example.org")
    elsewhere = Sender(event_open.slug, "203.0.113.9")
    assert elsewhere.files(email="Persona@Example.org").status_code == 409


@pytest.mark.django_db
def test_a_campaign_from_many_addresses_is_not_refused(event_open):
    for number in range(4):
        sender = Sender(event_open.slug, f"198.51.100.{number}")
        assert sender.files(email=f"persona{number}@example.org").status_code == 303
    assert Question.objects.count() == 4


@pytest.mark.django_db
def test_other_events_and_no_event_are_apart(event_open, event_held):
    for slug in (event_open.slug, event_held.slug):
        assert Sender(slug).files().status_code == 303


@pytest.mark.django_db
def test_from_a_hall_many_bring_the_same_text_but_each_e_mail_once(event_open):
    HallAddress.objects.create(event=event_open, network="198.51.100.0/24", label="Coliseo")
    assert Sender(event_open.slug).files().status_code == 303
    assert Sender(event_open.slug).files(email="persona@example.org").status_code == 303
    assert Sender(event_open.slug).files(email="persona@example.org").status_code == 409


@pytest.mark.django_db
def test_a_second_tap_gets_its_receipt(event_open):
    sender = Sender(event_open.slug)
    sender.question()
    sender.author()
    token = Draft.objects.get().token
    assert sender.send(draft=token).url == sender.send(draft=token).url
    assert Sender(event_open.slug).send(draft=token).status_code == 303
    assert Question.objects.count() == 1


@pytest.mark.django_db
def test_the_receipt_of_the_first_stays_while_a_second_is_written(event_open):
    sender = Sender(event_open.slug)
    sender.files()
    first = Question.objects.get()
    sender.question(text="Otra cosa muy distinta de la primera pregunta.")
    assert first.reference in sender.client.get(sender.root + "listo/").content.decode()
    sender.send()
    second = Question.objects.exclude(pk=first.pk).get()
    page = sender.client.get(sender.root + "listo/").content.decode()
    assert second.reference in page
    assert first.reference not in page


@pytest.mark.django_db
def test_a_filing_that_failed_blocks_no_retry_and_stays_counted(event_open):
    sender = Sender(event_open.slug)
    sender.question()
    sender.author()
    with (
        mock.patch.object(notifications, "received", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        sender.send()
    assert not Question.objects.exists()
    assert not RateCount.objects.exists()
    assert sender.send().status_code == 303


@pytest.mark.django_db
def test_what_is_not_filed_is_counted_all_the_same(event_open):
    Sender(event_open.slug).files()
    said = [Sender(event_open.slug).files() for _number in range(10)]
    assert [response.status_code for response in said] == [409] * 9 + [200]
    assert "simple_answer" in said[-1].content.decode()


@pytest.mark.django_db
def test_after_a_day_it_may_come_again(make_question, event_open):
    marks = guard.marks_of(ADDRESS, event_open, TEXT, "persona@example.org")
    make_question(text=TEXT, marks=marks, at=NOON)
    with pytest.raises(workflow.AlreadyReceived):
        make_question(text=TEXT, marks=marks, at=NOON + timedelta(hours=23))
    make_question(text=TEXT, marks=marks, at=NOON + timedelta(hours=25))
    numbers = list(Question.objects.order_by("number").values_list("number", flat=True))
    assert numbers == [1, 2]  # a refused one takes no number


@pytest.mark.django_db
def test_the_marks_hold_neither_text_nor_address_nor_e_mail(make_question, event_open):
    marks = guard.marks_of(ADDRESS, event_open, TEXT, "persona@example.org")
    make_question(text=TEXT, marks=marks)
    kept = repr(list(RateCount.objects.values()))
    for secret in (ADDRESS, "persona", "vertimientos"):
        assert secret not in kept


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_instant_are_one(entity, make_question):
    marks = guard.marks_of(ADDRESS, None, TEXT, "")
    start, refused, faults = threading.Barrier(4), [], []

    def one(number):
        try:
            start.wait(10)
            make_question(text=TEXT, marks=marks, token=f"token-{number}")
        except workflow.AlreadyReceived:
            refused.append(number)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    assert len(refused) == 3
    assert Question.objects.count() == 1
