"""What the worker does for convocations now and then."""

from datetime import timedelta

from events.convocation.notifications import tell_duties
from portal.base import ticks

ticks.register("tell_duties", timedelta(minutes=10), tell_duties)
