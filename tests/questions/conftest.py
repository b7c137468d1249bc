"""Contributions for the tests of this room, filed through the workflow as real ones are."""

import itertools

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from entity.models import Municipality, Topic
from portal.base import pictures, uploads
from questions import workflow

_numbers = itertools.count(1)


@pytest.fixture
def make_question(entity):
    """File a contribution: `make_question(event=…, email=…, at=…, text=…)`."""

    def make(*, at=None, **fields):
        number = next(_numbers)
        values = {
            "token": f"test-token-{number}",
            "text": f"¿Cuándo revisan el vertimiento número {number} de la quebrada?",
            "topic": Topic.objects.get(slug="agua"),
            "municipality": Municipality.objects.get(name="Oiba"),
            **fields,
        }
        return workflow.submit_question(workflow.Filing(**values), at=at)

    return make


@pytest.fixture
def published(make_question, staff):
    """A published contribution."""

    def make(**fields):
        text = fields.pop("public_text", "")
        title = fields.pop("title", "")
        question = make_question(**fields)
        return workflow.publish_text(
            question,
            actor=staff.moderation,
            public_text=text or question.original_text,
            title=title,
        )

    return make


@pytest.fixture
def archived(staff):
    """Archive a contribution as it must be: one person proposes, another one signs."""

    def archive(question):
        workflow.propose_archive(question, actor=staff.moderation, reason="Insultos")
        return workflow.archive_question(question, actor=staff.approval)

    return archive


@pytest.fixture
def answered(published, staff):
    """A published contribution with a published answer."""

    def make(*, summary="Haremos una visita.", body="La haremos en **enero**.", **fields):
        question = published(**fields)
        office = staff.office.office_memberships.get().office
        workflow.assign_question(question, actor=staff.moderation, office=office)
        answer = workflow.draft_answer(question, actor=staff.office, summary=summary, body=body)
        workflow.request_approval(answer, actor=staff.office)
        workflow.publish_answer(answer, actor=staff.approval)
        question.refresh_from_db()
        return question

    return make


@pytest.fixture
def assigned_to_office(published, staff):
    """A published contribution in the hands of `staff.office`."""

    def make(**fields):
        office = staff.office.office_memberships.get().office
        return workflow.assign_question(published(**fields), actor=staff.moderation, office=office)

    return make


@pytest.fixture
def drafted(assigned_to_office, staff):
    """A draft of `staff.office`."""

    def make(*, summary="Iremos en enero.", body="Iremos **en enero**.", **fields):
        question = assigned_to_office(**fields)
        return workflow.draft_answer(question, actor=staff.office, summary=summary, body=body)

    return make


@pytest.fixture
def awaiting(drafted, staff):
    """An answer of `staff.office` that waits for the second person."""
    return lambda **fields: workflow.request_approval(drafted(**fields), actor=staff.office)


@pytest.fixture
def attached(staff):
    """Put a file on a draft through the real gate: `attached(answer, "x.pdf", data, words=…)`."""

    def attach(answer, name, data, *, words="Informe de visita"):
        clean = uploads.accept(SimpleUploadedFile(name, data))
        small = pictures.small_copy(clean)
        return workflow.attach_file(
            answer, actor=staff.office, file=clean, small=small, words=words
        )

    return attach
