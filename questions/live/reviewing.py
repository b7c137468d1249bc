"""Decisions about the text of a contribution that are taken in the console.

They are the moves of the moderation desk, with its permission and its leases; a turn that waits
for the public goes with them.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from events.publishing import session_changed
from portal.base import clock
from portal.base.machine import MoveRefused, Overtaken
from questions import workflow
from questions.live import suggested
from questions.live.machine import LIVE_TURN, T
from questions.models import LiveTurn, Question

MOST_TRIES = 3


class NeedsReview(MoveRefused):
    """Somebody must look at it on its own page; `address` leads there."""

    def __init__(self, sentence: str, question):
        super().__init__(sentence)
        self.address = reverse("admin:questions_question_change", args=[question.pk])


@transaction.atomic
def approve(question, *, actor, at=None) -> Question:
    """Publish the proposed text with what is surely personal hidden; it is not queued by it.

    Tells the author. Raises PermissionDenied, Leased while somebody reviews it, NeedsReview where
    something may be personal data or the text is too long for a card, MoveRefused and Overtaken
    as `publish_text` does.
    """
    workflow.leases.refuse_to_others(question, actor=actor, at=at)
    _demand_decided(question)
    workflow.publish_text(
        question,
        actor=actor,
        public_text=suggested.text_of(question),
        title=question.title,
        at=at,
    )
    return _told(question)


def _demand_decided(question) -> None:
    if left := suggested.undecided_in(question):
        words = {"number": question.number, "data": ", ".join(left)}
        sentence = _(
            "Number %(number)s may hold personal data (%(data)s). "
            "Open its review and decide what is hidden."
        )
        raise NeedsReview(sentence % words, question)
    if suggested.is_long(question):
        sentence = _("Number %(number)s is very long. Open its review and read it whole.")
        raise NeedsReview(sentence % {"number": question.number}, question)


@transaction.atomic
def withhold(question, *, actor, reason, at=None) -> Question:
    """Keep it off every public page, for one of four reasons; its turn is taken out at once.

    Tells the author, who is still answered. Raises PermissionDenied, Leased, MoveRefused for any
    other reason.
    """
    workflow.leases.refuse_to_others(question, actor=actor, at=at)
    workflow.withhold(question, actor=actor, reason=reason, at=at)
    take_out(question.pk, actor=actor, at=at)
    return _told(question)


@transaction.atomic
def merge(question, *, actor, into, at=None) -> Question:
    """Join it to another of the same event that asks the same; its own turn is taken out.

    Tells the author. Raises PermissionDenied, Leased, MoveRefused as `merge_question` does, and
    for one of another event, which nobody in this session would answer.
    """
    workflow.leases.refuse_to_others(question, actor=actor, at=at)
    if into.event_id != question.event_id:
        raise MoveRefused(_("That one belongs to another event. Choose one of this event."))
    workflow.merge_question(question, actor=actor, into=into, at=at)
    take_out(question.pk, actor=actor, at=at)
    return _told(question)


def take_out(question_pk, *, actor, at=None) -> LiveTurn | None:
    """Take a waiting turn off the queue and off the air, whatever else happens to its row."""
    for attempt in range(1, MOST_TRIES + 1):
        turn = LiveTurn.objects.filter(question=question_pk, status__in=T.WAITING).first()
        if turn is None:
            return None
        try:
            return LIVE_TURN.move(turn, "hide_now", actor=actor, at=at, ended_at=clock.now(at))
        except Overtaken:
            if attempt == MOST_TRIES:
                raise
    return None


def _told(question) -> Question:
    if question.event_id:
        session_changed(question.event)
    return question
