"""What authors and followers are told: every step once, to the right person, in few words."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from entity.models import Office
from portal.base import announcements, follows, outbox
from portal.base.models import Announcement, OutgoingMail, Subscription
from questions import notifications, workflow
from questions.models import Question
from tests.base.mail_server import MailServer, free_port, running

pytestmark = pytest.mark.django_db

BOGOTA = ZoneInfo("America/Bogota")
FILED = datetime(2020, 12, 4, 10, tzinfo=BOGOTA)
NOW = datetime(2020, 12, 9, 10, tzinfo=BOGOTA)
LATER = NOW + timedelta(days=200)
TEXT = "Doña Rosa Quijano de la vereda Palmira pregunta por el pozo envenenado"
AUTHOR, FAN = "ana@example.org", "fan@example.org"


@pytest.fixture
def office(entity):
    return Office.objects.get(code="autoridad-ambiental")


@pytest.fixture
def case(make_question, staff, office):
    """Published, assigned, with an author who has an address, and followed by somebody else."""

    def make(language="es-co", **fields):
        question = make_question(
            text=TEXT, name="Ana Gómez", email=AUTHOR, language=language, at=FILED, **fields
        )
        workflow.publish_text(
            question, actor=staff.moderation, public_text=TEXT, title="El pozo de Palmira", at=FILED
        )
        workflow.assign_question(question, actor=staff.moderation, office=office, at=FILED)
        follows.add(f"question:{question.number}", FAN, language, at=FILED)
        follows.add(f"question:{question.number}", AUTHOR, language, at=FILED)
        forget()
        return question

    return make


def forget():
    OutgoingMail.objects.all().delete()
    Announcement.objects.all().delete()


def told() -> dict[str, list[str]]:
    """The steps that each address was told, in order."""
    announcements.expand_due(LATER)
    found = {}
    for mail in OutgoingMail.objects.order_by("pk"):
        found.setdefault(mail.to, []).append(mail.key.split(":")[2])
    return found


def answer(question, staff, note="", at=NOW):
    draft = workflow.draft_answer(
        question, actor=staff.office, summary="Haremos una visita.", body="En enero.",
        correction_note=note, at=at,
    )  # fmt: skip
    workflow.request_approval(draft, actor=staff.office, at=at)
    return workflow.publish_answer(draft, actor=staff.approval, at=at)


MOVES = {
    "withheld": lambda q, s: workflow.withhold(q, actor=s.moderation, reason="insults", at=NOW),
    "clarification": lambda q, s: workflow.ask_for_clarification(
        q, actor=s.moderation, asked="¿Dónde queda?", at=NOW
    ),
    "elsewhere": lambda q, s: workflow.transfer_question(
        q, actor=s.moderation, body="CDMB", letter="Oficio 12", at=NOW
    ),
    "elsewhere ": lambda q, s: workflow.move_to_pqrsd(
        q, actor=s.moderation, reference="PQRSD-7", at=NOW
    ),
    "extended": lambda q, s: workflow.extend_term(
        q, actor=s.approval, reason="Faltan muestras.", until=q.due_on + timedelta(days=2), at=NOW
    ),
    "answered-1": lambda q, s: answer(q, s),
    "withdrawn": lambda q, s: workflow.withdraw_question(q, at=NOW),
}
AUTHOR_ONLY = {"withheld", "clarification"}


@pytest.mark.parametrize("language", ["es-co", "en"])
@pytest.mark.parametrize("step", MOVES)
def test_a_step_is_told_once_to_the_author_and_once_to_each_follower(case, staff, step, language):
    question = case(language)
    MOVES[step](question, staff)
    step = step.strip()
    expected = {AUTHOR: [step]} if step in AUTHOR_ONLY else {AUTHOR: [step], FAN: [step]}
    assert told() == expected
    for mail in OutgoingMail.objects.all():
        check(mail, language)


def check(mail, language):
    """Short, in the reader's language, without words or names of citizens, nor addresses."""
    assert mail.language == language
    assert len(mail.subject) <= 60, mail.subject
    words = re.sub(r"https?://\S+", "", mail.text).split()
    assert len(words) <= 120
    whole = mail.subject + mail.text + mail.html + str(mail.headers)
    for private in ("Rosa", "Quijano", "Palmira", "pozo", "Ana", "Gómez", AUTHOR, FAN):
        assert private not in whole, (private, mail.key)
    assert ("Lo recibe porque" in mail.text) == (language != "en")
    assert ("You receive it because" in mail.text) == (language == "en")
    assert ("/en/" in mail.text) == (language == "en")
    is_news = mail.key.split(":")[4] == "followers"
    assert ("List-Unsubscribe" in mail.headers) == is_news == mail.is_bulk


