"""What the worker builds now and then."""

from datetime import timedelta

from accountability.package import workflow
from portal.base import ticks

ticks.register("build_packages", timedelta(seconds=10), workflow.build_due)
