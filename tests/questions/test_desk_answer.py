"""The page of an answer: drafts, preview, two people, races, corrected editions."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.base import clock
from questions import workflow
from questions.models import Answer
from tests.questions.desk import ANSWERS, answer_page, said, write_page

TEXT = {"summary": "Iremos en enero.", "body": "Iremos **en enero**.\n\n- uno\n- dos"}


@pytest.fixture
def assigned(published, staff):
    office = staff.office.office_memberships.get().office
    return workflow.assign_question(published(), actor=staff.moderation, office=office)


@pytest.fixture
def draft(assigned, staff):
    return workflow.draft_answer(assigned, actor=staff.office, **TEXT)


@pytest.fixture
def waiting(draft, staff):
    return workflow.request_approval(draft, actor=staff.office)


def press(client, answer, decision, **typed):
    data = {"decision": decision, "revision": answer.revision, **typed}
    return client.post(answer_page(answer), data)


def now(answer) -> Answer:
    return Answer.objects.get(pk=answer.pk)


def test_the_draft_in_work_is_opened_instead_of_a_second_one(client, staff, draft):
    client.force_login(staff.office)
    response = client.get(write_page(draft.question))
    assert (response.status_code, response.url) == (302, answer_page(draft))
    response = client.post(write_page(draft.question), {"decision": "save", **TEXT})
    assert response.status_code == 200 and response.context["refusal"]
    assert Answer.objects.count() == 1


def test_the_preview_shows_what_was_typed_and_keeps_it(client, staff, draft):
    client.force_login(staff.office)
    typed = {"summary": "Otra frase", "body": "Texto **nuevo** <script>alert(1)</script>"}
    response = press(client, draft, "preview", **typed)
    html = response.content.decode()
    assert "<strong>nuevo</strong>" in html and "<script>alert" not in html
    assert "Texto **nuevo**" in html
    assert now(draft).summary == TEXT["summary"]


def test_a_preview_of_the_first_words(client, staff, assigned):
    client.force_login(staff.office)
    response = client.post(write_page(assigned), {"decision": "preview", **TEXT})
    assert "<strong>en enero</strong>" in response.content.decode()
    assert not Answer.objects.exists()


@pytest.mark.parametrize("missing", ["summary", "body"])
def test_a_draft_wants_both_texts_and_keeps_the_other(client, staff, assigned, missing):
    client.force_login(staff.office)
    response = client.post(write_page(assigned), {"decision": "save", **TEXT, missing: " "})
    assert response.status_code == 200 and response.context["refusal"]
    other = {"summary": "body", "body": "summary"}[missing]
    assert response.context["form"][other].value() == TEXT[other]


def test_a_long_summary_is_refused_beside_its_field(client, staff, assigned):
    client.force_login(staff.office)
    response = client.post(write_page(assigned), {"decision": "save", **TEXT, "summary": "a" * 201})
    assert list(response.context["form"].errors) == ["summary"]


def test_a_stale_draft_is_not_written_over(client, staff, draft):
    stale = draft.revision
    workflow.draft_answer(draft.question, actor=staff.office, summary="A", body="B", answer=draft)
    client.force_login(staff.office)
    data = {"decision": "save", "revision": stale, "summary": "Lo mío", "body": "Mi texto"}
    response = client.post(answer_page(draft), data)
    assert response.status_code == 200 and "Mi texto" in response.content.decode()
    assert now(draft).summary == "A"


def test_sending_to_approval_saves_the_text_first(client, staff, draft):
    client.force_login(staff.office)
    assert press(client, draft, "request", summary="Nueva", body="Nuevo").status_code == 303
    assert (now(draft).summary, now(draft).status) == ("Nueva", "awaiting_approval")


def test_the_drafter_sees_no_buttons_and_may_not_publish(client, staff, waiting):
    client.force_login(staff.office)
    html = client.get(answer_page(waiting)).content.decode()
    assert 'value="publish"' not in html and 'value="save"' not in html
    assert press(client, waiting, "publish").status_code == 403
    assert now(waiting).status == "awaiting_approval"


def test_who_may_approve_does_not_approve_an_own_draft(client, staff, assigned):
    both = staff.make("approval", office="autoridad-ambiental", username="both")
    both.groups.add(staff.office.groups.get())
    answer = workflow.draft_answer(assigned, actor=both, **TEXT)
    workflow.request_approval(answer, actor=both)
    client.force_login(both)
    assert 'value="publish"' not in client.get(answer_page(answer)).content.decode()
    assert press(client, answer, "publish").status_code == 403


def test_the_second_person_publishes(client, staff, waiting):
    client.force_login(staff.approval)
    assert 'value="publish"' in client.get(answer_page(waiting)).content.decode()
    response = press(client, waiting, "publish")
    assert (response.status_code, response.url) == (303, answer_page(waiting))
    assert said(response) and now(waiting).status == "published"
    assert client.get(answer_page(waiting)).status_code == 200


def test_a_comment_sends_it_back_to_the_drafter(client, staff, waiting):
    client.force_login(staff.approval)
    response = press(client, waiting, "return", comment="")
    assert list(response.context["form"].errors) == ["comment"]
    assert press(client, waiting, "return", comment="Falta la fecha").status_code == 303
    client.force_login(staff.office)
    html = client.get(answer_page(waiting)).content.decode()
    assert "Falta la fecha" in html and 'value="request"' in html


def test_a_release_is_set_for_a_day_that_lies_ahead(client, staff, waiting):
    client.force_login(staff.approval)
    past = timezone.localtime(clock.now() - timedelta(days=1))
    for text in ("", "mañana", f"{past:%Y-%m-%dT%H:%M}"):
        response = press(client, waiting, "schedule", release_at=text)
        assert list(response.context["form"].errors) == ["release_at"], text
    ahead = timezone.localtime(clock.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    press(client, waiting, "schedule", release_at=f"{ahead:%Y-%m-%dT%H:%M}")
    assert (now(waiting).status, now(waiting).release_at) == ("scheduled", ahead)


def test_a_corrected_edition_says_what_it_corrects(client, staff, waiting):
    workflow.publish_answer(waiting, actor=staff.approval)
    client.force_login(staff.office)
    page = write_page(waiting.question)
    assert 'name="correction_note"' in client.get(page).content.decode()
    assert client.post(page, {"decision": "save", **TEXT}).status_code == 200
    note = {"correction_note": "Se corrige la fecha."}
    assert client.post(page, {"decision": "save", **TEXT, **note}).status_code == 303
    assert Answer.objects.get(edition=2).correction_note == "Se corrige la fecha."


@pytest.mark.parametrize("role", ["approval", "internal_control"])
def test_only_the_office_or_the_desk_begins_an_answer(client, staff, assigned, role):
    client.force_login(staff[role])
    assert client.get(write_page(assigned)).status_code == 403
    response = client.post(write_page(assigned), {"decision": "save", **TEXT})
    assert response.status_code == 403
    assert not Answer.objects.exists()


def test_the_path_says_who_did_what(client, staff, waiting):
    client.force_login(staff.approval)
    steps = client.get(answer_page(waiting)).context["path"]
    assert [step["who"] for step in steps] == ["Moderation", "Office", "Office", ""]
    assert [step["is_now"] for step in steps] == [False, False, True, False]


def test_the_list_of_answers(client, staff, waiting):
    client.force_login(staff.approval)
    html = client.get(f"{ANSWERS}?status__exact=awaiting_approval").content.decode()
    assert answer_page(waiting) in html
    assert client.get(ANSWERS, {"q": str(waiting.question.number)}).status_code == 200
    assert client.get(ANSWERS, {"q": "x"}).status_code == 200


def test_what_a_correction_lacks_is_told_beside_its_field(client, staff, answered):
    client.force_login(staff.office)
    page = write_page(answered())
    typed = {"decision": "save", "summary": "Otra frase.", "body": "Otra respuesta."}
    response = client.post(page, {**typed, "correction_note": " "})
    assert list(response.context["form"].errors) == ["correction_note"]
    assert "Otra respuesta." in response.content.decode()
    response = client.post(page, {**typed, "body": "", "correction_note": "La fecha."})
    assert list(response.context["form"].errors) == ["body"]
    assert not Answer.objects.filter(edition=2).exists()
