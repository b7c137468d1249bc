"""What the worker draws for events now and then."""

from datetime import timedelta

from events.takeaway import drawing
from portal.base import ticks

ticks.register("draw_sheets", timedelta(seconds=10), drawing.draw_due)
