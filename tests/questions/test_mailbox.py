"""The mailbox of the brochure, read from a real IMAP server: each mail is filed once."""

import socket
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from entity.models import Consent, Topic
from portal.base import clock, ticks
from portal.base.models import OutgoingMail, Tick
from questions.mailbox import filing, reading, server
from questions.mailbox.place import own_place
from questions.mailbox.reading import Unreachable, read_mailbox
from questions.models import Author, InboundMessage, Question
from tests.mailbox_server import running
from tests.questions.mails import letter, with_files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everything(entity, mailbox):
    """Each test has an entity and a mailbox of its own."""


def test_a_mail_becomes_a_contribution(mailbox):
    came = datetime(2026, 3, 3, 14, 5, tzinfo=UTC)
    mailbox.deliver(letter("Señores:\r\n\r\n¿Cuándo limpian la quebrada? 🌊"), came=came)
    assert read_mailbox() == {"filed": 1}
    question = Question.objects.get()
    assert question.original_text == (
        "Quebrada La Mona\n\nSeñores:\n\n¿Cuándo limpian la quebrada? 🌊"
    )
    assert (question.channel, question.topic.slug, question.scope) == ("email", "otro", "region")
    assert question.submitted_at == came
    assert (question.display, question.visibility) == ("anonymous", "unmoderated")
    author = Author.objects.get(question=question)
    assert (author.name, author.email) == ("Ana Pérez", "ana@correo.example")
    assert not Consent.objects.exists()


def test_the_receipt_has_the_filing_number(mailbox):
    mailbox.deliver(letter())
    read_mailbox()
    question, mail = Question.objects.get(), OutgoingMail.objects.get()
    assert mail.to == "ana@correo.example"
    assert question.reference in mail.subject
    assert "http://127.0.0.1:8000/datos-personales/" in mail.text


def test_what_was_read_is_moved_away(mailbox):
    mailbox.deliver(letter())
    read_mailbox()
    assert mailbox.flags() == []
    assert mailbox.flags("Radicados") == [{"\\Seen", "Radicado"}]


def test_reading_twice_files_once(mailbox):
    mailbox.deliver(letter())
    assert read_mailbox() == {"filed": 1}
    assert read_mailbox() == {}
    assert Question.objects.count() == 1


def test_the_same_mail_delivered_twice_is_filed_once(mailbox):
    mail = letter()
    mailbox.deliver(b"Received: from a\r\n" + mail)
    mailbox.deliver(b"Received: from b\r\n" + mail)
    assert read_mailbox() == {"filed": 1}
    read_mailbox(at=clock.now() + timedelta(minutes=3))
    assert Question.objects.count() == 1
    assert len(mailbox.flags("Radicados")) == 2
    assert OutgoingMail.objects.count() == 1


def test_another_mail_with_the_same_id_is_not_lost(mailbox):
    """Some programs use one Message-ID for all; and whoever knows one could send it first."""
    mailbox.deliver(letter("Uno", Message_ID="<1@x>"))
    mailbox.deliver(letter("Dos", Message_ID="<1@x>"))
    mailbox.deliver(letter("Uno", Message_ID="<1@x>", From="b@correo.example"))
    read_mailbox()
    assert Question.objects.count() == 3


def test_a_mail_without_an_id_is_filed_once(mailbox):
    mail = letter(Message_ID=None)
    mailbox.deliver(mail)
    mailbox.deliver(mail)
    read_mailbox()
    assert Question.objects.count() == 1


def test_without_move_the_mail_stays_with_a_mark(mailbox_server, settings):
    """A server of before RFC 6851."""
    with running("imap_capability = IMAP4rev1 LITERAL+ NAMESPACE") as old_server:
        account = old_server.account()
        settings.IMAP_URL = account.url()
        account.deliver(letter())
        assert read_mailbox() == {"filed": 1}
        assert account.flags() == [{"\\Seen", "Radicado"}]
        assert read_mailbox() == {}


