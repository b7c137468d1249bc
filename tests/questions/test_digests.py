"""What the staff is told in the morning: who, what, when, and never twice."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.test import Client

from entity.models import Office
from portal.base.models import OutgoingMail, StaffPreference, Tick
from questions import workflow
from questions.models import Question
from questions.notifications_staff import MARK, tell_morning

pytestmark = pytest.mark.django_db

BOGOTA = ZoneInfo("America/Bogota")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=BOGOTA)


# Filed on Friday 4 December 2020, due on Tuesday 29 December: 8 and 25 are holidays.
FILED = at("2020-12-04T10:00")


@pytest.fixture
def team(staff):
    return [staff[role] for role in ("moderation", "office", "other_office", "approval")]


@pytest.fixture
def assigned(make_question, staff):
    def make(when=FILED, office="autoridad-ambiental", **fields):
        question = make_question(at=when, **fields)
        return workflow.assign_question(
            question,
            actor=staff.moderation,
            office=Office.objects.get(code=office),
            at=when + timedelta(minutes=5),
        )

    return make


def told(kind):
    """Who got a message of a kind, with its text."""
    rows = OutgoingMail.objects.filter(key__startswith=f"{kind}:")
    return {mail.to.split("@")[0]: mail.text for mail in rows}


def draft(question, staff, when):
    return workflow.draft_answer(
        question, actor=staff.office, summary="Sí.", body="Haremos una visita.", at=when
    )


def test_each_role_reads_what_it_has_to_do(team, staff, make_question, assigned):
    make_question(at=at("2020-12-09T16:00"))
    make_question(at=FILED)
    assigned(at("2020-12-09T15:00"))
    waiting = draft(assigned(), staff, at("2020-12-07T10:00"))
    workflow.request_approval(waiting, actor=staff.office, at=at("2020-12-07T11:00"))
    tell_morning(at("2020-12-10T07:00"))
    digests = told("digest")
    assert set(digests) == {"moderation", "office", "approval"}
    desk = digests["moderation"]
    assert "2 entraron desde el último día hábil" in desk
    assert "4 por revisar" in desk
    assert "2 esperan su revisión desde hace más de un día hábil" in desk
    assert "2 sin oficina" in desk
    assert "1 se asignó a su oficina desde el último día hábil" in digests["office"]
    assert "1 respuesta espera su aprobación" in digests["approval"]
    assert "revis" not in digests["office"] + digests["approval"]


def test_an_office_reads_its_terms(team, assigned):
    for when in ("2020-11-17T10:00", "2020-11-18T10:00", "2020-11-24T10:00", "2020-12-04T10:00"):
        assigned(at(when))
    assigned(at("2020-11-17T10:00"), office="regional-velez")
    tell_morning(at("2020-12-10T07:00"))
    digests = told("digest")
    days = Question.objects.order_by("number").values_list("due_on", flat=True)
    assert list(days[:4]) == [
        date(2020, 12, 9), date(2020, 12, 10), date(2020, 12, 16), date(2020, 12, 29),
    ]  # fmt: skip
    for line in ("1 atrasada", "1 vence hoy", "1 vence en los próximos 5 días hábiles"):
        assert line in digests["office"]
    assert "1 atrasada" in digests["other_office"] and "vence hoy" not in digests["other_office"]


def test_what_came_back_is_told(team, staff, assigned, make_question):
    question = assigned()
    answer = draft(question, staff, at("2020-12-07T10:00"))
    workflow.request_approval(answer, actor=staff.office)
    workflow.return_answer(answer, actor=staff.approval, comment="Falta el dato.")
    asked = make_question(at=FILED)
    workflow.ask_for_clarification(
        asked, actor=staff.moderation, asked="¿Dónde?", at=at("2020-12-07T10:00")
    )
    workflow.answer_clarification(asked, reply="En Oiba.", at=at("2020-12-09T20:00"))
    silent = make_question(at=at("2020-11-05T10:00"))
    workflow.ask_for_clarification(
        silent, actor=staff.moderation, asked="¿Dónde?", at=at("2020-11-06T10:00")
    )
    tell_morning(at("2020-12-10T07:00"))
    digests = told("digest")
    assert "1 borrador volvió con un comentario" in digests["office"]
    assert "1 recibió la aclaración" in digests["moderation"]
    assert "1 cuya aclaración no llegó a tiempo" in digests["moderation"]


def test_a_proposal_to_archive_waits_for_another_person(team, staff, make_question):
    workflow.propose_archive(make_question(at=FILED), actor=staff.moderation, reason="Insultos")
    tell_morning(at("2020-12-10T07:00"))
    assert "1 propuesta para archivar" in told("digest")["approval"]


def test_no_words_of_citizens_and_no_names(team, assigned):
    assigned(text="Doña Rosa pregunta por el agua", name="Rosa Pérez", email="rosa@example.org")
    for day in ("2020-12-10", "2020-12-22", "2020-12-23", "2020-12-28", "2020-12-30"):
        tell_morning(at(f"{day}T07:30"))
    rows = OutgoingMail.objects.exclude(to="rosa@example.org")
    assert rows.count() > 3
    for mail in rows:
        assert "Rosa" not in mail.text + mail.html and "agua" not in mail.text
        assert "rosa" not in mail.text


def test_nothing_to_tell_is_no_message(team):
    assert tell_morning(at("2020-12-10T07:00")) == 0
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    "when",
    [
        "2020-12-10T06:59",  # before seven
        "2020-12-12T09:00",  # Saturday
        "2020-12-08T09:00",  # a holiday
    ],
)
def test_when_nothing_is_told(team, make_question, when):
    make_question(at=FILED)
    assert tell_morning(at(when)) == 0
    assert told("digest") == {}


def test_once_a_day_however_often_it_runs(team, make_question):
    make_question(at=FILED)
    assert tell_morning(at("2020-12-10T07:00")) == 1
    assert tell_morning(at("2020-12-10T07:05")) == 0
    Tick.objects.filter(name=MARK).delete()  # as on a machine that knows nothing of the other
    tell_morning(at("2020-12-10T07:06"))
    assert OutgoingMail.objects.filter(key__startswith="digest:").count() == 1
    tell_morning(at("2020-12-11T07:00"))
    assert OutgoingMail.objects.filter(key__startswith="digest:").count() == 2


def test_a_worker_that_was_down_tells_it_later_the_same_day(team, make_question):
    make_question(at=FILED)
    assert tell_morning(at("2020-12-10T16:40")) == 1


def test_after_a_weekend_new_is_what_came_since_friday(team, make_question):
    for when in ("2020-12-11T06:00", "2020-12-11T08:00", "2020-12-12T08:00", "2020-12-14T06:00"):
        make_question(at=at(when))
    tell_morning(at("2020-12-14T07:00"))
    assert "3 entraron desde el último día hábil" in told("digest")["moderation"]


def test_who_gets_none(team, staff, make_question):
    make_question(at=FILED)
    off = staff.make("moderation", username="off")
    StaffPreference.objects.create(user=off, digest_on=False)
    User.objects.filter(pk=staff.make("moderation", username="gone").pk).update(is_active=False)
    User.objects.filter(pk=staff.make("moderation", username="silent").pk).update(email="")
    User.objects.filter(pk=staff.make("moderation", username="away").pk).update(is_staff=False)
    assert staff.root.is_superuser
    tell_morning(at("2020-12-10T07:00"))
    assert set(told("digest")) == {"moderation"}


@pytest.mark.parametrize("role", ["moderation", "office", "approval"])
def test_everybody_switches_the_own_digest_and_no_other(team, staff, make_question, role):
    page = "/gestion/base/staffpreference/"
    StaffPreference.objects.create(user=staff.other_office, keys_on=False)
    client = Client()
    client.force_login(staff[role])
    assert staff[role].email in client.get(page).content.decode()
    assert client.post(page, {"user": staff.other_office.pk}).status_code == 303
    assert StaffPreference.objects.get(user=staff[role]).digest_on is False
    client.post(page, {"digest_on": "on"})
    assert StaffPreference.objects.get(user=staff[role]).digest_on is True
    other = StaffPreference.objects.get(user=staff.other_office)
    assert (other.digest_on, other.keys_on) == (True, False)
    for path in ("add/", f"{other.pk}/change/", f"{other.pk}/delete/"):
        assert client.get(page + path).status_code == 403


def test_the_switch_is_for_the_staff(client, entity):
    assert client.get("/gestion/base/staffpreference/").status_code == 302


def test_every_line_leads_to_a_page_its_reader_may_open(team, staff, assigned, make_question):
    make_question(at=FILED)
    assigned(at("2020-11-17T10:00"))
    assigned(at("2020-11-18T10:00"))
    waiting = draft(assigned(), staff, at("2020-12-07T10:00"))
    workflow.request_approval(waiting, actor=staff.office)
    workflow.propose_archive(make_question(at=FILED), actor=staff.moderation, reason="Insultos")
    tell_morning(at("2020-12-10T07:00"))
    seen = 0
    for mail in OutgoingMail.objects.filter(key__regex=r"^(digest|reminder):"):
        client = Client()
        client.force_login(User.objects.get(email=mail.to))
        for word in mail.text.split():
            if word.startswith("http://127.0.0.1:8000/gestion/"):
                assert client.get(word.removeprefix("http://127.0.0.1:8000")).status_code == 200
                seen += 1
    assert seen > 10


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2020-12-21", None),  # 5 working days left
        ("2020-12-22", None),
        ("2020-12-23", "faltan 3 días hábiles"),
        ("2020-12-24", None),
        ("2020-12-28", "falta 1 día hábil"),
        ("2020-12-29", None),  # the day itself is in the digest
        ("2020-12-30", "hace 1 día hábil"),
        ("2020-12-31", None),
    ],
)
def test_an_office_is_reminded_three_days_before_one_day_before_and_the_day_after(
    team, assigned, day, words
):
    question = assigned()
    tell_morning(at(f"{day}T07:00"))
    reminders = told("reminder")
    assert set(reminders) == ({"office"} if words else set())
    if words:
        assert words in reminders["office"]
        assert f"/gestion/questions/question/{question.pk}/change/" in reminders["office"]


def test_a_reminder_of_a_day_is_one_message_with_all_cases(team, assigned):
    cases = [assigned() for _number in range(35)]
    tell_morning(at("2020-12-23T07:00"))
    text = told("reminder")["office"]
    assert all(case.reference in text for case in cases[:30])
    assert cases[30].reference not in text and "Y 5 más" in text


def test_the_desk_is_reminded_of_what_has_no_office(team, make_question):
    question = make_question(at=FILED)
    tell_morning(at("2020-12-23T07:00"))
    assert told("reminder") == {}
    tell_morning(at("2020-12-24T07:00"))
    assert set(told("reminder")) == {"moderation"}
    assert f"{question.reference}), sin oficina" in told("reminder")["moderation"]


def test_what_is_drafted_is_a_matter_of_the_second_person(team, staff, assigned):
    answer = draft(assigned(), staff, at("2020-12-09T10:00"))
    workflow.request_approval(answer, actor=staff.office)
    tell_morning(at("2020-12-28T07:00"))
    assert set(told("reminder")) == {"approval"}


@pytest.mark.parametrize("end", ["paused", "withdrawn", "scheduled"])
def test_a_clock_that_does_not_run_reminds_nobody(team, staff, assigned, end):
    question = assigned()
    if end == "paused":
        workflow.ask_for_clarification(
            question, actor=staff.office, asked="¿Dónde?", at=at("2020-12-09T10:00")
        )
    elif end == "withdrawn":
        workflow.withdraw_question(question, at=at("2020-12-09T10:00"))
    else:
        answer = draft(question, staff, at("2020-12-09T10:00"))
        workflow.request_approval(answer, actor=staff.office)
        workflow.schedule_answer(
            answer, actor=staff.approval, release_at=at("2020-12-29T08:00"),
            at=at("2020-12-10T10:00"),
        )  # fmt: skip
    tell_morning(at("2020-12-28T07:00"))
    assert told("reminder") == {}


def test_a_reminder_does_not_mind_the_switch_of_the_digest(team, staff, assigned):
    StaffPreference.objects.create(user=staff.office, digest_on=False)
    assigned()
    tell_morning(at("2020-12-23T07:00"))
    assert "office" not in told("digest") and "office" in told("reminder")


def test_an_author_hears_once_that_the_answer_is_late(team, assigned):
    question = assigned(email="ana@example.org")
    for day in ("2020-12-29", "2020-12-30", "2020-12-31", "2021-01-04"):
        tell_morning(at(f"{day}T07:00"))
        Question.objects.filter(pk=question.pk).update(revision=question.revision + 1)
    late = OutgoingMail.objects.filter(key__contains=":late-")
    assert [mail.to for mail in late] == ["ana@example.org"]
    assert "29 de diciembre de 2020" in late[0].text
    assert "https://www.cas.example/pqrsd" in late[0].text
    assert question.follow_links.count() == 2  # that of the receipt and this one
