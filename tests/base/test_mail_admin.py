"""The outbox at the desk: who reads it, what is masked, what can be tried again."""

import pytest
from django.urls import reverse

from portal.base import mail_words, outbox
from portal.base.models import OutgoingMail, Transition
from questions import notifications

pytestmark = pytest.mark.django_db

LIST = "/gestion/base/outgoingmail/"


@pytest.fixture
def mail():
    def write(key="question:18:answered-1:5:author", status="queued", error=""):
        row = outbox.queue(
            key, to="maria.quijano@gmail.com",
            compose=lambda: outbox.Letter(
                "Respondimos RC-2020-00018", ["En resumen: sí."], "Ver",
                "https://portal.example/mi-pregunta/enlace/Zq3xTOKEN/", ["Zq3xTOKEN"],
            ),
        )  # fmt: skip
        OutgoingMail.objects.filter(pk=row.pk).update(status=status, error=error)
        row.refresh_from_db()
        return row

    return write


def sign_in(client, user):
    client.force_login(user)
    return client


def text_of(response):
    return " ".join(response.content.decode().split())


def page_of(row):
    return reverse("admin:base_outgoingmail_change", args=[row.pk])


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("administration", True), ("internal_control", True), ("moderation", False),
        ("office", False), ("approval", False), ("communications", False),
    ],
)  # fmt: skip
def test_who_reads_it(client, staff, mail, role, may):
    row = mail()
    sign_in(client, staff[role])
    for address in (LIST, page_of(row)):
        assert client.get(address).status_code == (200 if may else 403)


def test_the_list_says_what_to_whom_and_why_not(client, staff, mail):
    mail(status="failed", error="SMTPRecipientsRefused 550")
    page = text_of(sign_in(client, staff.administration).get(LIST))
    assert "Pregunta 18: la respuesta, a quien la hizo" in page
    assert "m•••@gmail.com" in page and "quijano" not in page
    assert "El servidor de correo rechaza esta dirección" in page and "550" in page
    assert "No se pudo enviar" in page


def test_the_page_shows_the_text_with_masked_links(client, staff, mail):
    page = text_of(sign_in(client, staff.internal_control).get(page_of(mail())))
    assert "En resumen: sí." in page and "enlace/•••/" in page
    for private in ("Zq3xTOKEN", "quijano"):
        assert private not in page
    assert 'name="_save"' not in page and "<textarea" not in page


def test_failed_ones_are_tried_again_and_others_say_why_not(client, staff, mail):
    failed, sent = mail(status="failed"), mail("question:7:published:2:author", status="sent")
    sign_in(client, staff.administration)
    data = {"action": "try_again", "_selected_action": [failed.pk, sent.pk]}
    page = text_of(client.post(LIST, data, follow=True))
    assert "1 se enviará otra vez" in page
    assert "Pregunta 7: se publicó, a quien la hizo: Solo se puede volver a enviar" in page
    assert list(OutgoingMail.objects.order_by("pk").values_list("status", flat=True)) == [
        "queued", "sent",
    ]  # fmt: skip
    assert Transition.objects.get(kind="mail").actor == staff.administration


def test_who_only_reads_can_not_try_again(client, staff, mail):
    row = mail(status="failed")
    sign_in(client, staff.internal_control)
    assert "try_again" not in text_of(client.get(LIST))
    client.post(LIST, {"action": "try_again", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert row.status == "failed"


@pytest.mark.parametrize("path", ["add/", "{pk}/delete/"])
def test_nobody_adds_or_deletes_one(client, staff, mail, path):
    row = mail()
    assert sign_in(client, staff.root).get(LIST + path.format(pk=row.pk)).status_code == 403
    client.post(page_of(row), {"subject": "Otro", "status": "sent"})
    row.refresh_from_db()
    assert (row.subject, row.status) == ("Respondimos RC-2020-00018", "queued")


@pytest.mark.parametrize(
    ("typed", "found"),
    [("18", 1), ("RC-2020-00018", 1), ("rc 2020 18", 1), ("8", 0), ("gmail", 0), ("quijano", 0),
     ("9" * 300, 0), ("", 2)],
)  # fmt: skip
def test_it_is_found_by_its_case(client, staff, mail, typed, found):
    mail()
    mail("question:180:published:1:author")
    response = sign_in(client, staff.administration).get(LIST, {"q": typed})
    assert response.context["cl"].result_count == found


def test_the_list_asks_the_database_the_same_for_one_row_and_for_forty(
    client, staff, mail, django_assert_num_queries
):
    sign_in(client, staff.administration)
    mail()
    client.get(LIST)
    with django_assert_num_queries(7):
        client.get(LIST)
    for number in range(40):
        mail(f"question:{number}:published:1:author")
    with django_assert_num_queries(7):
        client.get(LIST)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("question:18:received:0:author", "Pregunta 18: recibo, a quien la hizo"),
        ("question:18:answered-2:9:followers:77", "Pregunta 18: la respuesta, a un seguidor"),
        ("question:1:late-1:4:author", "Pregunta 1: la respuesta está atrasada, a quien la hizo"),
        ("question:1:more-time:4:author", "Pregunta 1: más tiempo para aclarar, a quien la hizo"),
        ("question:1:extended:4:author-of-2", "Pregunta 1: se amplió el plazo, a quien hizo la 2"),
        ("digest:2020-12-10:3", "Resumen para el personal, 2020-12-10"),
        ("reminder:2020-12-10:3", "Recordatorio de plazos, 2020-12-10"),
        ("follow:4:confirm:2020-12-10:1", "Confirmación de seguimiento"),
        ("something:else", "something:else"),
    ],
)  # fmt: skip
def test_keys_in_words(key, words):
    assert mail_words.about(key) == words


def test_every_step_that_is_told_has_words():
    from questions.notifications import words

    told = set(notifications.__all__) - {"HOLD", "keys_for"}
    names = {
        "clarification_asked": "clarification", "clarification_extended": "more-time",
        "closed_elsewhere": "elsewhere", "message_received": "message",
        "term_extended": "extended", "term_recounted": "recounted",
    }  # fmt: skip
    assert {names.get(name, name) for name in told} == set(words.STEPS)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("SMTPRecipientsRefused 550", "El servidor de correo rechaza esta dirección"),
        ("SMTPRecipientsRefused 451", "El servidor de correo pide intentar más tarde"),
        ("ConnectionRefusedError", "El servidor de correo no responde"),
        ("SMTPServerDisconnected", "El servidor de correo no responde"),
        ("SMTPAuthenticationError 535", "no acepta el usuario o la contraseña del portal"),
        ("SMTPSenderRefused 553", "no acepta el remitente del portal"),
        ("ValueError", "No se pudo entregar el mensaje"),
        ("", ""),
    ],
)
def test_faults_in_words(error, words):
    assert words in mail_words.fault(error) and error in mail_words.fault(error)
