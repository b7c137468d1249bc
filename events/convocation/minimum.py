"""The legal minimum without which nothing is announced, for the workflow and for the checklist.

Four tasks: day, hour and media; subject and cut-off; agenda; the form with its closing day. The
rest of the list warns. A hearing that is called too late is no block either, but it wants a reason
that the public reads (Decreto 330 de 2007, art. 18).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from entity.registry import working_calendar
from events.legal_calendar import Duty, days_of
from events.models import Event
from portal.base import clock
from portal.base.dates import long_day

DATE_AND_MEDIA = "date_and_media"
SUBJECT = "subject_and_cutoff"
AGENDA = "agenda"
FORM = "form"


@dataclass(frozen=True)
class Piece:
    """One thing that must be there, and the task of the checklist that it belongs to."""

    task: str
    label: str
    is_there: Callable[[Event], bool]


PIECES = (
    Piece(AGENDA, _("the agenda"), lambda event: bool(event.agenda.all())),
    Piece(
        DATE_AND_MEDIA,
        _("a place or a stream"),
        lambda event: bool(event.venue) or bool(event.streams.all()),
    ),
    Piece(SUBJECT, _("what accounts are rendered about"), lambda event: bool(event.about)),
    Piece(SUBJECT, _("the cut-off day"), lambda event: bool(event.cutoff_on)),
    Piece(FORM, _("the day on which questions close"), lambda e: bool(e.questions_close_at)),
)


def missing(event: Event, task: str = "") -> list[str]:
    """What of the minimum is not there, in words; of one task only, where it is named."""
    return [
        str(piece.label)
        for piece in PIECES
        if task in ("", piece.task) and not piece.is_there(event)
    ]


def warnings(event: Event, at=None) -> list[str]:
    """What blocks nothing and wants to be known: a coming hearing without its notice in time."""
    is_coming = event.status in Event.Status.COMING and clock.now(at) < event.starts_at
    last_day = late_notice(event, at) if is_coming else None
    if last_day is None:
        return []
    words = _("The notice had to be issued by %(day)s, and there is no proof that it was.")
    return [str(words) % {"day": long_day(last_day)}]


def late_notice(event: Event, at=None) -> date | None:
    """The day until which the notice of a hearing had to be issued, where it was not.

    None in time, for other kinds of event, and where a proof says that it was issued in time.
    """
    last_day = days_of(event, working_calendar()).get(Duty.NOTICE)
    if last_day is None or clock.local_day(at) <= last_day:
        return None
    in_time = event.proofs.filter(duty=Duty.NOTICE, done_on__lte=last_day, wrong_at=None)
    return None if in_time.exists() else last_day
