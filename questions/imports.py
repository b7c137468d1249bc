"""Imported lists: tried first, filed when somebody says so, each row once."""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from entity.registry import registry
from portal.base import clock
from portal.base.machine import MoveRefused
from portal.base.search import fold
from portal.base.texts import clean_line
from questions import codes, entering
from questions.forms.entry import EntryForm, Known
from questions.import_rows import FIELDS, NO, YES, form_data, read
from questions.models import ImportBatch, Question
from questions.workflow import enter_question

LIFE = timedelta(days=1)
AT_ONCE = 25  # rows in one transaction: others wait for it that long to get their number
COLUMN_OF = {name: column for column, name in FIELDS.items()}


@dataclass
class Row:
    """One row as it would be filed, or with what keeps it from that."""

    number: int
    token: str
    form: EntryForm
    notes: list[str]
    problems: list[tuple[str, str]] = field(default_factory=list)
    is_filed: bool = False

    @property
    def is_right(self) -> bool:
        return not self.problems

    @property
    def words(self) -> str:
        return self.form.data.get("text", "")

    @property
    def channel(self) -> str:
        return dict(Question.Channel.choices).get(self.form.data["channel"], "")

    @property
    def has_email(self) -> bool:
        return self.is_right and bool(self.form.cleaned_data["email"])


@dataclass
class Tried:
    """A whole list after the dry run."""

    rows: list[Row]

    @property
    def right(self) -> list[Row]:
        return [row for row in self.rows if row.is_right and not row.is_filed]

    @property
    def wrong(self) -> list[Row]:
        return [row for row in self.rows if not row.is_right and not row.is_filed]

    @property
    def filed(self) -> list[Row]:
        return [row for row in self.rows if row.is_filed]

    @property
    def with_email(self) -> int:
        return sum(row.has_email for row in self.right)


def keep(upload, *, actor, event) -> ImportBatch:
    """Read an uploaded list and keep its rows for a day. Raises TableRefused."""
    return ImportBatch.objects.create(
        token=secrets.token_urlsafe(16),
        actor=actor,
        event=event,
        name=clean_line(upload.name)[:120],
        rows=read(upload),
    )


def tried(batch: ImportBatch, at=None) -> Tried:
    """The dry run: every row through the form of one contribution, and its doubles."""
    at, known = clock.now(at), Known()
    rows = [_checked(batch, row, known, at) for row in batch.rows]
    _mark_filed(rows)
    _mark_doubles([row for row in rows if not row.is_filed])
    return Tried(rows)


def _checked(batch, row: dict, known: Known, at) -> Row:
    data, notes = form_data(row["data"])
    data["event"] = batch.event.slug if batch.event else ""
    if not data["received_time"]:
        data["received_time"] = "00:00"
        if row["data"].get("fecha"):
            notes.append(_("Without hour: it counts from the beginning of the day."))
    form = EntryForm(data, known=known, at=at)
    checked = Row(row["n"], f"{batch.token}:{row['n']}", form, notes)
    for name, sentences in form.errors.items():
        checked.problems += [(COLUMN_OF.get(name, ""), sentence) for sentence in sentences]
    if fold(row["data"].get("autoriza", "")) not in (*YES, *NO):
        checked.problems.append(("autoriza", _("Write Sí or No")))
    return checked


def _in_parts(values, size=500):
    values = iter(values)
    while part := list(islice(values, size)):
        yield part


def _mark_filed(rows: list[Row]) -> None:
    """Rows of this list that a press before (or half of one) filed."""
    by_key = {codes.filing_key(row.token): row for row in rows}
    for part in _in_parts(by_key):
        found = Question.objects.filter(filing_key__in=part).values_list("filing_key", flat=True)
        for key in found:
            by_key[key].is_filed = True


def _mark_doubles(rows: list[Row]) -> None:
    """The same contribution twice in the list, or once more than the portal has it already."""
    seen: dict = {}
    for row in rows:
        if not row.is_right:
            continue
        first = seen.setdefault(_likeness(row), row)
        if first is not row:
            row.problems.append(("", _("It is the same as row %(n)s.") % {"n": first.number}))
    known = _known_doubles([row for row in rows if row.is_right])
    for row in rows:
        reference = row.is_right and (known.get(_likeness(row)) or known.get(_external(row)))
        if reference:
            row.problems.append(
                ("", _("It is in the portal already: %(ref)s.") % {"ref": reference})
            )


def _likeness(row: Row) -> tuple:
    data = row.form.cleaned_data
    who = (data["name"], data["email"], data["organisation"], data["external_reference"])
    return (data["channel"], row.form.received_at, entering.squeezed(data["text"]), *who)


def _external(row: Row) -> tuple:
    return ("external", row.form.cleaned_data["external_reference"])


def _known_doubles(rows: list[Row]) -> dict:
    """References in the portal by likeness, and by number at the entity where a row has one."""
    found = {}
    columns = (
        "reference", "channel", "submitted_at", "original_text", "external_reference",
        "author__name", "author__email", "author__organisation",
    )  # fmt: skip
    for part in _in_parts({row.form.received_at for row in rows}):
        for ref, channel, at, text, external, *who in (
            Question.objects.filter(submitted_at__in=part)
            .exclude(channel=Question.Channel.WEB)
            .values_list(*columns)
        ):
            who = [value or "" for value in who]
            found[(channel, at, entering.squeezed(text), *who, external)] = ref
    numbers = {row.form.cleaned_data["external_reference"] for row in rows} - {""}
    for part in _in_parts(numbers):
        rows_there = Question.objects.filter(external_reference__in=part)
        for ref, external in rows_there.values_list("reference", "external_reference"):
            found[("external", external)] = ref
    return found


def file_batch(batch: ImportBatch, *, actor, only_right=False, at=None) -> int:
    """File the rows that are right; gives how many of the list are filed now.

    A second press, or one after a crash half-way, files what is left. The rows are forgotten at
    the end: they hold personal data. Raises MoveRefused where rows are wrong and nobody said to
    leave them out, or where none is left.
    """
    if batch.filed_at:
        return batch.filed_count
    found = tried(batch, at)
    if found.wrong and not only_right:
        raise MoveRefused(_("Some rows have errors. Mend the list, or leave those rows out."))
    if not found.right and not found.filed:
        raise MoveRefused(_("No row can be filed. Mend the list and upload it again."))
    topics = registry().topic_by_slug
    for part in _in_parts(found.right, AT_ONCE):
        with transaction.atomic():
            for row in part:
                filing = entering.filing_from(row.form, row.token, topics)
                enter_question(filing, actor=actor, at=at)
    count = len(found.right) + len(found.filed)
    ImportBatch.objects.filter(pk=batch.pk, filed_at=None).update(
        filed_at=clock.now(at), filed_count=count, rows=[], result={}
    )
    return count


def purge(at) -> int:
    """Forget lists that nobody filed for a day: a chore of the worker."""
    old = ImportBatch.objects.filter(filed_at=None, created_at__lt=at - LIFE)
    return old.delete()[0]
