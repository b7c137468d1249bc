"""What pages read of an event's results, in a constant number of queries."""

from dataclasses import dataclass
from itertools import groupby

from events.models import Event, Result
from events.results.display import Row, row_of

MOST_ON_EVENT_PAGE = 12


@dataclass(frozen=True)
class Programme:
    """Results under one programme; its name is empty for those of none."""

    name: str
    rows: list[Row]


def results_of(event: Event):
    """Results in their order, with what a row shows."""
    return (
        Result.objects.filter(event=event)
        .select_related("office", "source", "source__stored")
        .order_by("order", "number")
    )


def by_programme(results) -> list[Programme]:
    """Rows under their programmes: these in the order in which each comes first."""
    results = list(results)
    first = {}
    for place, result in enumerate(results):
        first.setdefault(result.programme, place)
    results.sort(key=lambda result: first[result.programme])
    grouped = groupby(results, key=lambda result: result.programme)
    return [Programme(name, [row_of(result) for result in rows]) for name, rows in grouped]


@dataclass(frozen=True)
class Part:
    """What the page of the event shows: the first rows, and how many there are."""

    programmes: list[Programme]
    total: int

    @property
    def is_cut(self) -> bool:
        return self.total > MOST_ON_EVENT_PAGE


def part_of(event: Event) -> Part:
    """The first results by programme; one query, none for an event that has none."""
    results = list(results_of(event)) if getattr(event, "has_results", True) else []
    left, shown = MOST_ON_EVENT_PAGE, []
    for programme in by_programme(results):
        if left:
            shown.append(Programme(programme.name, programme.rows[:left]))
            left -= len(shown[-1].rows)
    return Part(shown, len(results))


def programme_names(results) -> list[str]:
    """Each programme once, in its order."""
    return list(dict.fromkeys(result.programme for result in results if result.programme))
