"""A question from the room or the chat, typed by an operator in seconds."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from entity.models import Consent, Topic
from portal.base import clock
from questions.live.entry import QuickForm, enter
from questions.live.selectors import wall
from questions.models import LiveTurn, Question

pytestmark = pytest.mark.django_db

TEXT = "¿Cuándo arreglan la bocatoma de Guane?"


def form(user, **typed) -> QuickForm:
    filled = QuickForm({"text": TEXT, "channel": "zoom_chat", **typed}, user=user)
    assert filled.is_valid(), filled.errors
    return filled


def refusals(user, **typed) -> dict:
    return QuickForm({"text": TEXT, "channel": "zoom_chat", **typed}, user=user).errors


def test_it_is_filed_with_its_real_channel_and_waits_for_review(staff, event_open):
    at = clock.now()
    question = enter(
        form(staff.communications), event=event_open, actor=staff.communications, at=at
    )
    question = Question.objects.get(pk=question.pk)
    assert (question.channel, question.event, question.submitted_at) == (
        "zoom_chat",
        event_open,
        at,
    )
    assert question.reference.startswith(f"RC-{question.filed_on.year}-")
    assert (question.visibility, question.scope) == ("unmoderated", "region")
    assert question.topic == Topic.objects.get(slug="otro")
    assert wall(event_open).queue == []


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"text": "x" * 281}, "text", "281 letras"),
        ({"text": "x" * 10_000}, "text", "10.000 letras"),
        ({"text": "\u202e\u202c"}, "text", "Escriba lo que pregunta la persona"),
        ({"channel": "web"}, "channel", "Escoja un canal de la lista"),
        ({"municipality": "Oyva"}, "municipality", "¿Quiso decir Oiba?"),
        ({"name": "Ana Ruiz"}, "consent", "Marque que la persona lo autorizó"),
    ],
)
def test_what_is_wrong_is_said_beside_it(staff, event_open, typed, field, sentence):
    errors = refusals(staff.moderation, **typed)
    assert list(errors) == [field]
    assert sentence in errors[field][0]


def test_a_name_is_kept_only_with_its_authorisation(staff, event_open):
    filled = form(staff.moderation, channel="room", name="Ana Ruiz", consent="on")
    question = enter(filled, event=event_open, actor=staff.moderation)
    assert (question.display, question.public_name) == ("name", "Ana Ruiz")
    assert Consent.objects.get(object_id=question.pk).means == "spoken"


def test_a_double_press_is_one_row_and_another_voice_another(staff, event_open):
    now, actor = clock.now(), staff.moderation
    first = enter(form(actor), event=event_open, actor=actor, at=now)
    spaced = form(actor, text=f"  {TEXT.upper()} ")
    for later in (timedelta(seconds=1), timedelta(minutes=4)):
        assert enter(spaced, event=event_open, actor=actor, at=now + later).pk == first.pk
    assert enter(form(actor, channel="room"), event=event_open, actor=actor, at=now).pk != first.pk
    much_later = now + timedelta(minutes=6)
    assert enter(form(actor), event=event_open, actor=actor, at=much_later).pk != first.pk
    assert Question.objects.count() == 3


def test_straight_to_the_queue_for_who_may_moderate(staff, event_open):
    filled = form(staff.moderation, queue="on", municipality="Oiba")
    question = enter(filled, event=event_open, actor=staff.moderation)
    assert question.queue_refusal == ""
    assert [shown.number for shown in wall(event_open).queue] == [question.number]
    assert "queue" not in QuickForm(user=staff.communications).fields


def test_nobody_else_gets_it_queued_by_sending_the_field(staff, event_open):
    actor = staff.communications
    enter(form(actor, queue="on"), event=event_open, actor=actor)
    assert not LiveTurn.objects.exists()


def test_what_may_hold_personal_data_is_filed_and_not_queued(staff, event_open):
    text = "Vivo en la vereda El Pencal con mi familia. ¿Quién vigila?"
    filled = form(staff.moderation, text=text, queue="on")
    question = enter(filled, event=event_open, actor=staff.moderation)
    assert "puede tener datos personales" in question.queue_refusal
    assert Question.objects.get().visibility == "unmoderated"
    assert not LiveTurn.objects.exists()


def test_who_may_not_enter_files_nothing(staff, event_open):
    with pytest.raises(PermissionDenied):
        enter(form(staff.office), event=event_open, actor=staff.office)
    assert not Question.objects.exists()
