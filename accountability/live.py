"""What a live session leaves in this room: commitments written down while they are being said."""

from django.db import transaction
from django.utils.translation import gettext as _

from accountability.models import Commitment
from events.models import LogLine
from events.session import log
from events.session.workflow import RUN
from portal.base import clock
from portal.base.machine import MoveRefused
from portal.base.models import Sequence
from portal.base.texts import clean_line, short_slug
from questions.workflow.machines import demand


@transaction.atomic
def draft_commitment(event, *, actor, title, office, due_on, question=None, at=None) -> Commitment:
    """Write down what is being promised, as a draft under the next reference.

    The minute log keeps the second. Who runs the session may, since whoever hears it writes it;
    it is published by somebody else. Raises PermissionDenied, MoveRefused for an empty one or a
    date that is over.
    """
    demand(actor, RUN)
    at = clock.now(at)
    title = clean_line(title)
    if not title:
        raise MoveRefused(_("Write what is promised."))
    if due_on < clock.local_day(at):
        raise MoveRefused(_("The date of a commitment must lie ahead."))
    commitment = Commitment.objects.create(
        reference=f"C-{Sequence.take('commitment'):02d}",
        slug=short_slug(title),
        event=event,
        title=title,
        promised=title,
        question=question,
        office=office,
        original_due_on=due_on,
        due_on=due_on,
    )
    words = {"title": title, "office": office.short_name}
    # a draft is nobody's promise yet: only the team reads the line until the record is published
    log.add(
        event, LogLine.Kind.COMMITMENT, _("Commitment: %(title)s (%(office)s)") % words,
        actor=actor, at=at, about_kind="commitment", about_id=commitment.pk, is_public=False,
    )  # fmt: skip
    return commitment
