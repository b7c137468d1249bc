"""The directory as a list: its columns, reading one that people fill in, and writing it whole.

An address that is known is updated, never doubled; who stopped the invitations stays stopped.
"""

import io
from dataclasses import dataclass, field

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _

from entity.models import Municipality
from entity.registry import registry
from events.models import Contact, ContactGroup
from portal.base import csv_lines, sealed_rows, tables
from portal.base.forms import CleanCharField, FriendlyEmailField
from portal.base.machine import MoveRefused, record
from portal.base.search import fold

SALT, MOST_ROWS = "events.invitations.directory", 2000
# The names of the columns are Spanish, as the people who fill them in.
FIELDS = {
    "grupo": "group", "organizacion": "organisation", "persona": "person", "correo": "email",
    "telefono": "phone", "municipio": "municipality",
}  # fmt: skip
COLUMN_OF = {name: column for column, name in FIELDS.items()}
NEEDED = ("grupo", "organizacion", "correo")
OF_EXPORT = ("invitaciones",)  # of our own list: who stopped is never changed by one


class RowForm(forms.Form):
    """One contact as it stands in a list."""

    organisation = CleanCharField(max_length=160)
    person = CleanCharField(max_length=120, required=False)
    email = FriendlyEmailField(max_length=254)
    phone = CleanCharField(max_length=30, required=False)

    def clean_email(self):
        return self.cleaned_data["email"].strip().lower()


@dataclass
class Row:
    """One row as it would be written, or with what keeps it from that."""

    number: int
    values: dict
    is_known: bool = False
    problems: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Tried:
    """A whole list after the dry run."""

    rows: list[Row]

    @property
    def wrong(self) -> list[Row]:
        return [row for row in self.rows if row.problems]

    @property
    def known(self) -> int:
        return sum(row.is_known for row in self.rows)


def read(upload) -> tuple[list[dict], list[str]]:
    """The filled rows of a list, `{"n": row, "data": {column: text}}`, and columns that are not
    ours. Raises TableRefused where it is no list of contacts.
    """
    table = tables.rows_of(upload, most_rows=MOST_ROWS + 1)
    numbered = [(n, row) for n, row in enumerate(table, start=1) if any(row)]
    if len(numbered) < 2:
        raise tables.TableRefused(_("The list is empty. Begin with the template."))
    names = [fold(name).replace(" ", "_") for name in numbered[0][1]]
    if missing := [name for name in NEEDED if name not in names]:
        words = _("These columns are missing: %(names)s. Begin with the template.")
        raise tables.TableRefused(words % {"names": ", ".join(missing)})
    if twice := sorted({name for name in names if name in FIELDS and names.count(name) > 1}):
        words = _("These columns are there twice: %(names)s.")
        raise tables.TableRefused(words % {"names": ", ".join(twice)})
    unknown = [name[:40] for name in names if name and name not in (*FIELDS, *OF_EXPORT)]
    places = {name: names.index(name) for name in FIELDS if name in names}
    rows = [
        {"n": n, "data": {c: row[i] for c, i in places.items() if i < len(row) and row[i]}}
        for n, row in numbered[1:]
    ]
    return rows, unknown


def tried(rows: list[dict]) -> Tried:
    """Nothing is written; each row with what is wrong in it."""
    groups = {fold(group.name): group for group in ContactGroup.objects.all()}
    groups |= {fold(group.code): group for group in groups.values()}
    towns = {fold(town.name): town for town in registry().municipalities}
    found = [_checked(row, groups, towns) for row in rows]
    _mark(found)
    return Tried(found)


def _checked(row: dict, groups: dict, towns: dict) -> Row:
    data = row["data"]
    form = RowForm({name: data.get(column, "") for column, name in FIELDS.items()})
    form.is_valid()
    checked = Row(row["n"], dict(form.cleaned_data))
    for name, sentences in form.errors.items():
        checked.problems += [(COLUMN_OF[name], sentence) for sentence in sentences]
    group = checked.values["group"] = groups.get(fold(data.get("grupo", "")))
    if group is None:
        words = _("There is no group “%(name)s”.") % {"name": data.get("grupo", "")[:80]}
        checked.problems.append(("grupo", words))
    written = data.get("municipio", "")
    town: Municipality | None = towns.get(fold(written)) if written else None
    if written and town is None:
        words = _("There is no municipality “%(name)s”.") % {"name": written[:80]}
        checked.problems.append(("municipio", words))
    checked.values["municipality"] = town
    return checked


def _mark(rows: list[Row]) -> None:
    """Which addresses are known, and which stand twice in the list."""
    known = {email.lower() for email in Contact.objects.values_list("email", flat=True)}
    seen: dict[str, int] = {}
    for row in rows:
        email = row.values.get("email")
        if not email:
            continue
        row.is_known = email in known
        first = seen.setdefault(email, row.number)
        if first != row.number:
            words = _("It is the same as row %(n)s.") % {"n": first}
            row.problems.append(("correo", words))


def sealed(actor, rows: list[dict]) -> str:
    """The rows as the page of the dry run carries them, for this person only."""
    return sealed_rows.sealed(SALT, (actor.pk,), rows)


def opened(actor, text: str) -> list[dict] | None:
    """The rows that were sealed; None where they are too old, of others, or were touched."""
    return sealed_rows.opened(SALT, (actor.pk,), text)


@transaction.atomic
def import_list(rows: list[dict], *, actor, at=None) -> tuple[int, int]:
    """Write a whole list, or nothing; gives how many are new and how many were updated.

    Its rows are tried anew. Raises MoveRefused where a row has errors.
    """
    found = tried(rows)
    if found.wrong or not found.rows:
        raise MoveRefused(_("Some rows have errors. Nothing was imported. Mend the list."))
    known = {contact.email.lower(): contact for contact in Contact.objects.select_for_update()}
    for row in found.rows:
        contact = known.get(row.values["email"]) or Contact()
        given = {name for name, value in row.values.items() if value}
        for name in given - ({"email"} if contact.pk else set()):
            setattr(contact, name, row.values[name])  # an empty cell takes nothing away
        contact.save()
    new = len(found.rows) - found.known
    record("contacts", 0, "directory", "import_contacts", after=str(len(rows)), actor=actor, at=at)
    return new, found.known


def export_rows():
    """Every contact as a row of the list, and whether it wants invitations."""
    rows = Contact.objects.select_related("group", "municipality")
    for contact in rows.iterator(chunk_size=500):
        town = contact.municipality.name if contact.municipality else ""
        wants = _("no") if contact.stopped_at else _("yes")
        yield (
            contact.group.name, contact.organisation, contact.person, contact.email,
            contact.phone, town, wants,
        )  # fmt: skip


def as_csv(rows=()) -> bytes:
    """The list, or the empty template of it without rows."""
    header = (*FIELDS, *OF_EXPORT) if rows else FIELDS
    return b"".join(csv_lines.lines(header, rows))


def as_xlsx(rows=()) -> bytes:
    """The same as a workbook; cells are texts, so that nothing in them is computed."""
    # Here, because no other page needs it and every process would carry it.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("contactos")
    sheet.freeze_panes = "A2"
    sheet.append([*FIELDS, *(OF_EXPORT if rows else ())])
    for row in rows:
        sheet.append([csv_lines.cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
