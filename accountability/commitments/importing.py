"""A list of commitments: tried first, row by row, then written as drafts."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from accountability import workflow
from accountability.commitments.columns import COLUMN_OF, RowForm
from accountability.models import Commitment
from entity.registry import registry
from events.models import Event
from portal.base import clock, sealed_rows
from portal.base.machine import MoveRefused
from portal.base.search import fold
from questions.models import Question

SALT = "accountability.commitments.list"
LETTERS_SHOWN, MOST_DIGITS = 80, 9
EVERYWHERE = ("", "toda la region", "todos")


@dataclass
class Row:
    """One row as it would be written, or with what keeps it from that."""

    number: int
    form: RowForm
    linked: dict = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.form.data.get("title", "")

    @property
    def values(self) -> dict:
        return {**self.form.cleaned_data, **self.linked}


@dataclass
class Tried:
    """A whole list after the dry run."""

    rows: list[Row]

    @property
    def right(self) -> list[Row]:
        return [row for row in self.rows if not row.problems]

    @property
    def wrong(self) -> list[Row]:
        return [row for row in self.rows if row.problems]


def tried(event: Event, rows: list[dict]) -> Tried:
    """Nothing is written. What the event has already is a problem of its row."""
    offices = {fold(office.name): office for office in registry().offices}
    offices |= {fold(office.code): office for office in registry().offices}
    numbers = {_number(row["data"].get("pregunta", "")) for row in rows} - {None}
    asked = Question.objects.filter(event=event, number__in=numbers).in_bulk(field_name="number")
    found = [_checked(event, row, offices, asked) for row in rows]
    _mark_doubles(event, found)
    return Tried(found)


def _number(text: str) -> int | None:
    is_number = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if is_number else None


def _checked(event, row: dict, offices: dict, asked: dict) -> Row:
    data = row["data"]
    cells = {name: data.get(column, "") for name, column in COLUMN_OF.items()}
    checked = Row(row["n"], RowForm(cells, event_day=clock.local_day(event.starts_at)))
    for name, sentences in checked.form.errors.items():
        checked.problems += [(COLUMN_OF.get(name, ""), sentence) for sentence in sentences]
    _link_office(checked, cells["office"], offices)
    _link_places(checked, cells["municipalities"])
    if cells["question"]:
        checked.linked["question"] = asked.get(_number(cells["question"]))
        if checked.linked["question"] is None:
            words = _("The event has no contribution “%(name)s”. Write its number.")
            _note(checked, "pregunta", words, cells["question"])
    return checked


def _note(row: Row, column: str, words: str, written: str) -> None:
    row.problems.append((column, words % {"name": written[:LETTERS_SHOWN]}))


def _link_office(row: Row, written: str, offices: dict) -> None:
    office = offices.get(fold(written))
    row.linked["office"] = office
    if office is None:
        _note(row, "oficina", _("There is no office “%(name)s”. Write its name or its code."),
              written)  # fmt: skip


def _link_places(row: Row, written: str) -> None:
    """Names or codes, parted by commas or semicolons; nothing is the whole region."""
    by_name, by_code = registry().municipality_by_fold, registry().municipality_by_code
    places = row.linked["municipalities"] = []
    if fold(written) in EVERYWHERE:
        return
    for name in filter(None, map(str.strip, written.replace(";", ",").split(","))):
        place = by_name.get(fold(name)) or by_code.get(name)
        if place is None:
            words = _("There is no municipality “%(name)s” in the region.")
            _note(row, "municipios", words, name)
        else:
            places.append(place)


def _mark_doubles(event, rows: list[Row]) -> None:
    made = Commitment.objects.filter(event=event).values_list("title", "reference")
    there = {fold(title): reference for title, reference in made}
    seen: dict = {}
    for row in rows:
        key = fold(row.title)
        if not key:
            continue
        first = seen.setdefault(key, row)
        if first is not row:
            row.problems.append(("", _("It is the same as row %(n)s.") % {"n": first.number}))
        elif key in there:
            words = _("The event has this commitment already: %(ref)s.")
            row.problems.append(("titulo", words % {"ref": there[key]}))


def sealed(event: Event, actor, rows: list[dict]) -> str:
    """The rows as the page of the dry run carries them: for this person and this event only."""
    return sealed_rows.sealed(SALT, (event.pk, actor.pk), rows)


def opened(event: Event, actor, text: str) -> list[dict] | None:
    """The rows that were sealed; None where they are too old, of others, or were touched."""
    return sealed_rows.opened(SALT, (event.pk, actor.pk), text)


@transaction.atomic
def import_list(event: Event, *, rows: list[dict], actor, only_right=False, at=None) -> int:
    """Write the rows as drafts: all of them, or with `only_right` those without errors.

    They are tried anew: what another person wrote meanwhile counts, and after a second press each
    is there already. Tells nobody. Raises MoveRefused where nothing may be written.
    """
    Event.objects.select_for_update().get(pk=event.pk)  # two lists at once wait for each other
    found = tried(event, rows)
    if found.wrong and not only_right:
        raise MoveRefused(_("Some rows have errors. Nothing was imported. Mend the list."))
    if not found.right:
        raise MoveRefused(_("No row can be imported. Mend the list and upload it again."))
    for row in found.right:
        workflow.add_commitment(actor=actor, event=event, at=at, **row.values)
    return len(found.right)