def test_the_way_of_a_clarification(make_question, staff):
    question = make_question(text=TEXT, email=AUTHOR, at=FILED)
    workflow.ask_for_clarification(question, actor=staff.moderation, asked="¿Dónde?", at=NOW)
    workflow.extend_clarification(question, at=NOW)
    workflow.answer_clarification(question, reply="En Palmira.", at=NOW)
    assert told() == {AUTHOR: ["received", "clarification", "more-time", "clarified"]}
    texts = [mail.text for mail in OutgoingMail.objects.order_by("pk")]
    assert "a más tardar el 9 de enero de 2021" in texts[1]
    assert "hasta el 9 de febrero de 2021" in texts[2]
    for mail in OutgoingMail.objects.all():
        check(mail, "es-co")


def test_a_silence_closes_it(make_question, staff):
    question = make_question(email=AUTHOR, at=FILED)
    workflow.ask_for_clarification(question, actor=staff.moderation, asked="¿Dónde?", at=NOW)
    workflow.lapse_question(question, actor=staff.moderation, at=NOW + timedelta(days=40))
    assert told()[AUTHOR][-1] == "lapsed"


def test_an_archived_one_says_why_and_what_can_be_done(make_question, staff):
    question = make_question(text=TEXT, email=AUTHOR, at=FILED)
    reason = "Contiene insultos. " + "Otra frase más. " * 40
    workflow.propose_archive(question, actor=staff.moderation, reason=reason, at=NOW)
    assert told() == {AUTHOR: ["received"]}
    workflow.archive_question(question, actor=staff.approval, at=NOW)
    workflow.restore_question(question, actor=staff.approval, at=NOW)
    assert told() == {AUTHOR: ["received", "archived", "restored"]}
    mail = OutgoingMail.objects.get(key__contains=":archived:")
    assert "Motivo: Contiene insultos." in mail.text
    assert "Puede enviarla otra vez" in mail.text and "https://www.cas.example/pqrsd" in mail.text
    check(mail, "es-co")


def test_joined_ones_hear_of_the_case_they_joined(case, make_question, staff):
    question = case()
    joined = make_question(text=TEXT, email="otra@example.org", at=FILED)
    workflow.publish_text(joined, actor=staff.moderation, public_text=TEXT, at=FILED)
    follows.add(f"question:{joined.number}", "fan2@example.org", "es-co", at=FILED)
    forget()
    workflow.merge_question(joined, actor=staff.moderation, into=question, at=NOW)
    assert told() == {"otra@example.org": ["merged"], "fan2@example.org": ["merged"]}
    mail = OutgoingMail.objects.get(to="otra@example.org")
    assert mail.subject == f"Unimos {joined.reference} a la pregunta {question.number}"
    forget()
    answer(question, staff)
    everybody = {AUTHOR, FAN, "otra@example.org", "fan2@example.org"}
    assert told() == {address: ["answered-1"] for address in everybody}
    mail = OutgoingMail.objects.get(to="otra@example.org")
    assert joined.reference in mail.subject and f"pregunta {question.number}" in mail.text
    for mail in OutgoingMail.objects.all():
        check(mail, "es-co")


def test_a_split_one_goes_on_by_itself(case, make_question, staff):
    question, into = case(), make_question(at=FILED)
    workflow.merge_question(question, actor=staff.moderation, into=into, at=NOW)
    workflow.split_question(question, actor=staff.moderation, at=NOW)
    assert told() == {AUTHOR: ["merged", "split"], FAN: ["merged", "split"]}


def test_corrections_and_a_reopening_are_told_each(case, staff):
    question = case()
    answer(question, staff)
    answer(question, staff, note="La fecha era otra.")
    question.refresh_from_db()
    workflow.reopen_question(question, reason="Falta el pozo.", at=NOW)
    answer(question, staff, note="Se completó.")
    steps = ["answered-1", "answered-2", "reopened", "answered-3"]
    assert told() == {AUTHOR: steps, FAN: steps}
    assert (
        "Qué cambió: La fecha era otra."
        in OutgoingMail.objects.get(to=AUTHOR, key__contains="answered-2").text
    )
    for mail in OutgoingMail.objects.all():
        check(mail, "es-co")


def test_a_step_that_fails_tells_nobody(case, staff):
    question = case()
    stale = Question.objects.get(pk=question.pk)
    workflow.withdraw_question(question, at=NOW)
    forget()
    with pytest.raises(workflow.MoveRefused):
        workflow.transfer_question(stale, actor=staff.moderation, body="CDMB", letter="1", at=NOW)
    assert told() == {}


def test_followers_hear_nothing_of_what_is_not_public(case, staff):
    question = case()
    workflow.withhold(question, actor=staff.moderation, reason="insults", at=NOW)
    forget()
    answer(question, staff)
    assert told() == {AUTHOR: ["answered-1"]}


