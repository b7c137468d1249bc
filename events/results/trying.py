"""A list of results: tried first, row by row, then written whole or not at all."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event, Result
from events.results import workflow
from events.results.columns import (
    COLUMN_OF,
    FIELDS,
    form_data,
    offices_by_word,
    sources_by_word,
)
from events.results.display import Row as Shown
from events.results.display import row_of
from events.results.forms import RowForm
from portal.base import sealed_rows
from portal.base.machine import MoveRefused
from portal.base.search import fold

SALT = "events.results.list"
UNKNOWN = {
    "oficina": gettext_lazy("There is no office “%(name)s”. Write its name or its code."),
    "fuente": gettext_lazy("The event has no document “%(name)s”. Write its title."),
}


@dataclass
class Row:
    """One row as it would be written, or with what keeps it from that."""

    number: int
    form: RowForm
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def shown(self) -> Shown:
        return row_of(self.form.instance)


@dataclass
class Tried:
    """A whole list after the dry run."""

    rows: list[Row]

    @property
    def wrong(self) -> list[Row]:
        return [row for row in self.rows if row.problems]


def tried(event: Event, rows: list[dict]) -> Tried:
    """Nothing is written. What is in the event already is a problem of its row."""
    named = {"oficina": offices_by_word(), "fuente": sources_by_word(event)}
    found = [_checked(row, named) for row in rows]
    _mark_doubles(event, found)
    return Tried(found)


def _checked(row: dict, named: dict) -> Row:
    form = RowForm(form_data(row["data"]))
    checked = Row(row["n"], form)
    for name, sentences in form.errors.items():
        checked.problems += [(COLUMN_OF.get(name, ""), sentence) for sentence in sentences]
    for column, known in named.items():
        written = row["data"].get(column, "")
        if written and fold(written) not in known:
            checked.problems.append((column, UNKNOWN[column] % {"name": written[:80]}))
        elif written:
            setattr(form.instance, FIELDS[column], known[fold(written)])
    return checked


def _likeness(result: Result) -> tuple:
    return (result.kind, result.programme, result.goal, result.cutoff_on)


def _mark_doubles(event: Event, rows: list[Row]) -> None:
    seen: dict = {}
    there = {_likeness(result): result.number for result in Result.objects.filter(event=event)}
    for row in rows:
        if row.problems:
            continue
        key = _likeness(row.form.instance)
        first = seen.setdefault(key, row)
        if first is not row:
            row.problems.append(("", _("It is the same as row %(n)s.") % {"n": first.number}))
        elif key in there:
            row.problems.append(
                ("", _("It is in the event already: result %(n)s.") % {"n": there[key]})
            )


def sealed(event: Event, actor, rows: list[dict]) -> str:
    """The rows as the page of the dry run carries them: for this person and this event only."""
    return sealed_rows.sealed(SALT, (event.pk, actor.pk), rows)


def opened(event: Event, actor, text: str) -> list[dict] | None:
    """The rows that were sealed; None where they are too old, of others, or were touched."""
    return sealed_rows.opened(SALT, (event.pk, actor.pk), text)


@transaction.atomic
def import_list(event: Event, *, rows: list[dict], actor, at=None) -> int:
    """Write a whole list, or nothing. Gives how many.

    Its rows are tried anew: what another person wrote meanwhile counts, and after a second press
    each row is there already. Raises MoveRefused where a row has errors.
    """
    Event.objects.select_for_update().get(pk=event.pk)  # two lists at once wait for each other
    found = tried(event, rows)
    if found.wrong or not found.rows:
        raise MoveRefused(_("Some rows have errors. Nothing was imported. Mend the list."))
    results = [row.form.instance for row in found.rows]
    return workflow.add_results(event, results, actor=actor, at=at)
