"""The demonstration's results: what each event renders accounts about."""

from entity.models import Office
from events.models import Event, Result
from events.results.workflow import add_results

NUMBERS = ("planned", "reached", "money_planned", "money_executed")
TEXTS = ("programme", "goal", "unit", "difficulty")


def load(event: Event, rows: list[dict], actor, at) -> None:
    """Write the rows of an event's data in their order."""
    offices = {office.code: office for office in Office.objects.all()}
    sources = {document.title: document for document in event.documents.all()}
    add_results(event, [_result(event, row, offices, sources) for row in rows], actor=actor, at=at)


def _result(event, row, offices, sources) -> Result:
    return Result(
        kind=row["kind"],
        cutoff_on=event.cutoff_on,
        office=offices[row["office"]],
        source=sources[row["source"]] if "source" in row else None,
        **{name: row.get(name, "") for name in TEXTS},
        **{name: row.get(name) for name in NUMBERS},
    )
