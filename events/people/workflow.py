"""Who comes and who speaks: the only writer of their status.

A seat is given under a lock on the event, so two people never get the last one. What a person
gives is consented to, kept apart from every public page, and erased some time after the event.
"""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from entity import consenting
from entity.models import Consent, PrivacyNotice
from events.models import Attendee, Event, Speaker
from events.people import notifications, windows
from portal.base import clock, secret_codes
from portal.base.machine import Machine, MoveRefused, record

MANAGE = "events.manage_people"
PURPOSE = "attend"
A, S = Attendee.Status, Speaker.Status

ATTENDEE = Machine(
    kind="attendee",
    column="status",
    moves={
        "give_seat": ((A.WAITING,), A.CONFIRMED),
        "cancel_attendance": ((A.CONFIRMED, A.WAITING), A.CANCELLED),
    },
)
SPEAKER = Machine(
    kind="speaker",
    column="status",
    moves={
        "withdraw_speaker": ((S.REGISTERED,), S.WITHDRAWN),
        "mark_heard": ((S.REGISTERED, S.ABSENT), S.HEARD),
        "mark_absent": ((S.REGISTERED, S.HEARD), S.ABSENT),
    },
)


class PageUsed(MoveRefused):
    """The page registered somebody else before; drawn anew, with another token, it works."""


@dataclass(frozen=True)
class Person:
    """What somebody gives to put their name down. `token` makes it once."""

    token: str
    name: str
    email: str = ""
    phone: str = ""
    organisation: str = ""
    municipality: object = None
    notice: PrivacyNotice | None = None
    means: str = Consent.Means.PORTAL
    language: str = "es-co"
    more: dict = field(default_factory=dict)

    @property
    def code(self) -> str:
        return secret_codes.derived("person", self.token)

    @property
    def columns(self) -> dict:
        names = ("name", "email", "phone", "organisation", "municipality", "language")
        digest = secret_codes.digest("person-code", self.code)
        return {**{name: getattr(self, name) for name in names}, "code_digest": digest, **self.more}


def find(model, event: Event, typed: str):
    """Who has this code for this event; None where nobody has."""
    code = secret_codes.normalised(typed)
    digest = secret_codes.digest("person-code", code)
    return model.objects.filter(event=event, code_digest=digest).first()


def _demand(actor) -> None:
    if not actor.has_perm(MANAGE):
        raise PermissionDenied


def _lock(event: Event) -> Event:
    """Registrations of an event go one after the other (SQLite has one writer anyway)."""
    return Event.objects.select_for_update().get(pk=event.pk)


def seats_left(event: Event) -> int | None:
    """How many seats nobody has; None where they are not counted."""
    if event.seats is None:
        return None
    return max(event.seats - event.attendees.filter(status=A.CONFIRMED).count(), 0)


@transaction.atomic
def register_attendee(event, person: Person, *, actor=None, at=None) -> Attendee:
    """Put a name down for a seat, or on the waiting list when none is left; tells the person.

    The same token, or the same e-mail, twice is one registration, and its mail is sent again.
    Raises MoveRefused when the event takes no names (any more), PageUsed for a second person.
    """
    if actor is None and not windows.takes_attendees(event, at):
        raise MoveRefused(_("Registration to attend is closed."))
    if actor is not None:
        _demand(actor)
    event = _lock(event)
    known = _known(event, person)
    if known:
        notifications.attendee_again(known, at=at)
        return known
    _demand_new_page(Attendee, person)
    left = seats_left(event)
    status = A.WAITING if left == 0 else A.CONFIRMED
    attendee = Attendee.objects.create(event=event, status=status, **person.columns)
    _keep(attendee, "attendee", person, "register_attendee", actor, at)
    notifications.attendee_registered(attendee, person, at=at)
    return attendee


def _demand_new_page(model, person) -> None:
    """A code belongs to one registration for ever, a cancelled one or another event's too."""
    if model.objects.filter(code_digest=person.columns["code_digest"]).exists():
        words = _("With this page somebody was registered already. To register, press once more.")
        raise PageUsed(words)


def _known(event, person) -> Attendee | None:
    rows = event.attendees.exclude(status=A.CANCELLED)
    digest = person.columns["code_digest"]
    same = rows.filter(code_digest=digest, name=person.name).first()
    return same or (rows.filter(email=person.email).first() if person.email else None)


def _keep(row, kind, person, move, actor, at) -> None:
    record(kind, row.pk, "status", move, after=row.status, actor=actor, at=at)
    if person.notice:
        consenting.keep(
            kind, row.pk, person.notice, purpose=PURPOSE, means=person.means, at=clock.now(at)
        )


