"""The writer of an event's agenda. Each change is seen on the event's page at once.

Every function raises PermissionDenied to who may not, and MoveRefused, writing nothing, when the
agenda is not the one that the person saw. The event's row is locked first: two people who order
the same agenda come one after the other, and the second one is told.
"""

import hashlib

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from events import publishing
from events.models import AgendaItem, Event
from portal.base.machine import MoveRefused, Overtaken

WRITE = "events.change_agendaitem"
ADD = "events.add_agendaitem"
DELETE = "events.delete_agendaitem"
WRITTEN = (
    "kind", "title", "description", "minutes", "presenter", "office_id", "started_at",
    "recording_second", "outcome",
)  # fmt: skip


def order_mark(event: Event) -> str:
    """A short name of the present order; it differs as soon as anything was moved."""
    rows = event.agenda.order_by("pk").values_list("pk", "order", "parent_id")
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()[:16]


def item_mark(item: AgendaItem) -> str:
    """A short name of what an item says; it differs as soon as anybody edited it."""
    said = [str(getattr(item, name)) for name in WRITTEN]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def _demand(actor, permission: str) -> None:
    if not actor.has_perm(permission):
        raise PermissionDenied


def _locked(event: Event) -> Event:
    return Event.objects.select_for_update().get(pk=event.pk)


BALANCE_MINUTES = 10


@transaction.atomic
def begin_with_balance(event: Event, *, actor) -> AgendaItem | None:
    """A new event begins with what became of the promises of the one held before, if any was.

    The item is written like any other and may be moved or taken away. Tells nobody.
    """
    held = Event.objects.held().filter(starts_at__lt=event.starts_at).exists()
    if not held or not actor.has_perm(ADD) or event.agenda.exists():
        return None
    title = str(AgendaItem.Kind.BALANCE.label)
    item = AgendaItem(kind=AgendaItem.Kind.BALANCE, title=title, minutes=BALANCE_MINUTES)
    return add_item(event, actor=actor, item=item, seen=order_mark(event))


@transaction.atomic
def add_item(event: Event, *, actor, item: AgendaItem, seen: str) -> AgendaItem:
    """Put a new item at the end of its level. `item` is whole but for event and order.

    Raises Overtaken when the order is another one than `seen`: a second press adds nothing twice.
    """
    _demand(actor, ADD)
    event = _locked(event)
    if order_mark(event) != seen:
        raise Overtaken(
            _("The agenda changed meanwhile. If your point is not there yet, add it again.")
        )
    item.event = event
    _demand_sound_parent(item)
    item.order = _siblings(event, item.parent_id).count() + 1
    item.save()
    publishing.event_changed(event)
    return item


@transaction.atomic
def change_item(item: AgendaItem, *, actor, seen: str) -> AgendaItem:
    """Write what was edited. Raises Overtaken when somebody edited it after `seen` was drawn."""
    _demand(actor, WRITE)
    event = _locked(item.event)
    stored = event.agenda.filter(pk=item.pk).first()
    if stored is None or item_mark(stored) != seen:
        raise Overtaken(
            _("Somebody changed this point meanwhile. What you wrote is still here: compare it.")
        )
    item.save(update_fields=WRITTEN)
    publishing.event_changed(event)
    return item


@transaction.atomic
def delete_item(item: AgendaItem, *, actor, seen: str) -> None:
    """Take an item away, its parts with it. Its documents stay with the event."""
    _demand(actor, DELETE)
    event = _in_seen_order(item, seen)
    item.delete()
    _number(list(_siblings(event, item.parent_id)))
    publishing.event_changed(event)


@transaction.atomic
def shift_item(item: AgendaItem, *, actor, by: int, seen: str) -> None:
    """Move an item `by` places among those of its level; at the ends nothing happens."""
    _demand(actor, WRITE)
    event = _in_seen_order(item, seen)
    rows = list(_siblings(event, item.parent_id))
    here = rows.index(item)
    there = min(max(here + by, 0), len(rows) - 1)
    rows.insert(there, rows.pop(here))
    _number(rows)
    publishing.event_changed(event)


@transaction.atomic
def put_inside(item: AgendaItem, *, actor, seen: str) -> None:
    """Make it the last part of the moment before it. Refused where it has parts of its own."""
    _demand(actor, WRITE)
    event = _in_seen_order(item, seen)
    before = _siblings(event, None).filter(order__lt=item.order).last()
    if item.parent_id or before is None:
        raise MoveRefused(_("There is no moment before it that it could be a part of."))
    if item.parts.exists():
        raise MoveRefused(_("It has parts of its own. Take them out first."))
    _give_parent(event, item, before.pk, None)


@transaction.atomic
def take_out(item: AgendaItem, *, actor, seen: str) -> None:
    """Make a part a moment of its own, right after the one it was a part of."""
    _demand(actor, WRITE)
    event = _in_seen_order(item, seen)
    if not item.parent_id:
        raise MoveRefused(_("It is not a part of another moment."))
    _give_parent(event, item, None, item.parent_id)


def _in_seen_order(item: AgendaItem, seen: str) -> Event:
    """The locked event of `item`, read anew. Raises Overtaken when its order is another one."""
    event = _locked(item.event)
    if order_mark(event) != seen:
        raise Overtaken(
            _("Somebody changed the order meanwhile. Look how it is now, and try again.")
        )
    item.refresh_from_db()
    return event


def _give_parent(event: Event, item: AgendaItem, parent_id, after) -> None:
    """Put `item` on another level: after the row with the key `after`, or last."""
    left = [row for row in _siblings(event, item.parent_id) if row.pk != item.pk]
    joined = list(_siblings(event, parent_id))
    place = next((n for n, row in enumerate(joined, 1) if row.pk == after), len(joined))
    item.parent_id = parent_id
    joined.insert(place, item)
    item.save(update_fields=["parent"])
    _number(left)
    _number(joined)
    publishing.event_changed(event)


def _siblings(event: Event, parent_id):
    return event.agenda.filter(parent_id=parent_id).order_by("order", "pk")


def _number(rows: list[AgendaItem]) -> None:
    for order, row in enumerate(rows, 1):
        row.order = order
    AgendaItem.objects.bulk_update(rows, ["order"])


def _demand_sound_parent(item: AgendaItem) -> None:
    """One level: a part lies in a moment of its own event, which is no part itself."""
    parent = item.parent
    if parent and (parent.event_id != item.event_id or parent.parent_id):
        raise MoveRefused(_("A part lies in a moment of this event, not in another part."))
