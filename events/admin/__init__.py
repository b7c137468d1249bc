"""Events and their kinds in the staff desk."""

from events.admin import deliveries, event, kinds, people, results, topics

__all__ = ["deliveries", "event", "kinds", "people", "results", "topics"]