def test_folders_lie_where_the_server_wants_them(mailbox_server, settings):
    more = "namespace inbox {\n  inbox = yes\n  prefix = INBOX.\n  separator = .\n}"
    with running(more) as other_server:
        account = other_server.account()
        settings.IMAP_URL = account.url()
        account.deliver(letter())
        read_mailbox()
        assert account.flags("INBOX.Radicados") == [{"\\Seen", "Radicado"}]


def test_old_mail_that_was_opened_is_the_staffs_own(mailbox):
    mailbox.deliver(letter(), flags=["\\Seen"], came=clock.now() - timedelta(days=3))
    assert read_mailbox() == {}


def test_new_mail_that_somebody_opened_is_read_all_the_same(mailbox):
    mailbox.deliver(letter("Uno"))
    read_mailbox()
    later = clock.now() + timedelta(seconds=2)
    mailbox.deliver(letter("Dos"), flags=["\\Seen"], came=later)
    assert read_mailbox(at=later) == {"filed": 1}


class CutLine(threading.Thread):
    """Stands between portal and server, and hangs up when the portal says a word."""

    def __init__(self, port: int, word: bytes):
        super().__init__(daemon=True)
        self.word, self.listener = word, socket.create_server(("127.0.0.1", 0))
        self.target = socket.create_connection(("127.0.0.1", port))
        self.port = self.listener.getsockname()[1]

    def run(self):
        client, _address = self.listener.accept()
        threading.Thread(target=self._back, args=(client,), daemon=True).start()
        while (data := client.recv(65536)) and self.word not in data:
            self.target.sendall(data)
        for one in (client, self.target, self.listener):
            one.close()

    def _back(self, client):
        try:
            while data := self.target.recv(65536):
                client.sendall(data)
        except OSError:
            return


def test_cut_off_between_filing_and_marking_it_is_filed_once(mailbox, settings):
    mailbox.deliver(letter())
    line = CutLine(mailbox.server.plain, b"STORE")
    line.start()
    url = settings.IMAP_URL
    settings.IMAP_URL = url.replace(str(mailbox.server.plain), str(line.port))
    with pytest.raises(Unreachable):
        read_mailbox()
    assert Question.objects.count() == 1
    assert mailbox.flags() == [set()]
    settings.IMAP_URL = url
    assert read_mailbox() == {}, "another reader may be putting it away just now"
    assert read_mailbox(at=clock.now() + timedelta(minutes=3)) == {}
    assert Question.objects.count() == OutgoingMail.objects.count() == 1
    assert mailbox.flags("Radicados") == [{"\\Seen", "Radicado"}]


