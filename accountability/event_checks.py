"""What the archive says in the checklist and in the legal calendar of an event."""

from datetime import date

from django.utils.translation import gettext as _

from accountability.models import Commitment, Minutes, SessionRecord
from events.convocation import checklist, duties
from events.convocation.checklist import Verdict
from events.legal_calendar import Duty
from events.models import Event
from portal.base import clock


def recording(event: Event) -> Verdict:
    record = SessionRecord.objects.filter(event=event).first()
    if record is None or not record.recording_address:
        return Verdict(False, _("There is no recording."))
    if not record.has_captions:
        return Verdict(False, _("The captions are missing."))
    is_public = record.status == SessionRecord.Status.PUBLISHED
    return Verdict(is_public, "" if is_public else _("The recording is not public yet."))


def commitments(event: Event) -> Verdict:
    """Each has an office and a date; what is missing is to publish them."""
    statuses = list(Commitment.objects.filter(event=event).values_list("status", flat=True))
    drafts = statuses.count(Commitment.Status.DRAFT)
    told = {"n": len(statuses) - drafts, "total": len(statuses)}
    note = _("%(n)s of %(total)s published") % told if statuses else ""
    return Verdict(bool(statuses) and not drafts, note)


def minutes(event: Event) -> Verdict:
    published = _published(event).prefetch_related("signatories").last()
    if published is None:
        return Verdict(False, _("The minutes are not public yet."))
    unsigned = [who for who in published.signatories.all() if who.signed_on is None]
    if unsigned or not published.signatories.all():
        return Verdict(False, _("A signature is missing."))
    return Verdict(True)


def closed(event: Event) -> Verdict:
    is_held = event.status == Event.Status.HELD
    return Verdict(is_held and SessionRecord.objects.public().filter(event=event).exists())


def minutes_on(event: Event) -> date | None:
    """The day of the first edition: the later ones correct it."""
    first = _published(event).first()
    return clock.local_day(first.published_at) if first else None


def _published(event: Event):
    return Minutes.objects.public().filter(event=event).order_by("edition")


checklist.register_check("recording", recording)
checklist.register_check("commitments", commitments)
checklist.register_check("minutes", minutes)
checklist.register_check("closed", closed)
duties.register_fact(Duty.MINUTES, minutes_on)
