"""Who wrote an edition never approves it; what is published never changes; one answer for many."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.forms.models import model_to_dict

from portal.base import clock
from portal.base.machine import MoveRefused
from portal.base.models import OutgoingMail, Transition
from questions import codes, selectors_desk, workflow
from questions.joined import answering_case, joined_to
from questions.models import Answer, AnswerFile, Question
from tests.base import files
from tests.questions.desk import ANSWERS, answer_page, write_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(staff):
    """Somebody who writes for the office and may approve."""
    user = staff.make("approval", office="autoridad-ambiental", username="both")
    user.groups.add(staff.office.groups.get())
    return user


def decisions(answer, actor):
    ahead = clock.now() + timedelta(days=2)
    return (
        lambda: workflow.return_answer(answer, actor=actor, comment="Falta"),
        lambda: workflow.schedule_answer(answer, actor=actor, release_at=ahead),
        lambda: workflow.publish_answer(answer, actor=actor),
    )


def test_who_wrote_before_a_colleague_did_not_approve(staff, both, assigned_to_office, client):
    answer = workflow.draft_answer(assigned_to_office(), actor=both, summary="A", body="B")
    text = {"summary": "A.", "body": "B."}
    answer = workflow.draft_answer(answer.question, actor=staff.office, answer=answer, **text)
    assert answer.drafted_by == staff.office
    workflow.request_approval(answer, actor=staff.office)
    for decide in decisions(answer, both):
        with pytest.raises(PermissionDenied):
            decide()
    client.force_login(both)
    page = client.get(answer_page(answer))
    assert 'value="publish"' not in page.content.decode()
    assert page.context["desk"].writers == ["Both", "Office"]
    assert selectors_desk.counts(both)["to_approve"] == 0
    assert selectors_desk.counts(staff.approval)["to_approve"] == 1
    workflow.publish_answer(answer, actor=staff.approval)


def test_a_file_is_a_word_too(staff, both, drafted, attached):
    answer = drafted()
    file = attached(answer, "x.pdf", files.pdf())
    workflow.describe_file(file, answer=answer, actor=both, words="Otro título")
    workflow.request_approval(answer, actor=staff.office)
    with pytest.raises(PermissionDenied):
        workflow.publish_answer(answer, actor=both)


def test_each_writer_is_noted_once_and_for_this_edition_only(staff, both, drafted):
    answer = drafted()
    for actor in (staff.office, both, staff.office, both):
        text = {"summary": "A", "body": "B"}
        answer = workflow.draft_answer(answer.question, actor=actor, answer=answer, **text)
    writers = Transition.objects.of("answer", answer.pk).filter(move="draft_answer")
    assert [move.actor for move in writers] == [staff.office, both]
    workflow.request_approval(answer, actor=staff.office)
    first = workflow.publish_answer(answer, actor=staff.approval)
    note = {"summary": "A", "body": "C", "correction_note": "Se corrige."}
    second = workflow.draft_answer(first.question, actor=staff.office, **note)
    workflow.request_approval(second, actor=staff.office)
    assert workflow.publish_answer(second, actor=both).approved_by == both


def test_two_first_drafts_at_once_leave_one(staff, both, assigned_to_office):
    """Nobody had begun when each of them looked; a colleague was faster."""
    question, faster = assigned_to_office(), []
    text = {"summary": "A", "body": "B"}

    def colleague(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if "COUNT(*)" in sql and not faster:
            faster.append(Answer.objects.create(question=question, office=question.office, **text))
        return result

    with connection.execute_wrapper(colleague), pytest.raises(MoveRefused, match="borrador"):
        workflow.draft_answer(question, actor=both, **text)
    assert faster


def frozen(answer):
    rows = AnswerFile.objects.filter(answer=answer).order_by("pk")
    stored = [(model_to_dict(row), row.stored.content.open("rb").read()) for row in rows]
    return model_to_dict(Answer.objects.get(pk=answer.pk)), stored


def test_no_way_changes_a_published_edition(client, staff, both, drafted, attached):
    answer = drafted()
    file = attached(answer, "informe.pdf", files.pdf())
    workflow.request_approval(answer, actor=staff.office)
    workflow.publish_answer(answer, actor=staff.approval)
    before = frozen(answer)
    answer.refresh_from_db()
    text = {"summary": "Otra", "body": "Otro"}
    for move in (
        lambda: workflow.draft_answer(answer.question, actor=staff.office, answer=answer, **text),
        lambda: attached(answer, "x.pdf", files.pdf()),
        lambda: workflow.describe_file(file, answer=answer, actor=staff.office, words="Otro"),
        lambda: workflow.remove_file(file, answer=answer, actor=staff.office),
        lambda: workflow.request_approval(answer, actor=staff.office),
        *decisions(answer, both),
        *decisions(answer, staff.approval),
    ):
        with pytest.raises(MoveRefused):
            move()
    names = ("save", "attach", "request", "publish", "schedule", "return", f"remove-{file.pk}")
    ahead = f"{clock.now() + timedelta(days=2):%Y-%m-%dT%H:%M}"
    typed = {**text, f"words_{file.pk}": "Otro", "comment": "x", "release_at": ahead}
    for user in (staff.office, staff.approval, staff.root):
        client.force_login(user)
        for name in names:
            posted = {"decision": name, "revision": answer.revision, **typed}
            assert client.post(answer_page(answer), posted).status_code in (200, 403), name
        for action in ("approve_and_publish", "approve_and_schedule", "delete_selected"):
            posted = {"action": action, "index": 0, "_selected_action": answer.pk, "confirmed": 1}
            client.post(ANSWERS, {**posted, f"revision-{answer.pk}": answer.revision, **typed})
        assert client.post(f"{ANSWERS}{answer.pk}/delete/", {"post": "yes"}).status_code == 403
    assert frozen(answer) == before


def test_a_published_edition_stays_while_and_after_it_is_corrected(client, staff, answered):
    question = answered()
    first = question.answers.get()
    before = frozen(first)
    client.force_login(staff.office)
    typed = {
        "summary": "Otra frase.",
        "body": "Otro texto.",
        "correction_note": "Se corrige el mes.",
    }
    client.post(write_page(question), {**typed, "decision": "request"})
    second = Answer.objects.get(edition=2)
    page = client.get(question.get_absolute_url()).content.decode()
    assert "Se corrige el mes." not in page
    workflow.publish_answer(second, actor=staff.approval)
    assert frozen(first) == before
    page = client.get(question.get_absolute_url()).content.decode()
    answer = page.split('aria-labelledby="respuesta"')[1].split("</section>")[0]
    assert answer.index("Corregida el ") < answer.index("Se corrige el mes.")
    assert answer.index("Se corrige el mes.") < answer.index("Otra frase.")
    earlier = page.split("Ediciones anteriores")[1].split("</details>")[0]
    assert "Haremos una visita." in earlier and "<strong>enero</strong>" in earlier


@pytest.fixture
def group(staff, drafted, published):
    """An answer in work, with two contributions joined to it, one of them through another."""

    def make(**head):
        answer = drafted(**head)
        inner = published(token="inner", email="inner@example.org")
        middle = published(token="middle", email="middle@example.org")
        workflow.merge_question(inner, actor=staff.moderation, into=middle)
        workflow.merge_question(middle, actor=staff.moderation, into=answer.question)
        return answer, middle, inner

    return make


def release(answer, staff):
    workflow.request_approval(answer, actor=staff.office)
    return workflow.publish_answer(answer, actor=staff.approval)


def test_one_answer_is_told_to_all_and_so_is_its_correction(staff, group):
    answer, middle, inner = group(email="head@example.org")
    assert joined_to(answer.question) == sorted([middle, inner], key=lambda q: q.number)
    assert answering_case(Question.objects.get(pk=inner.pk)) == answer.question
    OutgoingMail.objects.all().delete()
    release(answer, staff)
    everybody = {"head@example.org", "middle@example.org", "inner@example.org"}
    assert set(OutgoingMail.objects.values_list("to", flat=True)) == everybody
    note = {"summary": "A", "body": "C", "correction_note": "Se corrige."}
    question = Question.objects.get(pk=answer.question_id)
    release(workflow.draft_answer(question, actor=staff.office, **note), staff)
    told = OutgoingMail.objects.filter(key__contains="answered-2").values_list("to", flat=True)
    assert sorted(told) == sorted(everybody)


def open_own_page(client, question, token):
    data = {"reference": question.reference, "code": codes.code_for(token)}
    client.post("/mi-pregunta/", data)
    return client.get("/mi-pregunta/").content.decode()


def test_the_pages_of_joined_ones_show_the_answer(client, staff, group):
    answer, middle, inner = group()
    release(answer, staff)
    for question, token in ((middle, "middle"), (inner, "inner")):
        page = client.get(question.get_absolute_url()).content.decode()
        assert "Iremos en enero." in page and answer.question.reference in page
        assert "Iremos en enero." in open_own_page(client, question, token)


def test_the_answer_of_a_withheld_one_is_shown_to_authors_alone(client, staff, group):
    answer, middle, _inner = group()
    release(answer, staff)
    head = Question.objects.get(pk=answer.question_id)
    workflow.withhold(head, actor=staff.moderation, reason="third_party_data")
    assert "Iremos en enero." not in client.get(middle.get_absolute_url()).content.decode()
    assert "Iremos en enero." in open_own_page(client, middle, "middle")


def test_joined_ones_are_closed_and_count_once(client, staff, group):
    answer, middle, inner = group()
    late = clock.local_day() + timedelta(days=300)
    assert set(Question.objects.late(late)) == {answer.question}
    assert set(Question.objects.open()) == {answer.question}
    Question.objects.filter(pk__in=[middle.pk, inner.pk]).update(due_on="2020-01-01")
    release(answer, staff)
    assert not Question.objects.late(late).exists()
    counts = client.get("/preguntas/").content.decode()
    assert counts.count(answer.question.get_absolute_url()) >= 1
    listed = client.get("/preguntas/?estado=respondidas").content.decode()
    assert answer.question.get_absolute_url() in listed
    assert middle.get_absolute_url() not in listed and inner.get_absolute_url() not in listed
    closed = client.get("/preguntas/?estado=cerradas").content.decode()
    assert middle.get_absolute_url() in closed and inner.get_absolute_url() in closed
    for question in (middle, inner):
        assert Question.objects.get(pk=question.pk).closed_on == clock.local_day()
