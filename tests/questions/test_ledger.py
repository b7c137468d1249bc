"""Published answers in the publication log."""

import hashlib
import json

import pytest

from portal.base import ledger_check
from portal.base.models import PublicationEntry
from questions import workflow
from questions.models import Answer

pytestmark = pytest.mark.django_db


def faults():
    return list(ledger_check.faults())


def body(response):
    return response.content.decode()


def test_a_published_answer_enters_the_log_with_bytes_that_anybody_can_check(client, answered):
    question = answered()
    entry = PublicationEntry.objects.get(kind="answer")
    assert entry.reference == f"{question.reference}/1" and entry.path.startswith("/preguntas/")
    page = body(client.get("/verificar/", {"radicado": question.reference.lower()}))
    assert f'href="/verificar/{entry.pk}/"' in page and "Respuesta" in page
    shown = body(client.get(f"/verificar/{entry.pk}/"))
    assert entry.sha256 in shown and entry.entry_hash in shown
    content = client.get(f"/verificar/{entry.pk}/contenido.json").content
    assert hashlib.sha256(content).hexdigest() == entry.sha256
    assert json.loads(content)["reference"] == question.reference
    assert faults() == []


def test_an_answer_changed_in_the_database_is_found(answered):
    question = answered()
    Answer.objects.filter(question=question).update(body="No iremos.")
    assert faults() == [f"answer {question.reference}/1 no es lo que se publicó."]


def test_the_words_of_a_withheld_contribution_are_not_given(client, answered, staff):
    question = answered()
    workflow.withhold(question, actor=staff.moderation, reason="third_party_data")
    entry = PublicationEntry.objects.get(kind="answer")
    assert client.get(f"/verificar/{entry.pk}/contenido.json").status_code == 404
    assert client.get(f"/verificar/{entry.pk}/").status_code == 200
    assert faults() == []
