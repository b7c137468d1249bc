from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """The accountability event: invitation, agenda, schedule, streams, documents."""

    name = "events"
    verbose_name = _("Events")

    def ready(self):
        # News, the topic "event:…", what search reads.
        from events import document_search, feeds, notifications, schedule  # noqa: F401
        from events.convocation import chores  # noqa: F401 - registers the alarms of legal days
        from events.invitations import chores as invitations  # noqa: F401 - writes what is due
        from events.people import chores as people  # noqa: F401 - registers what is forgotten
        from events.takeaway import chores as sheets  # noqa: F401 - registers what is drawn
        from portal.base import clock

        clock.register_marks(schedule.clock_marks)
