"""Rows that are written past `Model.save` are the ones that `save` would have written."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, models, transaction
from django.db.models import signals
from django.forms.models import model_to_dict

from entity.models import Consent
from portal.base import rows
from portal.base.models import OutgoingMail, Transition
from questions.models import Author, Draft, FollowLink, Question, QuestionFile

pytestmark = pytest.mark.django_db

NOON = datetime(2020, 12, 21, 17, 0, 30, 123456, tzinfo=UTC)
WRITTEN_SO = (Question, Author, Consent, QuestionFile, Transition, FollowLink, OutgoingMail)


def mail(key):
    return OutgoingMail(
        key=key, to="a@example.org", language="es-co", subject="«Hola»", text="ñ\n", html="<p>",
        secrets=["uno", {"dos": None}], headers={"Reply-To": "b@example.org"}, message_id=key,
        due_at=NOON, created_at=NOON,
    )  # fmt: skip


def stored(row):
    values = model_to_dict(type(row).objects.get(pk=row.pk))
    return {
        name: value for name, value in values.items() if name not in ("id", "key", "message_id")
    }


def test_a_row_is_as_save_would_have_written_it():
    quick, slow = rows.insert(mail("a")), mail("b")
    slow.save()
    assert stored(quick) == stored(slow)
    assert quick.pk != slow.pk
    assert OutgoingMail.objects.get(pk=quick.pk) == quick


def test_it_can_be_changed_and_saved_afterwards():
    row = rows.insert(mail("a"))
    row.subject = "Otro"
    row.save()
    assert OutgoingMail.objects.get().subject == "Otro"


def test_what_the_database_refuses_is_refused():
    rows.insert(mail("a"))
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert(mail("a"))
    assert OutgoingMail.objects.count() == 1


def test_a_value_that_is_taken_is_told_without_an_error():
    first = rows.insert_once(mail("a"), "key")
    assert rows.insert_once(mail("a"), "key") is None
    assert list(OutgoingMail.objects.all()) == [first]  # the transaction goes on


def test_finding_reads_what_a_queryset_would():
    draft = Draft.objects.create(data={"text": "ñ", "files": ["a"], "is_minor": False})
    found, same = rows.find(Draft, draft.pk), Draft.objects.get(pk=draft.pk)
    assert found == same and model_to_dict(found) == model_to_dict(same)
    assert found.changed_at == same.changed_at
    assert rows.find(Draft, "' OR 1=1 --") is None


def test_forgetting_deletes_that_row_alone():
    first, second = Draft.objects.create(data={"a": 1}), Draft.objects.create()
    rows.forget(first)
    assert list(Draft.objects.all()) == [second]


@pytest.mark.parametrize("model", WRITTEN_SO)
def test_nothing_of_these_models_happens_at_saving_that_would_be_missed(model):
    assert model.save is models.Model.save
    for name in ("pre_save", "post_save", "pre_init", "post_init"):
        assert not getattr(signals, name).has_listeners(model), name
