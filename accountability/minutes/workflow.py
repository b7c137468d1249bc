"""The only writer of the states of minutes."""

from django.db import transaction
from django.utils.translation import gettext as _

from accountability import ledger, notifications, publishing
from accountability.conditions import PUBLISH, demand, needed
from accountability.models import Minutes
from events.session.state import live_of
from portal.base import clock
from portal.base.machine import Machine, MoveRefused

M = Minutes.Status

MINUTES = Machine(
    "minutes",
    "status",
    {
        "edit_minutes": ((M.DRAFT, M.IN_REMARKS), None),
        "open_to_remarks": ((M.DRAFT,), M.IN_REMARKS),
        "close_to_remarks": ((M.IN_REMARKS,), M.DRAFT),
        "approve_minutes": ((M.DRAFT, M.IN_REMARKS), M.APPROVED),
        "publish_minutes": ((M.APPROVED,), M.PUBLISHED),
    },
)


def known_of(event) -> dict:
    """The head of new minutes: hours of the session where there was one, else as planned."""
    live = live_of(event)
    return {
        "number": f"{event.pk:03d}-{clock.local_day(event.starts_at).year}",
        "place": event.venue or str(event.get_modality_display()),
        "started_at": (live and live.opened_at) or event.starts_at,
        "ended_at": (live and live.ended_at) or event.ends_at,
        "president": "",
        "secretary": "",
    }


def edited(minutes, *, actor, detail="", at=None) -> Minutes:
    """Note that a person, or the data, changed the text; call it in the transaction that does.

    Raises MoveRefused where the edition cannot change any more, Overtaken for the loser of two.
    """
    demand(actor, "accountability.change_minutes")
    MINUTES.move(minutes, "edit_minutes", actor=actor, at=at, detail=detail)
    if minutes.status == M.IN_REMARKS:
        publishing.archive_changed(minutes.event)
    return minutes


@transaction.atomic
def open_to_remarks(minutes, *, actor, until, at=None) -> Minutes:
    """Show the draft to everybody, who may send remarks until a day (that day included)."""
    demand(actor, PUBLISH)
    _demand_whole(minutes)
    if until < clock.local_day(at):
        raise MoveRefused(_("Choose a day that has not passed."))
    MINUTES.move(minutes, "open_to_remarks", actor=actor, at=at, remarks_until=until)
    publishing.archive_changed(minutes.event)
    return minutes


@transaction.atomic
def close_to_remarks(minutes, *, actor, at=None) -> Minutes:
    """Take the draft back from the public; remarks that came are still answered."""
    demand(actor, PUBLISH)
    MINUTES.move(minutes, "close_to_remarks", actor=actor, at=at)
    publishing.archive_changed(minutes.event)
    return minutes


def _demand_whole(minutes) -> None:
    if not minutes.sections.exists() or not minutes.signatories.exists():
        raise MoveRefused(_("The minutes need their sections and who signs them."))


@transaction.atomic
def approve_minutes(minutes, *, actor, at=None) -> Minutes:
    """The minutes are approved and wait for publication: every remark has its reply by then."""
    demand(actor, PUBLISH)
    _demand_whole(minutes)
    if minutes.remarks.waiting().exists():
        raise MoveRefused(_("There are remarks without a reply. Answer them first."))
    if minutes.status == M.IN_REMARKS and clock.local_day(at) <= minutes.remarks_until:
        raise MoveRefused(_("Remarks may still come: its last day has not passed."))
    return MINUTES.move(minutes, "approve_minutes", actor=actor, at=at)


@transaction.atomic
def publish_minutes(minutes, *, actor, at=None) -> Minutes:
    """Publish an approved edition; from then on it never changes. Tells who follows the event."""
    demand(actor, PUBLISH)
    MINUTES.move(minutes, "publish_minutes", actor=actor, at=at, published_at=clock.now(at))
    publishing.archive_changed(minutes.event)
    publishing.minutes_changed(minutes)
    ledger.minutes_published(minutes, at=at)
    notifications.minutes_published(minutes, at=at)
    return minutes


@transaction.atomic
def new_edition(minutes, *, actor, change_note) -> Minutes:
    """Copy a published edition into a draft of the next one: the published one never changes."""
    demand(actor, "accountability.add_minutes")
    note = needed(change_note, _("Write what the new edition changes: it is shown to the public."))
    if minutes.status != M.PUBLISHED:
        raise MoveRefused(_("Only published minutes need a new edition."))
    editions = minutes.event.minutes_editions
    if editions.exclude(status=M.PUBLISHED).exists():
        raise MoveRefused(_("There is already an edition in preparation."))
    last = editions.first()
    copied = ("event", "number", "place", "started_at", "ended_at", "president", "secretary")
    fresh = Minutes.objects.create(
        edition=last.edition + 1, change_note=note, **{name: getattr(last, name) for name in copied}
    )
    for row in [*last.sections.all(), *last.signatories.all()]:
        row.pk, row._state.adding, row.minutes = None, True, fresh
        row.save()
    return fresh
