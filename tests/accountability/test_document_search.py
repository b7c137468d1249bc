"""Files of answers and proofs of commitments: found inside while they are public, and no longer."""

import pytest

from accountability import workflow as archive
from accountability.models import CommitmentUpdate, Evidence
from portal.base import document_texts, search
from portal.base.models import DocumentText
from portal.base.uploads import CleanFile
from questions import workflow
from questions.models import Question
from tests.base.test_document_texts import made
from tests.questions.conftest import *  # noqa: F403 - the contributions of that room

pytestmark = pytest.mark.django_db


def found(word) -> list[str]:
    return [entry.path for entry in search.find(word, kind="document")]


@pytest.fixture
def answer(published, staff, event_held, attached):
    """A draft answer with a PDF about moorland."""
    question = published(event=event_held, title="¿Y el páramo?")
    office = staff.office.office_memberships.get().office
    workflow.assign_question(question, actor=staff.moderation, office=office)
    draft = workflow.draft_answer(question, actor=staff.office, summary="Sí.", body="Va el plan.")
    attached(draft, "plan.pdf", made("Plan de manejo", "Los frailejones del páramo"))
    draft.refresh_from_db()
    return draft


def publish(answer, staff):
    workflow.request_approval(answer, actor=staff.office)
    workflow.publish_answer(answer, actor=staff.approval)


def test_a_draft_is_not_even_read(answer):
    assert document_texts.read_new() == 0
    assert not DocumentText.objects.exists()


def test_the_file_of_a_published_answer_is_found(answer, staff, client):
    publish(answer, staff)
    document_texts.read_new()
    file, number = answer.files.get(), answer.question.number
    assert found("frailejón") == [f"/preguntas/{number}/anexos/{file.pk}/"]
    assert client.get(found("frailejón")[0]).status_code == 200
    page = client.get("/buscar/?q=frailejones").content.decode()
    assert "¿Y el páramo?" in page
    assert "PDF, página 2" in page


def test_a_withheld_contribution_takes_its_files_along(answer, staff):
    publish(answer, staff)
    document_texts.read_new()
    question = Question.objects.get(pk=answer.question_id)
    workflow.withhold(question, actor=staff.moderation, reason="third_party_data")
    assert found("frailejón") == []
    document_texts.read_new()
    assert found("frailejón") == []


@pytest.fixture
def proof(promise, staff):
    """A draft update of a public commitment, with a PDF as its proof."""
    update = CommitmentUpdate.objects.create(
        commitment=promise(), happened_on="2021-03-03", title="Van nueve", done=9,
        drafted_by=staff.office,
    )  # fmt: skip
    stored = CleanFile(
        "prueba.pdf", "application/pdf", made("Acta de la visita al colector")
    ).store()
    return Evidence.objects.create(update=update, title="Acta de visita", stored=stored)


def test_a_proof_is_found_once_its_update_is_public(proof, staff, client):
    assert document_texts.read_new() == 0
    archive.request_update_approval(proof.update, actor=staff.office)
    archive.publish_update(proof.update, actor=staff.approval)
    assert document_texts.read_new() == 1
    assert found("colector") == [f"/compromisos/pruebas/{proof.pk}/"]
    assert client.get(found("colector")[0]).status_code == 200


def test_one_file_at_two_addresses_is_found_once(proof, staff, event_held):
    event_held.documents.create(title="La misma acta", stored=proof.stored)
    archive.request_update_approval(proof.update, actor=staff.office)
    archive.publish_update(proof.update, actor=staff.approval)
    document_texts.read_new()
    assert len(found("colector")) == 1
    event_held.documents.all().delete()
    document_texts.read_new()
    assert found("colector") == [f"/compromisos/pruebas/{proof.pk}/"]
