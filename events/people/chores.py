"""What the worker forgets of people some time after their event (D. 1377/2013 art. 11)."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from events.models import Attendee, Speaker
from portal.base import ticks


def forget_contacts(at) -> int:
    """Erase how to reach who registered, and what they needed; who spoke and came stays."""
    ended = at - timedelta(days=settings.PEOPLE_KEPT_DAYS)
    reachable = ~Q(email="") | ~Q(phone="")
    speakers = Speaker.objects.filter(reachable, event__ends_at__lt=ended)
    attendees = Attendee.objects.filter(reachable | ~Q(needs=""), event__ends_at__lt=ended)
    return speakers.update(email="", phone="") + attendees.update(email="", phone="", needs="")


ticks.register("forget_contacts_of_people", timedelta(hours=6), forget_contacts)