def test_what_was_withdrawn_leads_to_a_page_that_says_so(case, client):
    question = case()
    workflow.withdraw_question(question, at=NOW)
    told()
    link = re.search(r"https?://\S+/preguntas/\d+/", OutgoingMail.objects.get(to=FAN).text)[0]
    page = client.get(link.replace("http://127.0.0.1:8000", ""))
    assert "retir" in page.content.decode()


def test_without_an_address_nobody_is_told_and_no_link_is_made(make_question, staff):
    question = make_question(at=FILED)
    workflow.publish_text(question, actor=staff.moderation, public_text="¿Cuándo?", at=NOW)
    assert told() == {} and not question.follow_links.exists()


def test_authors_hear_of_the_event_where_they_consented(make_question, event_open, entity):
    from entity.models import PrivacyNotice

    notice = PrivacyNotice.objects.get()
    make_question(event=event_open, email=AUTHOR, notice=notice)
    make_question(event=event_open, email=AUTHOR, notice=notice)
    make_question(event=event_open, email="sin@example.org")
    make_question(event=event_open, notice=notice)
    make_question(email="nunca@example.org", notice=notice)
    row = Subscription.objects.get()
    assert (row.topic, row.email) == (f"event:{event_open.slug}", AUTHOR)
    assert row.confirmed_at


def test_a_moderation_step_waits_fifteen_seconds_and_can_be_taken_back(case, staff, settings):
    question = case()
    before = question.revision
    workflow.transfer_question(question, actor=staff.moderation, body="CDMB", letter="1", at=NOW)
    keys = notifications.keys_for(question, before)
    assert sorted(key.split(":")[4] for key in keys) == ["author", "followers"]
    assert notifications.keys_for(question, question.revision) == []
    handler = MailServer()
    with running(handler) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        early = NOW + notifications.HOLD - timedelta(seconds=1)
        assert (announcements.expand_due(early), outbox.send_due(early)) == (0, 0)
        assert outbox.cancel(keys) == 2
        assert (announcements.expand_due(LATER), outbox.send_due(LATER)) == (0, 0)
    assert handler.inbox == []


@pytest.mark.parametrize("step", ["merged", "elsewhere", "withheld", "clarification"])
def test_what_is_undone_in_time_reaches_nobody(case, make_question, staff, step):
    question, actor = case(), staff.moderation
    if step == "merged":
        into = make_question(at=FILED)
        workflow.merge_question(question, actor=actor, into=into, at=NOW)
    else:
        MOVES[step](question, staff)
    workflow.undo_last(question, actor=actor, at=NOW + timedelta(seconds=14))
    assert announcements.expand_due(LATER) == 0
    assert set(OutgoingMail.objects.values_list("status", flat=True)) == {"cancelled"}
    workflow.transfer_question(question, actor=actor, body="CDMB", letter="1", at=NOW)
    assert announcements.expand_due(LATER) == 1
    assert OutgoingMail.objects.filter(status="queued").count() == 2


def test_keys_of_another_case_with_a_longer_number_are_left_alone(case, staff):
    question = case()
    OutgoingMail.objects.create(
        key=f"question:{question.number}9:published:99:author", to=AUTHOR, language="es-co",
        subject="x", text="x", html="x", message_id="<x@x>",
    )  # fmt: skip
    assert notifications.keys_for(question, 0) == []


def test_after_an_outage_everybody_hears_each_step_once(case, staff, settings):
    question = case()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 1
    workflow.extend_term(
        question, actor=staff.approval, reason="Muestras.",
        until=question.due_on + timedelta(days=2), at=NOW,
    )  # fmt: skip
    answer(question, staff)
    announcements.expand_due(NOW)
    for minute in range(10):
        assert outbox.send_due(NOW + timedelta(minutes=minute)) == 0
    handler = MailServer()
    with running(handler) as port:
        settings.EMAIL_PORT = port
        for hour in range(1, 8):
            outbox.send_due(NOW + timedelta(hours=hour))
    heard = sorted((mail.recipients[0], mail["Subject"]) for mail in handler.inbox)
    number, ref = question.number, question.reference
    assert heard == [
        (AUTHOR, f"La respuesta a {ref} necesita más tiempo"),
        (AUTHOR, f"Respondimos su pregunta {ref}"),
        (FAN, f"CAS respondió la pregunta {number}"),
        (FAN, f"La respuesta a la pregunta {number} necesita más tiempo"),
    ]
    assert {mail["Auto-Submitted"] for mail in handler.inbox} == {"auto-generated"}


def test_two_thousand_followers_do_not_slow_the_step(case, staff, django_assert_max_num_queries):
    question = case()
    Subscription.objects.bulk_create(
        Subscription(topic=f"question:{question.number}", email=f"p{n}@x.example", confirmed_at=NOW)
        for n in range(2000)
    )
    with django_assert_max_num_queries(40):
        workflow.withdraw_question(question, at=NOW)
    assert OutgoingMail.objects.count() == 1 and Announcement.objects.count() == 1
