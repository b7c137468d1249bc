"""Each move beyond its state: who may, what it stores, whom it tells, what it publishes."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from portal.base.models import OutgoingMail, SearchEntry, Transition
from questions import workflow
from questions.models import Answer, Question
from questions.workflow import MoveRefused, Overtaken
from questions.workflow.answers import publish_scheduled

pytestmark = pytest.mark.django_db
BOGOTA = ZoneInfo("America/Bogota")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=BOGOTA)


def office_of(user):
    return user.office_memberships.get().office


@pytest.fixture
def assigned(make_question, staff):
    question = make_question(at=at("2020-12-04T10:00"), email="persona@example.org")
    workflow.publish_text(
        question, actor=staff.moderation, public_text="¿Quién vigila?", at=at("2020-12-07T10:00")
    )
    return workflow.assign_question(
        question,
        actor=staff.moderation,
        office=office_of(staff.office),
        at=at("2020-12-09T10:00"),
    )


def draft(question, staff, **fields):
    values = {"summary": "Haremos una visita.", "body": "En enero.", **fields}
    return workflow.draft_answer(question, actor=staff.office, **values)


def test_numbers_grow_by_one_and_make_the_radicado(make_question):
    first = make_question(at=at("2020-12-04T10:00"))
    second = make_question(at=at("2020-12-04T10:01"))
    assert second.number == first.number + 1
    assert first.reference == f"RC-2020-{first.number:05d}"


def test_filing_twice_with_one_token_gives_one_case(make_question):
    assert make_question(token="one").pk == make_question(token="one").pk
    assert Question.objects.count() == 1


def test_the_whole_path_is_told_and_found(assigned, staff):
    answer = draft(assigned, staff)
    workflow.request_approval(answer, actor=staff.office)
    workflow.publish_answer(answer, actor=staff.approval, at=at("2020-12-22T10:00"))
    assigned.refresh_from_db()
    assert (assigned.status, assigned.closed_on) == ("answered", date(2020, 12, 22))
    steps = [mail.key.split(":")[2] for mail in OutgoingMail.objects.order_by("pk")]
    assert steps == ["received", "published", "answered-1"]
    entry = SearchEntry.objects.get(kind="question", object_id=assigned.pk)
    assert "Haremos una visita" in entry.body
    moves = Transition.objects.of("question", assigned.pk).values_list("move", flat=True)
    assert list(moves) == ["submit_question", "publish_text", "assign_question", "publish_answer"]


def test_who_drafts_does_not_approve(assigned, staff):
    answer = draft(assigned, staff)
    workflow.request_approval(answer, actor=staff.office)
    both = staff.make("approval", username="both")
    Answer.objects.filter(pk=answer.pk).update(drafted_by=both)
    answer.refresh_from_db()
    for move in (
        lambda: workflow.publish_answer(answer, actor=both),
        lambda: workflow.return_answer(answer, actor=both, comment="no"),
        lambda: workflow.publish_answer(answer, actor=staff.office),
        lambda: workflow.publish_answer(answer, actor=staff.moderation),
    ):
        with pytest.raises(PermissionDenied):
            move()
    assert Answer.objects.get().status == "awaiting_approval"


def test_only_the_own_office_drafts(assigned, staff):
    with pytest.raises(PermissionDenied):
        workflow.draft_answer(assigned, actor=staff.other_office, summary="x", body="y")
    with pytest.raises(PermissionDenied):
        workflow.draft_answer(assigned, actor=staff.communications, summary="x", body="y")


@pytest.mark.parametrize("role", ["office", "approval", "communications", "internal_control"])
def test_only_moderation_moderates(make_question, staff, role):
    question = make_question()
    actor = staff[role]
    office = office_of(staff.office)
    for move in (
        lambda: workflow.publish_text(question, actor=actor, public_text="x"),
        lambda: workflow.withhold(question, actor=actor, reason="insults"),
        lambda: workflow.assign_question(question, actor=actor, office=office),
        lambda: workflow.transfer_question(question, actor=actor, body="x", letter="y"),
    ):
        with pytest.raises(PermissionDenied):
            move()
    question.refresh_from_db()
    assert (question.status, question.visibility) == ("received", "unmoderated")


def test_moderation_does_not_archive_nor_extend(make_question, staff):
    question = make_question()
    with pytest.raises(PermissionDenied):
        workflow.archive_question(question, actor=staff.moderation)
    with pytest.raises(PermissionDenied):
        workflow.extend_term(
            question, actor=staff.moderation, reason="x", until=question.due_on + timedelta(days=3)
        )


def test_a_second_edition_needs_its_reason_and_keeps_the_first(assigned, staff):
    answer = draft(assigned, staff)
    workflow.request_approval(answer, actor=staff.office)
    workflow.publish_answer(answer, actor=staff.approval, at=at("2020-12-22T10:00"))
    assigned.refresh_from_db()
    with pytest.raises(MoveRefused):
        draft(assigned, staff)
    second = draft(assigned, staff, correction_note="Cambia el mes de la visita.")
    workflow.request_approval(second, actor=staff.office)
    workflow.publish_answer(second, actor=staff.approval, at=at("2021-01-20T10:00"))
    assigned.refresh_from_db()
    assert assigned.closed_on == date(2020, 12, 22)
    assert [a.edition for a in assigned.answers.public()] == [1, 2]


def test_one_draft_at_a_time(assigned, staff):
    draft(assigned, staff)
    with pytest.raises(MoveRefused):
        draft(assigned, staff)


def test_two_people_on_one_question_one_wins_and_nothing_is_written_twice(make_question, staff):
    question = make_question()
    stale = Question.objects.get(pk=question.pk)
    workflow.publish_text(question, actor=staff.moderation, public_text="Primera")
    with pytest.raises(MoveRefused):
        workflow.withhold(
            Question.objects.get(pk=stale.pk), actor=staff.moderation, reason="nonsense"
        )
    with pytest.raises(Overtaken):
        workflow.publish_text(stale, actor=staff.moderation, public_text="Segunda")
    question.refresh_from_db()
    assert question.public_text == "Primera"


def test_the_address_stays_when_it_is_published_again(make_question, staff):
    question = make_question()
    workflow.publish_text(question, actor=staff.moderation, public_text="Texto", title="Uno dos")
    workflow.withhold(question, actor=staff.moderation, reason="third_party_data")
    assert not SearchEntry.objects.filter(kind="question", object_id=question.pk).exists()
    workflow.publish_text(question, actor=staff.moderation, public_text="Texto", title="Tres")
    assert question.slug == "uno-dos"


def test_a_withheld_question_is_still_answered(make_question, staff):
    question = make_question(email="persona@example.org")
    workflow.withhold(question, actor=staff.moderation, reason="third_party_data")
    workflow.assign_question(question, actor=staff.moderation, office=office_of(staff.office))
    answer = draft(question, staff)
    workflow.request_approval(answer, actor=staff.office)
    workflow.publish_answer(answer, actor=staff.approval)
    question.refresh_from_db()
    assert (question.status, question.visibility) == ("answered", "withheld")
    assert not Question.objects.public().exists()


def test_clarification_stops_the_clock_and_the_reply_starts_it(assigned, staff):
    workflow.ask_for_clarification(
        assigned, actor=staff.office, asked="¿En qué vereda?", at=at("2020-12-14T10:00")
    )
    assert assigned.status == "needs_clarification"
    workflow.answer_clarification(assigned, reply="En El Ejemplo.", at=at("2021-01-12T10:00"))
    assert (assigned.status, assigned.due_on) == ("assigned", date(2021, 1, 26))
    assert assigned.clarifications.get().reply == "En El Ejemplo."


def test_a_clarification_comes_within_ten_working_days(assigned, staff):
    with pytest.raises(MoveRefused):
        workflow.ask_for_clarification(
            assigned, actor=staff.office, asked="¿Dónde?", at=at("2020-12-23T10:00")
        )


def test_a_case_lapses_only_after_a_month(assigned, staff):
    workflow.ask_for_clarification(
        assigned, actor=staff.office, asked="¿Dónde?", at=at("2020-12-14T10:00")
    )
    with pytest.raises(MoveRefused):
        workflow.lapse_question(assigned, actor=staff.moderation, at=at("2021-01-14T10:00"))
    workflow.lapse_question(assigned, actor=staff.moderation, at=at("2021-01-15T10:00"))
    assert assigned.status == "lapsed"


@pytest.mark.parametrize(
    ("when", "until", "fine"),
    [
        ("2020-12-28T10:00", date(2021, 1, 14), True),
        ("2020-12-29T23:00", date(2021, 1, 21), True),  # the last day, up to double the term
        ("2020-12-28T10:00", date(2021, 1, 22), False),  # beyond double
        ("2020-12-28T10:00", date(2020, 12, 29), False),  # not later than the due day
        ("2020-12-30T10:00", date(2021, 1, 14), False),  # too late to extend
    ],
)
def test_one_extension_before_expiry_and_never_beyond_double(assigned, staff, when, until, fine):
    def extend():
        workflow.extend_term(
            assigned, actor=staff.approval, reason="Faltan las muestras.", until=until, at=at(when)
        )

    if not fine:
        with pytest.raises(MoveRefused):
            extend()
        return
    extend()
    assert (assigned.due_on, assigned.extended_from) == (until, date(2020, 12, 29))
    with pytest.raises(MoveRefused):
        extend()


def test_merged_authors_get_the_answer_too(assigned, make_question, staff):
    other = make_question(email="otra@example.org")
    workflow.merge_question(other, actor=staff.moderation, into=assigned)
    answer = draft(assigned, staff)
    workflow.request_approval(answer, actor=staff.office)
    workflow.publish_answer(answer, actor=staff.approval)
    told = OutgoingMail.objects.filter(key__contains=":answered-1:").values_list("to", flat=True)
    assert sorted(told) == ["otra@example.org", "persona@example.org"]


def test_a_question_is_not_joined_to_itself_nor_to_a_joined_one(make_question, staff):
    one, two, three = make_question(), make_question(), make_question()
    with pytest.raises(MoveRefused):
        workflow.merge_question(one, actor=staff.moderation, into=one)
    workflow.merge_question(two, actor=staff.moderation, into=one)
    with pytest.raises(MoveRefused):
        workflow.merge_question(three, actor=staff.moderation, into=two)


def test_a_scheduled_answer_is_published_by_the_clock(assigned, staff):
    answer = draft(assigned, staff)
    workflow.request_approval(answer, actor=staff.office)
    release = at("2020-12-22T08:00")
    workflow.schedule_answer(
        answer, actor=staff.approval, release_at=release, at=at("2020-12-21T10:00")
    )
    assert publish_scheduled(release - timedelta(seconds=1)) == 0
    assert publish_scheduled(release) == 1
    assigned.refresh_from_db()
    assert assigned.status == "answered"
    assert assigned.answers.get().approved_by == staff.approval


def test_an_author_withdraws_and_the_text_leaves_the_public(assigned):
    workflow.withdraw_question(assigned)
    assert (assigned.status, assigned.visibility) == ("withdrawn", "withheld")


def test_an_author_reopens_once_with_a_new_term(answered):
    question = answered(at=at("2020-12-04T10:00"))
    workflow.reopen_question(question, reason="Falta el informe.", at=at("2021-01-16T10:00"))
    assert question.status == "assigned"
    assert question.due_on == date(2021, 2, 8)  # Saturday: counted from Monday 18 January
    Question.objects.filter(pk=question.pk).update(status="answered")
    question.refresh_from_db()
    with pytest.raises(MoveRefused):
        workflow.reopen_question(question, reason="Otra vez.")


def test_worker_delivers_nothing_without_a_mail_server_and_loses_nothing(make_question, settings):
    settings.EMAIL_BACKEND = "portal.base.outbox.NoMailServer"
    make_question(email="persona@example.org")
    call_command("worker", once=True)
    mail = OutgoingMail.objects.get()
    assert (mail.status, mail.attempts) == ("queued", 0)


@pytest.mark.parametrize("end", ["withdrawn", "archived", "lapsed", "transferred"])
def test_nobody_is_joined_to_what_will_never_be_answered(make_question, staff, end):
    into, question = make_question(), make_question()
    type(into).objects.filter(pk=into.pk).update(status=end)
    into.refresh_from_db()
    with pytest.raises(MoveRefused):
        workflow.merge_question(question, actor=staff.moderation, into=into)
    question.refresh_from_db()
    assert question.status == "received"
