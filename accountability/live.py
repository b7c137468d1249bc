"""What a live session leaves in this room: commitments as they are said, and the draft record."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accountability import attendance, workflow
from accountability.models import Commitment, SessionRecord
from events.models import Event, LogLine
from events.session import log
from events.session.state import live_of
from events.session.workflow import RUN
from portal.base import clock
from portal.base.machine import MoveRefused
from portal.base.models import Sequence
from portal.base.texts import clean_line, short_slug
from questions.workflow.machines import demand

MOST_LETTERS = Commitment._meta.get_field("title").max_length
SENT_TWICE = timedelta(seconds=30)


@transaction.atomic
def draft_commitment(event, *, actor, title, office, due_on, question=None, at=None) -> Commitment:
    """Write down what is being promised under the item of the moment, as a draft.

    The minute log keeps the second. Who runs the session may, since whoever hears it writes it;
    it is published by somebody else. The same words pressed twice are one. Raises
    PermissionDenied, MoveRefused for an empty or endless one, a date that is over, or an event
    that nobody announced.
    """
    demand(actor, RUN)
    at = clock.now(at)
    title = clean_line(title)
    _check(event, title, due_on, at)
    if question and question.event_id != event.pk:
        question = None
    said = LogLine.objects.filter(event=event, author=actor, at__gt=at - SENT_TWICE)
    keys = said.filter(about_kind="commitment").values("about_id")
    same = Commitment.objects.filter(pk__in=keys, title=title, office=office)
    if twice := same.first():
        return twice
    live = live_of(event)
    commitment = Commitment.objects.create(
        item=live.current_item if live else None,
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


def _check(event, title, due_on, at) -> None:
    if event.status == Event.Status.DRAFT:
        raise MoveRefused(_("The event is not announced yet."))
    if not title:
        raise MoveRefused(_("Write what is promised."))
    if len(title) > MOST_LETTERS:
        words = _("What is promised may have %(most)s letters at most.")
        raise MoveRefused(words % {"most": MOST_LETTERS})
    if due_on < clock.local_day(at):
        raise MoveRefused(_("The date of a commitment must lie ahead."))


@transaction.atomic
def fill_record(event, *, actor, at=None) -> SessionRecord:
    """The draft record of a session with what is known of it; what a person wrote stays.

    Attendance from the counts, length, and the recording of a stream. Raises PermissionDenied to
    who neither runs sessions nor publishes records.
    """
    if not actor.has_perm(workflow.PUBLISH):
        demand(actor, RUN)
    record, _made = SessionRecord.objects.get_or_create(event=event)
    if record.status != SessionRecord.Status.DRAFT:
        return record
    attendance.bring_counts(record)
    live = live_of(event)
    if live and live.ended_at and record.duration_seconds is None:
        begins = live.recording_from or live.opened_at
        record.duration_seconds = max(0, int((live.ended_at - begins).total_seconds()))
    stream = next((one for one in event.streams.all() if one.recording_url), None)
    if stream and not record.recording_url:
        record.recording_url, record.recording_label = stream.recording_url, stream.label[:80]
    record.save(update_fields=["duration_seconds", "recording_url", "recording_label"])
    return record