@transaction.atomic
def cancel_attendance(attendee, *, actor=None, at=None) -> Attendee:
    """Give the seat back; the first who waits gets it and is told. `actor` None is the person."""
    if actor is not None:
        _demand(actor)
    event = _lock(attendee.event)
    had_seat = attendee.status == A.CONFIRMED
    ATTENDEE.move(attendee, "cancel_attendance", actor=actor, at=at)
    if had_seat:
        _give_seat(event, at)
    return attendee


def _give_seat(event, at) -> None:
    waiting = event.attendees.filter(status=A.WAITING).order_by("registered_at", "pk").first()
    if waiting and seats_left(event) and clock.now(at) < event.ends_at:
        ATTENDEE.move(waiting, "give_seat", at=at)
        notifications.seat_given(waiting, at=at)


@transaction.atomic
def walk_in(event, person: Person, *, actor, at=None) -> Attendee:
    """Somebody came without registering: they are in, whatever the list says.

    Raises PageUsed when the page registered another person before.
    """
    _demand(actor)
    person.more.update(is_walk_in=True, checked_in_at=clock.now(at), checked_in_by=actor)
    columns = person.columns
    digest = columns["code_digest"]
    if same := event.attendees.filter(code_digest=digest, name=person.name).first():
        return same
    _demand_new_page(Attendee, person)
    attendee = Attendee.objects.create(event=event, status=A.CONFIRMED, **columns)
    _keep(attendee, "attendee", person, "walk_in", actor, at)
    return attendee


@transaction.atomic
def check_in(attendee, *, actor, at=None) -> bool:
    """They came in; False when they were in already. A cancelled registration comes in too."""
    _demand(actor)
    first = Attendee.objects.filter(pk=attendee.pk, checked_in_at__isnull=True)
    came = bool(first.update(checked_in_at=clock.now(at), checked_in_by=actor))
    attendee.refresh_from_db()
    if came:
        record("attendee", attendee.pk, "checked_in", "check_in", after="in", actor=actor, at=at)
    return came


@transaction.atomic
def register_speaker(event, person: Person, *, actor=None, at=None) -> Speaker:
    """Put a name down to speak, last in the order; tells the person. The same token is once.

    Raises MoveRefused after the day of closing; who enters what came by another way may do so
    until the event begins. Raises PageUsed for a second person.
    """
    if actor is None and not windows.takes_speakers(event, at):
        raise MoveRefused(_("Registration to speak is closed."))
    if actor is not None:
        _demand(actor)
    event = _lock(event)
    columns = person.columns
    own = {name: columns.get(name, "") for name in ("code_digest", "name", "theme")}
    if known := event.speakers.filter(**own).first():
        return known
    _demand_new_page(Speaker, person)
    last = event.speakers.order_by("-order").values_list("order", flat=True).first() or 0
    speaker = Speaker.objects.create(event=event, order=last + 1, entered_by=actor, **columns)
    _keep(speaker, "speaker", person, "register_speaker", actor, at)
    notifications.speaker_registered(speaker, person, at=at)
    return speaker


@transaction.atomic
def withdraw_speaker(speaker, *, actor=None, at=None) -> Speaker:
    """They will not speak. `actor` None is the person."""
    if actor is not None:
        _demand(actor)
    return SPEAKER.move(speaker, "withdraw_speaker", actor=actor, at=at)


@transaction.atomic
def mark_heard(speaker, *, actor, at=None) -> Speaker:
    """They spoke."""
    _demand(actor)
    return SPEAKER.move(speaker, "mark_heard", actor=actor, at=at)


@transaction.atomic
def spoke(speaker, *, actor, at=None) -> Speaker:
    """Their turn in the session is over: they were heard. Who runs the session says so."""
    if SPEAKER.allows(speaker, "mark_heard"):
        SPEAKER.move(speaker, "mark_heard", actor=actor, at=at)
    return speaker


@transaction.atomic
def mark_absent(speaker, *, actor, at=None) -> Speaker:
    """They were called and did not come."""
    _demand(actor)
    return SPEAKER.move(speaker, "mark_absent", actor=actor, at=at)


@transaction.atomic
def move_speaker(speaker, *, actor, up: bool, at=None) -> None:
    """One place earlier or later in the order; at the end it stays where it is."""
    _demand(actor)
    event = _lock(speaker.event)
    rows = list(event.speakers.exclude(status=S.WITHDRAWN))
    place = next((n for n, row in enumerate(rows) if row.pk == speaker.pk), None)
    other = None if place is None else place + (-1 if up else 1)
    if other is None or not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for order, row in enumerate(rows, 1):
        if row.order != order:
            Speaker.objects.filter(pk=row.pk).update(order=order)
    record("speaker", speaker.pk, "order", "move_speaker", after="", actor=actor, at=at)
