"""What the staff is told: a digest in the morning of working days, and reminders of due days.

Numbers, links and days: no words of a citizen and no names. Both are written once a day for each
person, so a chore that runs twice, or on two machines, tells nothing twice. What a worker that was
down missed is told later on the same day or not at all.
"""

from datetime import timedelta

from django.utils import timezone

from entity.registry import working_calendar
from portal.base import clock
from portal.base.models import Tick
from questions import notifications, selectors_digest
from questions.notifications_staff.digests import send_digests
from questions.notifications_staff.reminders import send_reminders

HOUR = 7
MARK = "morning_notices"


def tell_morning(at=None) -> int:
    """Digests, reminders, and word to authors of what is late; a chore of the worker.

    On working days, once, from seven in the morning on. Says how many people it wrote to.
    """
    at = timezone.localtime(clock.now(at))
    today = at.date()
    if at.hour < HOUR or not working_calendar().is_working_day(today):
        return 0
    mark, _created = Tick.objects.get_or_create(name=MARK, defaults={"due_at": at})
    if mark.ran_at and clock.local_day(mark.ran_at) >= today:
        return 0
    since = clock.day_start(working_calendar().add(today, -1)) + timedelta(hours=HOUR)
    told = (
        send_digests(today, since, at) + send_reminders(today, at) + _tell_late_authors(today, at)
    )
    # Marked at the end: a worker that dies before it leaves the rest to the next one.
    Tick.objects.filter(name=MARK).update(ran_at=at, due_at=at + timedelta(days=1))
    return told


def _tell_late_authors(today, at) -> int:
    found = selectors_digest.late_since(today)
    for question in found:
        notifications.late(question, at=at)
    return len(found)
