"""The chores of the base itself."""

from datetime import timedelta

from portal.base import addresses, ticks

ticks.register("forget_old_counts", timedelta(hours=1), addresses.forget_old_counts)
