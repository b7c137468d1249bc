"""Events and their kinds in the staff desk."""

from events.admin import event, kinds

__all__ = ["event", "kinds"]
