"""What the worker writes for rounds of invitations."""

from datetime import timedelta

from events.invitations import sending
from portal.base import ticks

ticks.register("write_invitations", timedelta(seconds=5), sending.expand_due)
