"""The outbox against a real mail server: sent once, kept while it is away, nothing leaks."""

import re
from datetime import timedelta

import pytest

from portal.base import clock, outbox
from portal.base.models import OutgoingMail
from tests.base.mail_server import MailServer, free_port, running

pytestmark = pytest.mark.django_db

LINK = "https://portal.example/mi-pregunta/abrir/Zq3xTOKEN/"


@pytest.fixture
def server(settings):
    handler = MailServer()
    with running(handler) as port:
        point_to(settings, port)
        yield handler


def point_to(settings, port):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_TIMEOUT = 2


def queue(key="question:18:received", to="ana@example.org", **fields):
    letter = outbox.Letter(
        **{
            "subject": "Recibimos su aporte RC-2020-00018",
            "paragraphs": ["Ya tiene radicado."],
            "action": "Ver mi aporte",
            "link": LINK,
            "secrets": ["Zq3xTOKEN"],
            **fields,
        }
    )
    return outbox.queue(key, to=to, compose=lambda: letter)


def test_a_message_is_sent_once_with_text_and_html(server):
    mail = queue()
    assert (outbox.send_due(), outbox.send_due()) == (1, 0)
    (message,) = server.inbox
    assert message.recipients == ["ana@example.org"]
    assert message["Subject"] == "Recibimos su aporte RC-2020-00018"
    assert message["Message-ID"] == mail.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "es-co"
    assert message.get_content_type() == "multipart/alternative"
    for kind in ("plain", "html"):
        assert LINK in message.get_body((kind,)).get_content()
    mail.refresh_from_db()
    assert mail.status == "sent" and mail.sent_at and mail.attempts == 1


def test_secrets_are_masked_once_it_left_and_not_before(server):
    queue()
    assert "Zq3xTOKEN" in OutgoingMail.objects.get().text
    outbox.send_due()
    stored = OutgoingMail.objects.values().get()
    assert "Zq3xTOKEN" not in repr(stored)
    assert outbox.MASK in stored["text"] and outbox.MASK in stored["html"]


def test_one_step_is_told_once(server):
    first, second = queue(), queue(subject="Otra vez")
    assert first == second
    outbox.send_due()
    assert len(server.inbox) == 1


def test_it_waits_longer_each_time_while_the_server_says_451(server, settings):
    server.answers["ana@example.org"] = "451 try again later"
    mail, at = queue(), clock.now()
    waits = []
    for _ in range(4):
        assert outbox.send_due(at=at) == 0
        mail.refresh_from_db()
        assert mail.status == "queued" and "451" in mail.error
        waits.append(mail.due_at - at)
        assert outbox.send_due(at=mail.due_at - timedelta(seconds=1)) == 0
        assert OutgoingMail.objects.get().attempts == len(waits)
        at = mail.due_at
    assert waits == [timedelta(minutes=n) for n in (1, 2, 4, 8)]
    server.answers.clear()
    assert outbox.send_due(at=at) == 1
    assert len(server.inbox) == 1


def test_nothing_is_lost_while_the_server_is_down(settings):
    point_to(settings, free_port())
    mail = queue()
    assert outbox.send_due() == 0
    mail.refresh_from_db()
    assert (mail.status, mail.attempts) == ("queued", 1)
    assert "ConnectionRefusedError" in mail.error
    handler = MailServer()
    with running(handler) as port:
        point_to(settings, port)
        assert outbox.send_due(at=mail.due_at) == 1
    assert handler.inbox[0]["Message-ID"] == mail.message_id


def test_without_a_server_the_queue_keeps_everything(settings):
    settings.EMAIL_BACKEND = "portal.base.outbox.NoMailServer"
    mail = queue()
    for day in range(30):
        assert outbox.send_due(at=clock.now() + timedelta(days=day)) == 0
    mail.refresh_from_db()
    assert (mail.status, mail.attempts) == ("queued", 0) and "Zq3xTOKEN" in mail.text


def test_an_address_refused_for_good_fails_and_does_not_hold_the_next_up(server):
    server.answers["nadie@example.org"] = "550 no such user"
    refused = queue("a", to="nadie@example.org")
    good = queue("b")
    assert outbox.send_due() == 1
    refused.refresh_from_db()
    good.refresh_from_db()
    assert (refused.status, good.status) == ("failed", "sent")
    assert "550" in refused.error and "nadie" not in refused.error
    assert outbox.send_due(at=clock.now() + timedelta(days=9)) == 0


