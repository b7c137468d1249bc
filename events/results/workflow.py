"""Results come to exist here: each with a number of its event that no other one ever had."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from events import publishing
from events.models import Event, Result
from portal.base.machine import record
from portal.base.models import Sequence


def number_result(result: Result) -> None:
    """Give a new result its number, and its place at the end where none was chosen.

    Call it in the transaction that writes the row: a rollback gives the number back.
    """
    result.number = Sequence.take(f"result:{result.event_id}")
    if not result.order:
        last = Result.objects.filter(event=result.event_id).aggregate(last=Max("order"))["last"]
        result.order = (last or 0) + 1


@transaction.atomic
def add_results(event: Event, results: Iterable[Result], *, actor, at=None) -> int:
    """Write new results at the end of the event's, in their order; its pages show them.

    Tells nobody. Gives how many there were.
    """
    count = 0
    for result in results:
        result.event, result.order = event, 0
        number_result(result)
        result.save(force_insert=True)
        count += 1
    record("event", event.pk, "results", "add_results", after=str(count), actor=actor, at=at)
    publishing.event_changed(event, at=at)
    return count
