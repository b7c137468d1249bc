"""Letters that wait, are taken back, are tried again, and what their headers carry."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from portal.base import clock, outbox
from portal.base.machine import MoveRefused
from portal.base.models import Announcement, OutgoingMail, Transition
from tests.base.mail_server import MailServer, running

pytestmark = pytest.mark.django_db

STOP = "https://portal.example/seguir/terminar/Zq3x.T0KEN/"
HOLD = timedelta(seconds=15)


def queue(key="question:18:published:1:author", *, hold=timedelta(), at=None, **fields):
    letter = outbox.Letter(
        **{"subject": "Asunto", "paragraphs": ["Un párrafo."], "secrets": ["Zq3x.T0KEN"], **fields}
    )
    return outbox.queue(key, to="ana@example.org", compose=lambda: letter, hold=hold, at=at)


def point_to(settings, port):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 2


@pytest.fixture
def server(settings):
    handler = MailServer()
    with running(handler) as port:
        point_to(settings, port)
        yield handler


def test_a_letter_waits_for_its_hold(server):
    at = clock.now()
    queue(hold=HOLD, at=at)
    assert outbox.send_due(at=at + timedelta(seconds=14)) == 0
    assert outbox.send_due(at=at + HOLD) == 1


def test_what_is_taken_back_is_never_sent_and_forgets_its_words(server):
    at = clock.now()
    mail = queue(hold=HOLD, at=at, stop_link=STOP)
    assert outbox.cancel([mail.key, "another"]) == 1
    assert outbox.cancel([mail.key]) == 0
    assert outbox.send_due(at=at + timedelta(days=1)) == 0
    mail.refresh_from_db()
    assert (mail.status, mail.text, mail.html, mail.secrets, mail.headers) == (
        "cancelled", "", "", [], {},
    )  # fmt: skip


def test_a_transaction_that_fails_takes_nothing_back(server):
    mail = queue()

    class Broken(Exception):
        pass

    with pytest.raises(Broken), transaction.atomic():
        assert outbox.cancel([mail.key]) == 1
        raise Broken
    assert outbox.send_due() == 1


def test_what_a_worker_has_in_hand_is_not_taken_back():
    mail = queue()
    assert outbox._claim(mail.pk, clock.now()).status == "sending"
    assert outbox.cancel([mail.key]) == 0
    mail.refresh_from_db()
    assert mail.status == "sending" and mail.text


@pytest.mark.parametrize("status", ["sent", "failed"])
def test_what_is_over_is_not_taken_back(status):
    mail = queue()
    OutgoingMail.objects.update(status=status)
    assert outbox.cancel([mail.key]) == 0


def test_a_cancelled_key_can_be_written_anew(server):
    first = queue(subject="Uno")
    outbox.cancel([first.key])
    second = queue(subject="Dos")
    assert (second.pk, second.status, second.subject) == (first.pk, "queued", "Dos")
    assert outbox.send_due() == 1
    assert [message["Subject"] for message in server.inbox] == ["Dos"]
    assert queue(subject="Tres").status == "sent"
    assert outbox.send_due() == 0


def test_an_announcement_is_taken_back_until_it_begins():
    for key, last_pk in (("a", 0), ("b", 7)):
        Announcement.objects.create(key=key, topics=["x"], letters={}, last_pk=last_pk)
    assert outbox.cancel(["a", "b"]) == 1
    assert Announcement.objects.get().key == "b"


def test_headers_to_stop_are_sent_and_masked_afterwards(server):
    queue(stop_link=STOP, reason="Lo recibe porque lo pidió.")
    outbox.send_due()
    (message,) = server.inbox
    assert message["List-Unsubscribe"].strip() == f"<{STOP}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for kind in ("plain", "html"):
        body = message.get_body((kind,)).get_content()
        assert STOP in body and "Lo recibe porque lo pidió." in body
    stored = OutgoingMail.objects.values().get()
    assert "T0KEN" not in repr(stored)
    assert stored["headers"]["List-Unsubscribe"] == (
        f"<https://portal.example/seguir/terminar/{outbox.MASK}/>"
    )


def test_a_letter_without_a_stop_link_has_no_such_header(server):
    queue()
    outbox.send_due()
    assert server.inbox[0]["List-Unsubscribe"] is None


def test_a_header_with_a_line_end_is_not_sent(server):
    mail = outbox.queue(
        "k", to="ana@example.org", headers={"X-A": "b\r\nBcc: x@evil.example"},
        compose=lambda: outbox.Letter("Asunto", ["Texto"]),
    )  # fmt: skip
    assert outbox.send_due() == 0 and server.inbox == []
    mail.refresh_from_db()
    assert mail.status == "failed"


def test_lines_stand_in_text_and_html(server):
    queue(
        items=[outbox.Item("Por revisar: 7", "https://portal.example/gestion/"), outbox.Item("Dos")]
    )
    outbox.send_due()
    text = server.inbox[0].get_body(("plain",)).get_content()
    html = server.inbox[0].get_body(("html",)).get_content()
    lines = ["- Por revisar: 7", "  https://portal.example/gestion/", "- Dos", ""]
    assert "\n".join(lines) in text.replace("\r", "")
    assert '<a href="https://portal.example/gestion/"' in html and ">Dos</li>" in html


def test_a_receipt_does_not_wait_behind_news_for_many(server):
    for number in range(60):
        mail = queue(f"bulk{number}", subject="Novedad")
        OutgoingMail.objects.filter(pk=mail.pk).update(is_bulk=True)
    queue("receipt", subject="Recibo")
    outbox.send_due(limit=5)
    assert server.inbox[0]["Subject"] == "Recibo"


def test_one_connection_carries_many_messages(settings):
    class Counting(MailServer):
        greeted = 0

        async def handle_EHLO(self, server, session, envelope, hostname, responses):
            self.greeted += 1
            session.host_name = hostname
            return responses

    handler = Counting()
    for number in range(5):
        queue(f"k{number}")
    with running(handler) as port:
        point_to(settings, port)
        assert outbox.send_due() == 5
    assert (len(handler.inbox), handler.greeted) == (5, 1)


def test_a_server_that_dies_after_taking_it_gets_the_same_message_again(settings):
    """The one case of a duplicate: the "250" was lost. Both carry one Message-ID."""

    class Dying(MailServer):
        async def handle_DATA(self, server, session, envelope):
            answer = await super().handle_DATA(server, session, envelope)
            if len(self.inbox) == 1:
                server.transport.abort()
            return answer

    handler, at = Dying(), clock.now()
    first, second = queue("a", at=at), queue("b", at=at)
    with running(handler) as port:
        point_to(settings, port)
        assert outbox.send_due(at=at) == 0
        assert outbox.send_due(at=at + timedelta(minutes=2)) == 2
        assert outbox.send_due(at=at + timedelta(days=2)) == 0
    ids = [message["Message-ID"] for message in handler.inbox]
    assert sorted(ids) == sorted([first.message_id, first.message_id, second.message_id])


def test_a_server_that_is_away_costs_one_try_of_one_message_a_round(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    for number in range(3):
        queue(f"k{number}")
    outbox.send_due()
    assert sorted(OutgoingMail.objects.values_list("attempts", flat=True)) == [0, 0, 1]


def test_however_long_a_server_is_away_nothing_is_given_up(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    mail = queue()
    OutgoingMail.objects.update(attempts=outbox.MAX_ATTEMPTS + 5)
    outbox.send_due()
    mail.refresh_from_db()
    assert mail.status == "queued"


def test_a_password_the_server_refuses_is_no_fault_of_the_message(server, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "wrong"
    mail = queue()
    outbox.send_due()
    mail.refresh_from_db()
    assert mail.status == "queued" and mail.error


def test_trying_again_is_for_what_failed_and_leaves_a_trace(server, db):
    person = User.objects.create_user("admin")
    server.answers["ana@example.org"] = "550 no such user"
    mail = queue()
    with pytest.raises(MoveRefused):
        outbox.retry(mail, actor=person)
    outbox.send_due()
    server.answers.clear()
    outbox.retry(mail, actor=person)
    assert (mail.status, mail.attempts, mail.error) == ("queued", 0, "")
    assert outbox.send_due() == 1
    row = Transition.objects.get(kind="mail", object_id=mail.pk)
    assert (row.move, row.from_state, row.to_state, row.actor) == (
        "retry_mail", "failed", "queued", person,
    )  # fmt: skip
    with pytest.raises(MoveRefused):
        outbox.retry(mail, actor=person)