def test_a_worker_that_is_told_to_stop_finishes_the_message_in_hand(server):
    queue("a")
    queue("b")
    assert outbox.send_due(stopping=lambda: len(server.inbox) == 1) == 1
    assert sorted(OutgoingMail.objects.values_list("status", flat=True)) == ["queued", "sent"]


@pytest.mark.parametrize(
    "address",
    ["ana\nBcc: x@evil.example@example.org", "ñandú@exámple..org", "sin-arroba", "a@" + "b" * 70],
)
def test_an_address_that_cannot_be_written_holds_nobody_up(server, address):
    bad = queue("a", to=address)
    queue("b")
    outbox.send_due()
    assert [m.recipients for m in server.inbox if m.recipients == ["ana@example.org"]]
    assert not any("evil" in (m["Bcc"] or "") for m in server.inbox)
    bad.refresh_from_db()
    assert bad.status == "failed" or address in ("sin-arroba",)


def test_a_server_that_breaks_off_costs_only_a_wait(server):
    server.broken = True
    queue("a")
    queue("b")
    at = clock.now()
    assert outbox.send_due(at=at) == 0
    server.broken = False
    assert outbox.send_due(at=at + timedelta(minutes=2)) == 2
    assert len(server.inbox) == 2


def test_a_worker_that_died_leaves_the_message_with_the_same_id(server):
    mail, at = queue(), clock.now()
    assert outbox._claim(mail.pk, at).status == "sending"
    assert outbox._claim(mail.pk, at) is None
    assert outbox.send_due(at=at + outbox.LEASE - timedelta(seconds=1)) == 0
    assert outbox.send_due(at=at + outbox.LEASE) == 1
    assert server.inbox[0]["Message-ID"] == mail.message_id
    assert OutgoingMail.objects.get().attempts == 2


def test_it_gives_up_after_many_tries_and_says_so(server):
    server.answers["ana@example.org"] = "451 try again later"
    mail = queue()
    OutgoingMail.objects.update(attempts=outbox.MAX_ATTEMPTS - 1)
    outbox.send_due()
    mail.refresh_from_db()
    assert mail.status == "failed"


def test_no_line_end_reaches_a_header(server):
    queue(subject="Respuesta\r\nBcc: x@evil.example\n\nCuerpo")
    outbox.send_due()
    (message,) = server.inbox
    assert message["Subject"] == "Respuesta Bcc: x@evil.example Cuerpo"
    assert message["Bcc"] is None and message.recipients == ["ana@example.org"]


def test_an_encoded_word_in_the_subject_adds_no_header(server):
    """CVE-2024-6923: older CPython wrote decoded line ends into the header."""
    queue(subject="=?utf-8?Q?Hola=0D=0ABcc:_x@evil.example?=")
    outbox.send_due()
    head = server.inbox[0].raw.split(b"\r\n\r\n")[0]
    assert not re.search(rb"(?mi)^bcc:", head)
    assert server.inbox[0].recipients == ["ana@example.org"]


def test_a_text_is_escaped_in_html_and_plain_in_text(server):
    queue(paragraphs=["Oficina <Agua & Ríos>"])
    outbox.send_due()
    (message,) = server.inbox
    assert "Oficina <Agua & Ríos>" in message.get_body(("plain",)).get_content()
    assert "Oficina &lt;Agua &amp; Ríos&gt;" in message.get_body(("html",)).get_content()


def test_a_reader_of_english_gets_english(server):
    seen = []

    def compose():
        from django.utils.translation import get_language

        seen.append(get_language())
        return outbox.Letter(subject="Received", paragraphs=["Thank you."])

    outbox.queue("k", to="ana@example.org", compose=compose, language="en")
    outbox.send_due()
    assert seen == ["en"]
    assert server.inbox[0]["Content-Language"] == "en"


def test_the_log_names_no_person(server, caplog):
    server.answers["ana@example.org"] = "451 <ana@example.org> later"
    queue()
    outbox.send_due()
    assert "ana" not in caplog.text and "451" in caplog.text
