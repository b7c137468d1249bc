"""Where a turn stands in the queue of its event. Orders are only compared, never shown."""

from django.db.models import Max, Min
from django.utils.translation import gettext as _

from portal.base.machine import MoveRefused, Overtaken
from questions.models import LiveTurn

# Far from zero, so that there is always room before the first one.
FIRST = 100_000


def tail(event) -> int:
    last = _queue(event).aggregate(last=Max("order"))["last"]
    return FIRST if last is None else last + 1


def head(event) -> int:
    first = _queue(event).aggregate(first=Min("order"))["first"]
    return FIRST if first is None else max(first - 1, 0)


def swap(turn, *, up: bool) -> None:
    """Change places with the neighbour: both orders must still be the ones that were read.

    Both rows are written in the order of their keys, so two operators never wait for each other
    in a circle. Raises MoveRefused at the end of the queue, Overtaken where one of both moved.
    """
    queue = _in_distinct_order(turn.event)
    place = next((n for n, other in enumerate(queue) if other.pk == turn.pk), None)
    if place is None:
        raise Overtaken(_("It is not in the queue any more. Nothing was moved: look again."))
    other = place - 1 if up else place + 1
    if not 0 <= other < len(queue):
        raise MoveRefused(_("It is the first one already.") if up else _("It is the last one."))
    mine, its = queue[place], queue[other]
    wanted = {mine.pk: (mine.order, its.order), its.pk: (its.order, mine.order)}
    for pk, (before, after) in sorted(wanted.items()):
        if _queue(turn.event).filter(pk=pk, order=before).update(order=after) != 1:
            raise Overtaken(_("Somebody changed the queue a moment ago. Look at it again."))
    turn.order = its.order


def _in_distinct_order(event) -> list[LiveTurn]:
    """The queue; two that were queued in the same moment may have one order: then all get anew."""
    queue = list(_queue(event).only("pk", "order"))
    if len({turn.order for turn in queue}) < len(queue):
        for number, turn in enumerate(queue):
            turn.order = FIRST + number
        LiveTurn.objects.bulk_update(queue, ["order"])
    return queue


def _queue(event):
    return LiveTurn.objects.filter(event=event).queued()