@pytest.mark.django_db(transaction=True)
def test_two_readers_at_once_file_once(mailbox):
    for number in range(6):
        mailbox.deliver(letter(f"Pregunta {number}", From=f"vecina{number}@correo.example"))
    together = threading.Barrier(2)
    problems = []

    def read():
        try:
            together.wait(10)
            read_mailbox()
        except Exception as error:
            problems.append(error)
        finally:
            connection.close()

    readers = [threading.Thread(target=read) for _reader in range(2)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(60)
    assert problems == []
    assert Question.objects.count() == InboundMessage.objects.count() == 6
    assert OutgoingMail.objects.count() == 6
    assert len(mailbox.flags("Radicados")) == 6


def files_on_disk() -> list[str]:
    return [str(path) for path in Path(default_storage.location).rglob("*") if path.is_file()]


def test_a_failure_leaves_nothing_and_is_tried_again(mailbox, monkeypatch, caplog, settings):
    mailbox.deliver(with_files(("cedula-1098765432.doc", "application/msword", b"1098765432")))
    mailbox.deliver(letter("Otra", From="b@correo.example"))
    before, real = set(files_on_disk()), filing.workflow.submit_question

    def broken(given, **options):
        question = real(given, **options)
        if given.email == "ana@correo.example":
            raise ValueError(given.text)
        return question

    monkeypatch.setattr(filing.workflow, "submit_question", broken)
    assert read_mailbox() == {"failed": 1, "filed": 1}
    assert Question.objects.count() == 1
    assert mailbox.flags() == [set()]
    assert set(files_on_disk()) == before
    monkeypatch.undo()
    settings.IMAP_URL = mailbox.url()
    assert read_mailbox() == {"filed": 1}
    assert InboundMessage.objects.filter(result="filed", error="").count() == 2
    assert "1098765432" not in caplog.text and "ana@" not in caplog.text
    assert "ValueError" in caplog.text


def test_what_fails_five_times_is_given_up_and_told(mailbox, monkeypatch, client, staff):
    mailbox.deliver(letter())

    def broken(given, **options):
        raise ValueError

    with monkeypatch.context() as patch:
        patch.setattr(filing.workflow, "submit_question", broken)
        results = [dict(read_mailbox()) for _round in range(7)]
    assert results == [{"failed": 1}] * 5 + [{}] * 2
    assert mailbox.flags() == [{"\\Seen", "\\Flagged", "NoRadicado"}]
    client.force_login(staff.internal_control)
    page = client.get("/gestion/questions/inboundmessage/?result__exact=failed")
    assert "No se pudo radicar" in page.content.decode()
    client.force_login(staff.moderation)
    assert client.get("/gestion/questions/inboundmessage/").status_code == 403
    assert read_mailbox(again=True) == {"filed": 1}
    assert mailbox.flags("Radicados") == [{"\\Seen", "Radicado"}]


def test_trouble_of_the_machine_is_no_failure_of_the_mail(mailbox, monkeypatch):
    def full(_raw):
        raise OSError("no space left")

    mailbox.deliver(letter())
    with monkeypatch.context() as patch:
        patch.setattr(filing.parsing, "read", full)
        assert read_mailbox() == {"postponed": 1}
    assert not InboundMessage.objects.exists()
    assert read_mailbox() == {"filed": 1}


def test_without_a_topic_for_the_rest_the_first_one_is_taken(mailbox):
    Topic.objects.filter(slug="otro").update(is_active=False)
    mailbox.deliver(letter())
    read_mailbox()
    assert Question.objects.get().topic.slug == "agua"


def test_the_worker_reads_each_minute(mailbox):
    mailbox.deliver(letter())
    ticks.run_due()
    assert Question.objects.count() == 1
    tick = Tick.objects.get(name="read_mailbox")
    assert timedelta(seconds=50) < tick.due_at - clock.now() <= timedelta(minutes=1)


def test_a_server_that_is_away_is_one_line_in_the_log(settings, caplog):
    settings.IMAP_URL = "imap://a:secreta@127.0.0.1:1/INBOX"
    reading.read_regularly(clock.now())
    assert "mailbox not read" in caplog.text and "secreta" not in caplog.text


def test_the_command_says_what_it_did(mailbox, settings):
    mailbox.deliver(letter())
    out = StringIO()
    call_command("read_mailbox", stdout=out)
    call_command("read_mailbox", stdout=out)
    assert out.getvalue() == "filed: 1\nnothing new\n"
    settings.IMAP_URL = ""
    with pytest.raises(CommandError, match="IMAP_URL is not set"):
        call_command("read_mailbox")


def test_a_wrong_password_is_told_without_it(mailbox, settings):
    settings.IMAP_URL = mailbox.url().replace("clave", "otra")
    with pytest.raises(CommandError) as refused:
        call_command("read_mailbox")
    assert "MailboxLoginError" in str(refused.value) and "otra" not in str(refused.value)


def test_the_certificate_is_checked(mailbox, settings, monkeypatch):
    settings.IMAP_URL = mailbox.url(secure=True)
    mailbox.deliver(letter())
    with pytest.raises(Unreachable, match="SSLCertVerificationError"):
        read_mailbox()
    monkeypatch.setenv("SSL_CERT_FILE", str(mailbox.server.certificate))
    assert read_mailbox() == {"filed": 1}


def test_elsewhere_a_plain_address_begins_with_starttls(mailbox, monkeypatch):
    assert own_place().security == "none"
    place = replace(own_place(), host="localhost", security="starttls")
    with pytest.raises(server.FAULTS), server.opened(place):
        pass
    monkeypatch.setenv("SSL_CERT_FILE", str(mailbox.server.certificate))
    with server.opened(place) as found:
        assert found.box.client.sock.version().startswith("TLS")
