"""What the author writes by mail about a case that exists already."""

from django.db import transaction

from portal.base import clock
from questions import notifications
from questions.models import Note, Question, QuestionFile
from questions.workflow.author import answer_clarification


@transaction.atomic
def receive_message(
    question, *, text, reply, files=(), tells=True, received_at=None, at=None
) -> Question:
    """Keep a mail of the author as a note beside the case, with its files.

    `reply` is the part of `text` that is new. Where a clarification was asked before the mail
    came, it is the reply to it, and the clock runs again from the day on which the mail came. A
    closed case stays closed: the author is told how to reopen it. `tells` is False where the
    author got enough mails for now. Raises Overtaken where somebody moved the case meanwhile.
    """
    came = received_at or clock.now(at)
    QuestionFile.objects.bulk_create(
        QuestionFile(question=question, stored=stored, source=QuestionFile.Source.MAIL)
        for stored in files
    )
    if _is_waiting(question, came):
        answer_clarification(question, reply=reply, at=came)
        if reply == text:
            return question
        tells = False  # that the clarification came is told already
    note = Note.objects.create(question=question, kind=Note.Kind.FROM_AUTHOR, text=text, at=came)
    if tells:
        notifications.message_received(question, note, at=at)
    return question


def _is_waiting(question, came) -> bool:
    """Whether a clarification was asked for before this mail came, and none arrived yet."""
    if question.status != Question.Status.NEEDS_CLARIFICATION:
        return False
    return question.clarifications.filter(replied_at__isnull=True, asked_at__lte=came).exists()
