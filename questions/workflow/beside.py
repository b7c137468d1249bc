"""What the desk does beside a case without moving it: notes, and a look at who sent it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from portal.base import clock
from portal.base.models import AccessEntry
from questions.models import Author, Note, Question
from questions.workflow.machines import APPROVE, MODERATE, OWN_OFFICE, demand, needed

IDENTITY = "questions.view_identity"
NOTERS = (MODERATE, APPROVE, OWN_OFFICE)


@transaction.atomic
def add_note(question, *, actor, text, at=None) -> Note:
    """Write an internal note. Only the staff that may see the case reads it.

    The last words of the same person sent again, as a second press does, are one note. Raises
    PermissionDenied, or MoveRefused without a text.
    """
    demand(actor, *NOTERS)
    if not Question.objects.visible_to(actor).filter(pk=question.pk).exists():
        raise PermissionDenied
    text = needed(text, _("Write the note."))
    last = question.notes.order_by("-pk").first()
    if last and (last.actor_id, last.text) == (actor.pk, text):
        return last
    return Note.objects.create(question=question, text=text, actor=actor, at=clock.now(at))


@transaction.atomic
def open_identity(question, *, actor, at=None) -> Author | None:
    """Give who sent it, and write down first who looked and when. Raises PermissionDenied."""
    demand(actor, IDENTITY)
    author = Author.objects.filter(question=question).first()
    AccessEntry.objects.create(
        actor=actor,
        kind="question",
        object_id=question.pk,
        reference=question.reference,
        what="identity",
        at=clock.now(at),
    )
    return author
