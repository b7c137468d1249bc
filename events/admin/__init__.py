"""Events and their kinds in the staff desk."""

from events.admin import contacts, deliveries, event, kinds, people, results, topics

__all__ = ["contacts", "deliveries", "event", "kinds", "people", "results", "topics"]
