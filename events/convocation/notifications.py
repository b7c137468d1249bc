"""Alarms to the team: duties that end soon without a proof, and those that are late.

Each step (5, 2 and 1 working days, late) is told once, all that is due on a day in one message to
each person. What a worker that was down missed is told on the next working morning. The history
keeps what was told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from entity.registry import is_set_up, working_calendar
from events.convocation.duties import DutyRow, legal_panel
from events.legal_calendar import Duty
from events.models import Event
from portal.base import clock, mail_words, outbox
from portal.base.dates import short_day
from portal.base.desk_mail import desk, with_role
from portal.base.machine import record
from portal.base.models import Transition

HOUR = 7
STEPS = (1, 2, 5)
LATE = "late"
TOLD = "tell_duty"
ANNOUNCE = "events.announce_event"
# An event of long ago without its proofs is history, no alarm.
REMEMBERED = timedelta(days=60)

mail_words.register("duties", lambda parts: _("Legal days of events, to the team"))


@dataclass(frozen=True)
class Alarm:
    """One step of one duty that was not told yet."""

    event: Event
    row: DutyRow
    step: str

    @property
    def detail(self) -> str:
        """The last day belongs to it: a new date of the event is told anew."""
        return f"{self.row.duty}:{self.row.last_day.isoformat()}:{self.step}"


def tell_duties(at=None) -> int:
    """Write to the team once on a working day, from seven on; says how many people it wrote to."""
    at = clock.now(at)
    today = clock.local_day(at)
    if at < clock.day_start(today) + timedelta(hours=HOUR) or not is_set_up():
        return 0
    if not working_calendar().is_working_day(today) or _was_told_on(today):
        return 0
    alarms = list(_alarms(today, at))
    return _tell(alarms, today, at) if alarms else 0


def _was_told_on(today) -> bool:
    day = clock.day_start(today)
    told = Transition.objects.filter(kind="event", move=TOLD, at__gte=day)
    return told.filter(at__lt=day + timedelta(days=1)).exists()


def _alarms(today, at) -> Iterator[Alarm]:
    status = Event.Status
    coming = Q(status__in=(status.DRAFT, status.ANNOUNCED, status.SUSPENDED, status.HELD))
    events = Event.objects.filter(coming, starts_at__gte=at - REMEMBERED).select_related("kind")
    for event in events.order_by("starts_at"):
        moves = Transition.objects.of("event", event.pk).filter(move=TOLD)
        told = set(moves.values_list("detail", flat=True))
        for row in legal_panel(event, at):
            alarm = Alarm(event, row, _step(row, today))
            if alarm.step and alarm.detail not in told:
                yield alarm


def _step(row: DutyRow, today) -> str:
    """Which step a duty without a proof has reached; none while it is far or done."""
    if row.done_on or row.duty == Duty.HEARING:
        return ""
    if row.last_day < today:
        return LATE
    left = working_calendar().count(today, row.last_day)
    return next((str(step) for step in STEPS if left <= step), "")


@transaction.atomic
def _tell(alarms: list[Alarm], today, at) -> int:
    team = with_role(ANNOUNCE)
    for user in team:
        outbox.queue(
            f"duties:{today:%Y-%m-%d}:{user.pk}",
            to=user.email, compose=lambda: _letter(alarms), at=at,
        )  # fmt: skip
    for alarm in alarms if team else ():
        record("event", alarm.event.pk, "duty", TOLD, after=alarm.step, at=at, detail=alarm.detail)
    return len(team)


def _letter(alarms: list[Alarm]) -> outbox.Letter:
    return outbox.Letter(
        _("Legal days of your events"),
        [_("These duties have no proof yet, and their day is near or over.")],
        _("See the convocation"),
        _page(alarms[0].event),
        items=[outbox.Item(_line(alarm), _page(alarm.event)) for alarm in alarms],
    )


def _page(event: Event) -> str:
    return desk("events_event_convocation", event.pk)


def _line(alarm: Alarm) -> str:
    words = {
        "duty": alarm.row.label,
        "event": alarm.event.title,
        "day": short_day(alarm.row.last_day),
        "left": alarm.row.light.words,
    }
    return _("%(duty)s (%(event)s): until %(day)s. %(left)s") % words
