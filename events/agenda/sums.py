"""Whether the agenda fits into the time there is, in sentences that say by how much."""

from django.utils.translation import ngettext

from events import schedule
from events.models import AgendaItem, Event


def sentences(event: Event) -> list[str]:
    """What does not fit: the agenda against the event's length, parts against their moment."""
    items = list(event.agenda.all())
    if not items:
        return []
    found = [_against_the_event(schedule.minutes_over(event, items))]
    found += [_against_the_moment(timed) for timed in schedule.timed_agenda(event, items)]
    return [words for words in found if words]


def _against_the_event(over: int) -> str:
    if over > 0:
        words = ngettext(
            "The agenda is %(n)s minute longer than the event.",
            "The agenda is %(n)s minutes longer than the event.",
            over,
        )
    elif over < 0:
        words = ngettext(
            "The agenda is %(n)s minute shorter than the event.",
            "The agenda is %(n)s minutes shorter than the event.",
            -over,
        )
    else:
        return ""
    return words % {"n": abs(over)}


def _against_the_moment(timed: schedule.TimedItem) -> str:
    over = timed.minutes_over
    if over <= 0:
        return ""  # what the parts leave free is the moment's own
    words = ngettext(
        "The parts of “%(title)s” are %(n)s minute longer than it.",
        "The parts of “%(title)s” are %(n)s minutes longer than it.",
        over,
    )
    return words % {"title": timed.item.title, "n": over}


def total(items: list[AgendaItem]) -> int:
    """The minutes of the moments; their parts lie inside them."""
    return sum(item.minutes for item in items if not item.parent_id)
