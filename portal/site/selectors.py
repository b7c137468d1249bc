"""What the pages over all rooms read, in a constant number of queries."""

from dataclasses import dataclass

from accountability.models import Minutes
from entity.models import PrivacyNotice
from entity.registry import registry
from events import schedule
from events.models import Event
from events.selectors import EventPage, event_page, with_page_data
from portal.base import clock
from questions.models import Answer, Question


@dataclass(frozen=True)
class HomePage:
    """The event in focus, if there is one, and the last one that was held."""

    focus: EventPage | None
    last_held: Event | None

    @property
    def is_over(self) -> bool:
        return self.focus is not None and self.focus.phase == schedule.Phase.PAST

    @property
    def is_live(self) -> bool:
        return self.focus is not None and self.focus.shows_session


def home_page(at=None) -> HomePage:
    """The event of `schedule.event_in_focus`; a coming one is read with all that its page shows.

    Raises NotSetUp before `setup_entity`.
    """
    registry()
    at = clock.now(at)
    whole = with_page_data(Event.objects.public())
    event = whole.upcoming(at).first() or schedule.event_in_focus(at)
    if event is None:
        return HomePage(None, None)
    page = event_page(event, at)
    if page.phase != schedule.Phase.PAST:
        return HomePage(page, Event.objects.public().held().first())
    return HomePage(page, event if event.status == Event.Status.HELD else None)


def corrected_answers():
    """Published editions of published answers that corrected an earlier one, newest first."""
    return (
        Answer.objects.public()
        .filter(edition__gt=1, question__in=Question.objects.public())
        .select_related("question")
        .order_by("-published_at", "-pk")
    )


def corrected_minutes():
    """Published editions of minutes that corrected an earlier one, newest first."""
    return (
        Minutes.objects.public()
        .filter(edition__gt=1)
        .select_related("event")
        .order_by("-published_at", "-pk")
    )


def notice_marks():
    """Instants at which another privacy notice comes into force, and its page changes."""
    return PrivacyNotice.objects.values_list("in_force_from", flat=True)
