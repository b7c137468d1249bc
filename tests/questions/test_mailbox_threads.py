"""Replies by mail reach the case they belong to, and nobody writes into the case of another."""

from datetime import timedelta

import pytest

from portal.base import clock
from portal.base.models import OutgoingMail
from questions import workflow
from questions.mailbox.reading import read_mailbox
from questions.models import InboundMessage, Note, Question
from tests.questions.mails import letter, message, report

pytestmark = pytest.mark.django_db

QUOTED = (
    "\r\n\r\nEl lun, 21 dic 2020 a las 9:00, CAS (<rendicion@cas.example>)\r\nescribió:\r\n"
    "> Recibimos su pregunta. Véala en\r\n> http://127.0.0.1:8000/mi-pregunta/enlace/SECRETO123/\r\n"
)


@pytest.fixture
def question(make_question, mailbox):
    """Ana's contribution, which came by the form two hours ago."""
    return make_question(email="ana@correo.example", at=clock.now() - timedelta(hours=2))


def receipt_of(question) -> OutgoingMail:
    return OutgoingMail.objects.get(key__startswith=f"question:{question.number}:received")


def the_note(question) -> Note:
    return question.notes.get()


def test_a_reply_is_put_beside_its_contribution(mailbox, question):
    reply = letter(
        f"Olvidé decir: es en Oiba.{QUOTED}", In_Reply_To=receipt_of(question).message_id
    )
    mailbox.deliver(reply)
    assert read_mailbox() == {"threaded": 1}
    assert Question.objects.count() == 1
    note = the_note(question)
    assert (note.kind, note.actor) == ("from_author", None)
    assert "Olvidé decir: es en Oiba." in note.text
    assert "Recibimos su pregunta" in note.text, "what was quoted is kept"
    assert "SECRETO123" not in note.text, "the author's link opens the author's page"
    assert InboundMessage.objects.get().question == question
    assert mailbox.flags("Radicados") == [{"\\Seen", "Radicado"}]


def test_the_desk_reads_the_message_beside_the_case(mailbox, question, client, staff):
    mailbox.deliver(letter("Olvidé decir: <b>Oiba</b>", Subject=question.reference))
    read_mailbox()
    client.force_login(staff.moderation)
    page = client.get(f"/gestion/questions/question/{question.pk}/change/").content.decode()
    assert "El autor escribió por correo:" in page
    assert "Olvidé decir: &lt;b&gt;Oiba&lt;/b&gt;" in page


def test_the_author_is_told_that_the_message_came(mailbox, question):
    mailbox.deliver(letter("Otra cosa", References=f"<x@y> {receipt_of(question).message_id}"))
    read_mailbox()
    told = OutgoingMail.objects.get(key__contains=":message-")
    assert told.subject == f"Recibimos su mensaje sobre {question.reference}"
    assert told.headers["Reply-To"] == mailbox.name
    assert "Otra cosa" not in told.text


def test_a_reply_is_found_by_the_number_in_the_subject(mailbox, question):
    mailbox.deliver(
        letter("Sigo esperando", Subject=f"RE: su radicado {question.reference.lower()}")
    )
    assert read_mailbox() == {"threaded": 1}
    assert the_note(question).text.endswith("Sigo esperando")


def test_the_address_is_the_same_in_capitals(mailbox, question):
    mailbox.deliver(letter("Hola", Subject=question.reference, From="<ANA@Correo.Example>"))
    assert read_mailbox() == {"threaded": 1}


@pytest.mark.parametrize("way", ["subject", "header"])
def test_somebody_else_writes_no_line_into_the_case(mailbox, question, way):
    heads = {"Subject": question.reference} if way == "subject" else {
        "In_Reply_To": receipt_of(question).message_id
    }  # fmt: skip
    mailbox.deliver(letter("Retiren esa pregunta", From="otro@correo.example", **heads))
    assert read_mailbox() == {"filed": 1}
    assert not question.notes.exists()
    other = Question.objects.exclude(pk=question.pk).get()
    note = the_note(other)
    assert note.kind == "internal" and question.reference in note.text


def test_a_follower_who_replies_is_not_the_author(mailbox, question):
    OutgoingMail.objects.create(
        key=f"question:{question.number}:published:1:3", to="vecino@correo.example", language="es",
        subject="x", text="x", html="x", message_id="<aviso@portal>",
    )  # fmt: skip
    mailbox.deliver(
        letter("Yo también", From="vecino@correo.example", In_Reply_To="<aviso@portal>")
    )
    assert read_mailbox() == {"filed": 1}


