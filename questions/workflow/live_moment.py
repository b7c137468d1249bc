"""The moment of the recording in which a contribution was answered aloud."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal.base.machine import MoveRefused, record
from questions import publishing
from questions.models import Question
from questions.workflow.machines import ENTER, MODERATE, demand, is_of_office

LONGEST = 24 * 3600


@transaction.atomic
def set_live_moment(question, *, actor, second: int | None, at=None) -> Question:
    """Note the second of the recording, or take it away (None); it is public with the answer.

    The office, the desk and communications may, also after the answer is published: it points at
    what was said and changes no word of it. Not part of the revision, so that it overtakes nobody
    who is writing. Raises MoveRefused where there was no event or no such second.
    """
    if not is_of_office(actor, question.office):
        demand(actor, MODERATE, ENTER)
    return note_live_moment(question, actor=actor, second=second, at=at)


def note_live_moment(question, *, actor, second: int | None, at=None) -> Question:
    """The same for who marks it in the console; call it inside a transaction."""
    if question.event_id is None:
        raise MoveRefused(_("It belongs to no event, so there is no recording."))
    if second is not None and not 0 <= second <= LONGEST:
        raise MoveRefused(_("The recording is not that long."))
    if second == question.live_second:
        return question
    before, question.live_second = question.live_second, second
    Question.objects.filter(pk=question.pk).update(live_second=second)
    record(
        "question", question.pk, "live_second", "set_live_moment",
        before=_words(before), after=_words(second), actor=actor, at=at,
    )  # fmt: skip
    publishing.question_changed(question)
    return question


def _words(second: int | None) -> str:
    return "" if second is None else str(second)
