"""What an attacker tried on the form and on the author's page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from entity.models import Consent, PrivacyNotice
from portal.base.models import StoredFile
from questions import drafting, workflow
from questions.chores import purge_drafts
from questions.models import Draft, Question
from tests.questions.test_ask import PNG, Walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client, event_open):
    return Walk(client, event_open.slug)


def upload(name="foto.png"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, PNG)


def test_a_file_of_another_draft_cannot_be_taken_away(ask, event_open):
    ask.question()
    ask.author(files=upload(), consent="on")
    stored = StoredFile.objects.get()
    other = Walk(Client(), event_open.slug)
    other.question()
    other.author(drop_file=str(stored.pk))
    assert StoredFile.objects.filter(pk=stored.pk).exists()


@pytest.mark.parametrize("value", ["abc", "\x00", "9" * 400])
def test_a_file_that_is_none_changes_nothing(ask, value):
    ask.question()
    assert ask.author(drop_file=value).status_code == 303


@pytest.mark.parametrize("value", ["9" * 5000, "-1", "²", "x"])
def test_a_notice_that_is_none_is_the_one_in_force(ask, value):
    ask.question()
    assert ask.author(notice=value, email="a@example.org", consent="on").status_code == 303
    ask.send()
    assert Consent.objects.get().notice.version == "2020-1"


def test_nobody_consents_to_a_notice_of_the_future(ask, entity):
    later = PrivacyNotice.objects.create(
        version="9", title="Otro", text="Otro texto", consent_label="Otra frase",
        in_force_from=timezone.now() + timedelta(days=9),
    )  # fmt: skip
    ask.question()
    ask.author(notice=str(later.pk), email="a@example.org", consent="on")
    ask.send()
    assert Consent.objects.get().notice != later


def test_a_step_sent_after_the_filing_brings_nothing_back(ask, client):
    ask.whole(name="Junta de ejemplo", consent="on", files=upload())
    token = "gone"
    draft = Draft(token=token, data={"files": []})
    with pytest.raises(drafting.Filed):
        drafting._write(draft)
    assert not Draft.objects.exists()


def test_the_purge_goes_on_when_a_file_belongs_to_a_case(ask):
    ask.whole(name="Junta de ejemplo", consent="on", files=upload())
    filed = StoredFile.objects.get()
    for files in ([str(filed.pk)], []):
        Draft.objects.create(data={"files": files})
    Draft.objects.update(changed_at=timezone.now() - timedelta(days=2))
    assert purge_drafts(timezone.now()) == 2
    assert StoredFile.objects.filter(pk=filed.pk).exists()


def test_leaving_forgets_the_receipt_too(ask, client):
    ask.whole()
    client.post("/mi-pregunta/salir/")
    assert client.get("/preguntar/listo/").url == "/mi-pregunta/"


@pytest.mark.parametrize("typed", ["RC 2020 ²", "RC ² 1", "RC-٢٠٢٠-1"])
def test_odd_digits_in_the_filing_number_are_no_fault(client, entity, typed):
    response = client.post("/mi-pregunta/", {"reference": typed, "code": "x"})
    assert response.status_code == 200


def test_a_withheld_text_does_not_live_on_in_its_address(client, published, staff):
    question = published(title="Fulano de Tal ensucia el río")
    workflow.withhold(
        Question.objects.get(pk=question.pk), actor=staff.moderation, reason="third_party_data"
    )
    for address in (f"/preguntas/{question.number}/", f"/preguntas/{question.number}-x/"):
        response = client.get(address)
        assert response.status_code == 410
        assert "fulano" not in response.content.decode().lower()
