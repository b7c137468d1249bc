"""Several answers approved for one moment, and the worker that lets them out."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.base import clock
from portal.base.machine import Overtaken
from portal.base.models import OutgoingMail
from questions import publishing, workflow
from questions.models import Answer, Question
from questions.workflow import answers
from tests.questions.desk import ANSWERS, answer_page, said

pytestmark = pytest.mark.django_db
SOON = timezone.localtime(clock.now() + timedelta(days=2)).replace(second=0, microsecond=0)
TYPED = f"{SOON:%Y-%m-%dT%H:%M}"


def chosen(action, rows, **typed):
    return {"action": action, "index": 0, "_selected_action": [a.pk for a in rows], **typed}


def confirmed(client, action, rows, **typed):
    """Choose the rows, read the page that shows them, and press its button."""
    shown = client.post(ANSWERS, chosen(action, rows)).content.decode()
    revisions = dict(re.findall(r'name="(revision-\d+)" value="(\d+)"', shown))
    return client.post(ANSWERS, chosen(action, rows, confirmed=1, **revisions, **typed))


def states():
    return list(Answer.objects.order_by("pk").values_list("status", flat=True))


def test_three_go_out_together(client, staff, awaiting):
    rows = [awaiting(email=f"{n}@example.org") for n in range(3)]
    client.force_login(staff.approval)
    response = confirmed(client, "approve_and_schedule", rows, release_at=TYPED)
    assert (response.status_code, states()) == (302, ["scheduled"] * 3)
    assert set(Answer.objects.values_list("release_at", "approved_by")) == {
        (SOON, staff.approval.pk)
    }
    assert said(response)[0].startswith("3 respuestas salen juntas el ")
    assert answers.publish_scheduled(at=SOON - timedelta(seconds=1)) == 0
    assert answers.publish_scheduled(at=SOON) == 3
    assert states() == ["published"] * 3
    assert OutgoingMail.objects.filter(key__contains="answered-1").count() == 3


def test_the_chosen_ones_are_shown_with_their_words_first(client, staff, awaiting):
    rows = [awaiting(summary="Iremos el lunes."), awaiting(body="Con **lancha**.")]
    client.force_login(staff.approval)
    page = client.post(ANSWERS, chosen("approve_and_publish", rows)).content.decode()
    assert "Iremos el lunes." in page and "<strong>lancha</strong>" in page
    assert states() == ["awaiting_approval"] * 2


@pytest.mark.parametrize("typed", ["", "mañana", "2020-01-01T08:00"])
def test_a_bad_moment_is_refused_beside_its_field(client, staff, awaiting, typed):
    row = awaiting()
    client.force_login(staff.approval)
    response = confirmed(client, "approve_and_schedule", [row], release_at=typed)
    assert list(response.context["form"].errors) == ["release_at"]
    page = response.content.decode()
    assert f'value="{row.pk}"' in page and 'aria-describedby="id_release_at_error"' in page
    assert states() == ["awaiting_approval"]


def test_own_words_stay_and_the_others_go(client, staff, awaiting, assigned_to_office):
    both = staff.make("approval", office="autoridad-ambiental", username="both")
    both.groups.add(staff.office.groups.get())
    own = workflow.draft_answer(assigned_to_office(), actor=both, summary="A", body="B")
    workflow.request_approval(own, actor=both)
    other = awaiting()
    client.force_login(both)
    page = client.post(ANSWERS, chosen("approve_and_publish", [own, other])).content.decode()
    assert (
        "Lo que usted redactó lo debe aprobar otra persona." in page
        and f"revision-{own.pk}" not in page
    )
    response = confirmed(client, "approve_and_publish", [own, other])
    assert states() == ["awaiting_approval", "published"]
    assert said(response)[0].startswith(f"{own.question.number}: ")
    forged = {f"revision-{own.pk}": own.revision}
    client.post(ANSWERS, chosen("approve_and_publish", [own], confirmed=1, **forged))
    assert states() == ["awaiting_approval", "published"]


def test_what_changed_since_it_was_shown_is_not_approved(client, staff, awaiting):
    row = awaiting()
    stale = {f"revision-{row.pk}": row.revision}
    workflow.return_answer(row, actor=staff.approval, comment="Falta")
    workflow.draft_answer(row.question, actor=staff.office, answer=row, summary="C", body="D")
    workflow.request_approval(row, actor=staff.office)
    client.force_login(staff.approval)
    for action in ("approve_and_publish", "approve_and_schedule"):
        data = chosen(action, [row], confirmed=1, release_at=TYPED, **stale)
        assert said(client.post(ANSWERS, data))[-1].startswith(f"{row.question.number}: ")
    client.post(ANSWERS, chosen("approve_and_publish", [row], confirmed=1))
    assert states() == ["awaiting_approval"]


def test_drafts_and_published_ones_are_refused_row_by_row(client, staff, awaiting, drafted):
    rows = [drafted(), awaiting(), awaiting()]
    workflow.publish_answer(rows[1], actor=staff.approval)
    client.force_login(staff.approval)
    response = confirmed(client, "approve_and_publish", rows)
    assert states() == ["draft", "published", "published"]
    assert len(said(response)) == 3


@pytest.mark.parametrize("role", ["office", "moderation", "internal_control"])
def test_only_approval_has_the_buttons(client, staff, awaiting, role):
    row = awaiting()
    client.force_login(staff[role])
    assert 'value="approve_and_publish"' not in client.get(ANSWERS).content.decode()
    revision = {f"revision-{row.pk}": row.revision}
    client.post(ANSWERS, chosen("approve_and_publish", [row], confirmed=1, **revision))
    assert states() == ["awaiting_approval"]


def test_the_list_says_which_go_out_together_and_filters_them(client, staff, awaiting):
    rows = [awaiting(), awaiting(), awaiting()]
    for row in rows[:2]:
        workflow.schedule_answer(row, actor=staff.approval, release_at=SOON)
    client.force_login(staff.approval)
    page = client.get(ANSWERS).content.decode()
    assert "Salen juntas el" in page and "(2)" in page
    query = re.search(r'href="(\?salida=[^"]+)"', page)[1]
    group = client.get(ANSWERS + query)
    assert {row.pk for row in group.context["cl"].queryset} == {row.pk for row in rows[:2]}
    assert client.get(ANSWERS, {"salida": "x' OR 1"}).status_code == 200


def test_one_that_was_held_back_says_so(client, staff, awaiting):
    row = awaiting()
    workflow.schedule_answer(row, actor=staff.approval, release_at=SOON)
    workflow.withdraw_question(Question.objects.get(pk=row.question_id))
    hour_ago = clock.now() - timedelta(hours=1)
    Answer.objects.filter(pk=row.pk).update(release_at=hour_ago)
    assert answers.publish_scheduled() == 0
    client.force_login(staff.approval)
    assert "no salió (1)" in client.get(ANSWERS).content.decode()
    assert states() == ["scheduled"]


def test_a_scheduled_one_is_let_out_at_once_or_returned(client, staff, awaiting):
    now, back = awaiting(), awaiting()
    for row in (now, back):
        workflow.schedule_answer(row, actor=staff.approval, release_at=SOON)
    client.force_login(staff.approval)
    assert "Publicar ahora" in client.get(answer_page(now)).content.decode()
    client.post(answer_page(now), {"decision": "publish", "revision": now.revision})
    typed = {"decision": "return", "revision": back.revision, "comment": "Falta"}
    client.post(answer_page(back), typed)
    assert states() == ["published", "draft"]
    assert Answer.objects.get(pk=back.pk).release_at is None


def test_one_that_fails_does_not_hold_the_others(staff, awaiting, monkeypatch, caplog):
    rows = [awaiting() for _ in range(3)]
    for row in rows:
        workflow.schedule_answer(row, actor=staff.approval, release_at=SOON)
    whole = publishing.question_changed

    def broken(question):
        if question.pk == rows[1].question_id:
            raise RuntimeError("the disk is full")
        whole(question)

    monkeypatch.setattr(publishing, "question_changed", broken)
    assert answers.publish_scheduled(at=SOON) == 2
    assert states() == ["published", "scheduled", "published"]
    assert f"scheduled answer {rows[1].pk} was not published" in caplog.text
    assert rows[1].question.public_text not in caplog.text
    monkeypatch.undo()
    assert answers.publish_scheduled(at=SOON) == 1


def test_the_second_of_two_workers_is_refused_and_goes_on(staff, awaiting, caplog):
    """Both read the same list; the other one is faster with the first answer."""
    rows = [awaiting(email="a@example.org"), awaiting(email="b@example.org")]
    for row in rows:
        workflow.schedule_answer(row, actor=staff.approval, release_at=SOON)
    faster, faster_found = [], Answer.objects.get(pk=rows[0].pk)

    def other_worker(execute, sql, params, many, context):
        """Publishes the first answer right after this worker has read it."""
        result = execute(sql, params, many, context)
        if "LIMIT 21" in sql and "release_at" in sql and not faster:
            faster.append(True)
            workflow.publish_answer(faster_found, at=SOON)
        return result

    with connection.execute_wrapper(other_worker):
        assert answers.publish_scheduled(at=SOON) == 1
    assert states() == ["published"] * 2 and not caplog.records
    assert OutgoingMail.objects.filter(key__contains="answered-1").count() == 2
    with pytest.raises(Overtaken):
        workflow.publish_answer(_as_read_before(rows[0]), at=SOON)


def _as_read_before(row):
    """The row as the slower worker had read it."""
    stale = Answer.objects.get(pk=row.pk)
    stale.status, stale.revision = "scheduled", stale.revision - 1
    return stale


def test_queries_do_not_grow_with_rows(client, staff, awaiting):
    awaiting()
    client.force_login(staff.approval)
    client.get(ANSWERS)

    def number():
        with CaptureQueriesContext(connection) as captured:
            client.get(ANSWERS)
        return len(captured)

    number()
    one = number()
    for _ in range(4):
        awaiting()
    number()  # the entity is read anew, once for a process
    assert number() == one <= 12