def test_who_was_joined_to_another_replies_to_the_own_case(mailbox, question, make_question):
    other = make_question(email="luis@correo.example")
    OutgoingMail.objects.create(
        key=f"question:{question.number}:answered-1:4:author-of-{other.number}",
        to="luis@correo.example", language="es", subject="x", text="x", html="x",
        message_id="<unida@portal>",
    )  # fmt: skip
    mailbox.deliver(letter("Gracias", From="luis@correo.example", In_Reply_To="<unida@portal>"))
    assert read_mailbox() == {"threaded": 1}
    assert the_note(other) and not question.notes.exists()


def test_no_reference_breaks_the_search(mailbox, question):
    mailbox.deliver(
        letter("Hola").replace(b"To: ", b"References: <a\x07b> <\xff\xfe@x>\r\nTo: ", 1)
    )
    assert read_mailbox() == {"filed": 1}


def test_a_number_that_is_nobodys_is_a_new_contribution(mailbox, entity):
    mailbox.deliver(letter("Hola", Subject="RC-2019-99999 y RC-1-1"))
    assert read_mailbox() == {"filed": 1}
    assert not Note.objects.exists()


def waiting(question, staff):
    return workflow.ask_for_clarification(
        question, actor=staff.moderation, asked="¿En qué vereda?",
        at=clock.now() - timedelta(hours=1),
    )  # fmt: skip


def test_a_reply_is_the_clarification_that_was_asked_for(mailbox, question, staff):
    waiting(question, staff)
    mailbox.deliver(letter(f"En la vereda El Salitre.{QUOTED}", Subject=question.reference))
    assert read_mailbox() == {"threaded": 1}
    question.refresh_from_db()
    assert question.status == "received"
    clarification = question.clarifications.get()
    assert clarification.reply == "En la vereda El Salitre."
    assert clarification.replied_at is not None
    assert "Recibimos su pregunta" in the_note(question).text


@pytest.mark.parametrize(
    "text",
    [
        "Hola.\r\n\r\nEl lun CAS escribió:\r\n> ¿Vereda?\r\nEl Salitre\r\n> ¿Finca?\r\nNo sé",
        "El lun CAS <caja@cas.example> escribió:\r\n> ¿En qué vereda?\r\n\r\nEl Salitre. No sé",
    ],
)
def test_what_was_written_between_the_quoted_lines_is_not_cut(mailbox, question, staff, text):
    waiting(question, staff)
    mailbox.deliver(letter(text, Subject=question.reference))
    read_mailbox()
    reply = question.clarifications.get().reply
    assert "El Salitre" in reply and "No sé" in reply


def test_a_mail_from_before_the_request_is_no_reply_to_it(mailbox, question, staff):
    waiting(question, staff)
    before = clock.now() - timedelta(minutes=90)
    mailbox.deliver(letter("Gracias", Subject=question.reference), came=before)
    assert read_mailbox() == {"threaded": 1}
    question.refresh_from_db()
    assert question.status == "needs_clarification"
    assert the_note(question).text.endswith("Gracias")


def test_who_writes_about_an_answered_case_is_told_how_to_reopen_it(mailbox, answered):
    question = answered(email="ana@correo.example")
    mailbox.deliver(letter("No me sirve", Subject=question.reference))
    assert read_mailbox() == {"threaded": 1}
    question.refresh_from_db()
    assert question.status == "answered"
    told = OutgoingMail.objects.get(key__contains=":message-")
    assert "Ya la respondimos" in told.text


def test_files_of_a_reply_are_kept_with_the_case(mailbox, question):
    mail = message("Va el plano", Subject=question.reference)
    mail.add_attachment(b"AC1015", maintype="application", subtype="acad", filename="plano.dwg")
    mailbox.deliver(mail.as_bytes())
    read_mailbox()
    file = question.files.get()
    assert (file.source, file.stored.name, file.stored.is_checked) == ("mail", "plano.dwg", False)


def test_a_message_that_came_back_is_marked(mailbox, question):
    mail = receipt_of(question)
    OutgoingMail.objects.filter(pk=mail.pk).update(status="sent")
    mailbox.deliver(report(mail.message_id))
    assert read_mailbox() == {"bounce": 1}
    mail.refresh_from_db()
    assert (mail.status, mail.error) == ("failed", "bounced")
    assert Question.objects.count() == 1 and OutgoingMail.objects.count() == 1
    assert mailbox.flags("Automaticos") == [{"\\Seen", "Radicado"}]


@pytest.mark.parametrize(("action", "known"), [("delayed", True), ("failed", False)])
def test_a_delay_or_a_report_of_others_marks_nothing(mailbox, question, action, known):
    mail = receipt_of(question)
    OutgoingMail.objects.filter(pk=mail.pk).update(status="sent")
    mailbox.deliver(report(mail.message_id if known else "<otro@correo.example>", action))
    assert read_mailbox() == {"skipped": 1}
    mail.refresh_from_db()
    assert mail.status == "sent"
