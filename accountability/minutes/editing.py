"""What a person writes into the sections of minutes that are not approved yet."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from accountability.conditions import demand
from accountability.minutes.workflow import edited
from accountability.models import Minutes, MinutesSection
from portal.base.machine import MoveRefused, Overtaken


def mark(section: MinutesSection) -> str:
    """A short name of what a section says; it differs as soon as anybody wrote in it."""
    said = repr([section.title, section.body])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def demand_seen(section: MinutesSection, seen: str) -> None:
    """Raises Overtaken where the section does not say any more what was `seen`; empty is any."""
    if seen and seen != mark(section):
        raise Overtaken(
            _("Somebody wrote in this section meanwhile. Your text is still here: compare them.")
        )


@transaction.atomic
def write_section(section: MinutesSection, *, actor, title, body, seen="", at=None):
    """Keep a person's words; the data never replace them by themselves from then on.

    Raises MoveRefused for minutes that cannot change any more, Overtaken for the second of two.
    """
    stored = section.minutes.sections.filter(pk=section.pk).first()
    if stored is None:
        raise MoveRefused(_("That section is not here any more. Your text is still below."))
    edited(section.minutes, actor=actor, detail=title, at=at)
    demand_seen(stored, seen)
    stored.title, stored.body = title, body
    stored.save(update_fields=["title", "body"])
    return stored


@transaction.atomic
def add_section(minutes: Minutes, *, actor, title, body, at=None) -> MinutesSection:
    """One more section, at the end. Raises MoveRefused as `write_section`."""
    edited(minutes, actor=actor, detail=title, at=at)
    last = minutes.sections.last()
    order = last.order + 1 if last else 1
    return minutes.sections.create(title=title, body=body, order=order)


@transaction.atomic
def shift_section(section: MinutesSection, *, actor, by, at=None) -> MinutesSection:
    """Put a section one place up (-1) or down (1); the first and the last stay where they are."""
    edited(section.minutes, actor=actor, detail=section.title, at=at)
    rows = list(section.minutes.sections.all())
    slots = _slots(rows)
    here = rows.index(section)
    there = min(max(here + by, 0), len(rows) - 1)
    rows.insert(there, rows.pop(here))
    for row, slot in zip(rows, slots, strict=True):
        row.order = slot
    MinutesSection.objects.bulk_update(rows, ["order"])
    return section


def _slots(rows: list[MinutesSection]) -> list[int]:
    """The places that are taken, no two the same; what the data bring later fits between."""
    slots: list[int] = []
    for row in rows:
        slots.append(max(row.order, slots[-1] + 1 if slots else 0))
    return slots


@transaction.atomic
def remove_section(section: MinutesSection, *, actor, seen="", at=None) -> None:
    """Take a section away. Raises as `write_section`."""
    demand(actor, "accountability.delete_minutessection")
    edited(section.minutes, actor=actor, detail=section.title, at=at)
    demand_seen(section, seen)
    section.delete()
