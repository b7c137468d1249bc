"""A question from the room, the telephone or the chat of a stream, typed in seconds."""

from datetime import timedelta

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from events.publishing import session_changed
from portal.base import clock
from portal.base.addresses import keyed_hash
from portal.base.machine import MoveRefused
from questions import codes
from questions.entering import squeezed
from questions.forms.entry import USUAL_MEANS
from questions.live import workflow
from questions.live.forms import LiveForm
from questions.models import Question
from questions.usual_topic import usual_topic
from questions.workflow import Filing, enter_question
from questions.workflow.machines import MODERATE

C = Question.Channel
# In the order in which they come during a session.
CHANNELS = (C.ROOM, C.ZOOM_CHAT, C.FACEBOOK_CHAT, C.PHONE, C.SOCIAL_NETWORK, C.PAPER, C.EMAIL)
# Two presses of one button come closer together than this; a real question comes once.
SAME_WITHIN = timedelta(minutes=5)


class QuickForm(LiveForm):
    """The form of the console. `user` decides whether "straight to the queue" is offered."""

    field_order = ("text", "channel", "municipality", "name", "consent", "queue")
    channel = forms.ChoiceField(
        label=_("Channel"),
        choices=[(channel.value, channel.label) for channel in CHANNELS],
        error_messages={
            "required": _("Choose the channel"),
            "invalid_choice": _("Choose a channel of the list"),
        },
    )
    queue = forms.BooleanField(
        label=_("Straight to the queue"),
        required=False,
        help_text=_("Its text is published at once. You have read it."),
    )
    consent_sentence = _("Mark that the person authorised it, or take the name away")
    least = 5  # the operator types what was said, however short it was

    def __init__(self, *args, user, **kwargs):
        kwargs.setdefault("auto_id", "rapida_%s")
        super().__init__(*args, **kwargs)
        self.fields["municipality"].required = False
        self.fields["municipality"].label = _("Municipality (optional)")
        self.fields["municipality"].widget.attrs["autocomplete"] = "off"
        self.fields["text"].label = _("What the person asks")
        self.fields["text"].error_messages["required"] = _("Write what the person asks")
        self.fields["name"].label = _("Visible name (optional)")
        self.fields["name"].help_text = _("It is published and may be read aloud.")
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self.fields["consent"].label = _(
            "The person (or who represents a minor) authorised the use of these data to answer"
        )
        if not user.has_perm(MODERATE):
            del self.fields["queue"]


@transaction.atomic
def enter(form: QuickForm, *, event, actor, at=None) -> Question:
    """File a checked form with its real channel, and queue it where that was asked for.

    Gives the case that exists already where the same person sent the same words of the same
    channel a moment ago. What can't be queued is filed all the same: `queue_refusal` of the case
    says why. Raises PermissionDenied, MoveRefused.
    """
    at = clock.now(at)
    filed = _filed_a_moment_ago(form, event, actor, at)
    question = filed or _file(form, event, actor, at)
    question.queue_refusal = ""
    if form.cleaned_data.get("queue") and not filed:
        question.queue_refusal = _queue(question, actor, at)
    session_changed(event)
    return question


def _file(form, event, actor, at) -> Question:
    topic = usual_topic()
    if topic is None:
        raise MoveRefused(_t("There is no active topic. Add one in the settings first."))
    filing = Filing(
        token=_token(form, event, actor, at),
        topic=topic,
        event=event,
        channel=form.cleaned_data["channel"],
        consent_means=USUAL_MEANS[form.cleaned_data["channel"]],
        received_at=at,
        **form.filing_fields(),
    )
    return enter_question(filing, actor=actor, at=at)


def _token(form, event, actor, at) -> str:
    """The same for the same words within one stretch of time, so that two presses at once are one.

    Under the key of the installation: the code that follows from it stays a secret.
    """
    said = squeezed(form.cleaned_data["text"])
    stretch = int(at.timestamp() // SAME_WITHIN.total_seconds())
    named = (event.pk, actor.pk, form.cleaned_data["channel"], stretch, said)
    return keyed_hash("live-entry", "|".join(map(str, named)))


def _filed_a_moment_ago(form, event, actor, at) -> Question | None:
    tokens = [_token(form, event, actor, at), _token(form, event, actor, at - SAME_WITHIN)]
    keys = [codes.filing_key(token) for token in tokens]
    recent = Question.objects.filter(filing_key__in=keys, submitted_at__gt=at - SAME_WITHIN)
    return recent.first()


def _queue(question, actor, at) -> str:
    """Publish and queue, or say why not."""
    try:
        workflow.approve_and_queue(question, actor=actor, at=at)
    except MoveRefused as refused:
        question.refresh_from_db()
        return str(refused)
    return ""
